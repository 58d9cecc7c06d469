/** Work that is done again and again. */
export interface Repeating {
  /** Begins no more of it, and is done when what was begun is. */
  stop(): Promise<void>;
}

export interface RepeatOptions {
  /** Milliseconds, between two and before the first. */
  readonly every: number;
  readonly after: number;
  readonly failed: (err: unknown) => void;
}

/**
 * Does the work soon and each so often, never twice at once, until it is told to stop; the work may ask whether it was.
 * The timer alone keeps no process alive.
 */
export function repeat(
  work: (isStopped: () => boolean) => Promise<unknown>,
  { every, after, failed }: RepeatOptions,
): Repeating {
  let isStopped = false;
  let running: Promise<unknown> = Promise.resolve();
  const run = () => {
    running = running.then(() => (isStopped ? undefined : work(() => isStopped))).catch(failed);
  };
  const first = setTimeout(run, after).unref();
  const timer = setInterval(run, every).unref();
  return {
    async stop() {
      clearTimeout(first);
      clearInterval(timer);
      isStopped = true;
      await running;
    },
  };
}
