import type { BoundBlock } from './block.ts';

/** A layout with every name resolved and every value read; immutable, one per layout revision and level. */
export interface Plan {
  readonly level: number;
  readonly blocks: readonly BoundBlock[];
}
