/** What stops a piece of work: an AbortSignal, or a `Deadline`. */
export interface StopSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Something that can be stopped, as an AbortController does it, but cheap to make. */
export class Stop implements StopSignal {
  reason: Error | undefined;
  #listeners: Set<() => void> | undefined;

  get aborted(): boolean {
    return this.reason !== undefined;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    (this.#listeners ??= new Set()).add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners?.delete(listener);
  }

  end(reason: Error): void {
    if (this.reason) return;
    this.reason = reason;
    for (const listener of this.#listeners ?? []) listener();
  }
}

/** No rows came within the time that a provider may take. */
export class LateError extends Error {}

/** Nobody waits any more. */
export class LeftError extends Error {}

/** Milliseconds by which a timer may be late without anything having held the process up. */
const USUAL = 20;

/**
 * The end of some time: each request has one, and next to none is ever aborted. Time in which something else held the process
 * up is given back once: what came meanwhile could not be taken.
 */
export class Deadline extends Stop {
  #timer: NodeJS.Timeout;

  constructor(milliseconds: number) {
    super();
    const due = performance.now() + milliseconds;
    const end = () => this.end(new LateError(`No rows after ${milliseconds} ms`));
    this.#timer = setTimeout(() => {
      const lost = performance.now() - due;
      if (lost < USUAL) end();
      else this.#timer = setTimeout(end, Math.min(lost, milliseconds));
    }, milliseconds);
  }

  /** It never comes. */
  clear(): void {
    clearTimeout(this.#timer);
  }
}
