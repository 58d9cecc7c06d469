/** What stops a piece of work: an AbortSignal, or a `Deadline`. */
export interface StopSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * The end of some time. It is aborted as an AbortSignal is, but cheap to make: each request has one, and next to none is ever
 * aborted.
 */
export class Deadline implements StopSignal {
  reason: Error | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #timer: NodeJS.Timeout;

  constructor(milliseconds: number) {
    this.#timer = setTimeout(() => this.#end(new Error(`No rows after ${milliseconds} ms`)), milliseconds);
  }

  get aborted(): boolean {
    return this.reason !== undefined;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.delete(listener);
  }

  /** It never comes. */
  clear(): void {
    clearTimeout(this.#timer);
  }

  #end(reason: Error): void {
    this.reason = reason;
    for (const listener of this.#listeners) listener();
  }
}
