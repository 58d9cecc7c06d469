/** How the rows of a block came, for those who count or explain. */
export interface AskedBlock {
  readonly block: string;
  readonly func: string;
  readonly outcome: 'ready' | 'stale' | 'failed';
  /** From what was kept, or from the provider. */
  readonly from: 'kept' | 'asked';
  readonly milliseconds: number;
  /** Milliseconds since the rows were read. */
  readonly age: number;
}
