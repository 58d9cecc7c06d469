export interface Load {
  readonly port: number;
  readonly connections: number;
  /** Seconds that are counted, after a warm-up of the same kind. */
  readonly seconds: number;
  readonly warmup: number;
  /** The bytes of the nth request. */
  request(n: number): Buffer;
}
export interface Measured {
  readonly requests: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly bytes: number;
  readonly statuses: Readonly<Record<string, number>>;
}
/** Sends requests over kept connections, one under way on each, and measures until the time is over. */
export declare function runLoad(load: Load, onWarm: () => void): Promise<Measured>;
