/** Work that is done again and again. */
export interface Repeating {
  /** Begins no more of it, and is done when what was begun is. */
  stop(): Promise<void>;
}

export interface RepeatOptions {
  /** Milliseconds. */
  readonly every: number;
  readonly failed: (err: unknown) => void;
}

/**
 * Does the work now and each so often, never twice at once, until it is told to stop; the work may ask whether it was.
 * The timer alone keeps no process alive.
 */
export function repeat(
  work: (isStopped: () => boolean) => Promise<unknown>,
  { every, failed }: RepeatOptions,
): Repeating {
  let isStopped = false;
  let running: Promise<unknown> = Promise.resolve();
  const run = () => {
    running = running.then(() => (isStopped ? undefined : work(() => isStopped))).catch(failed);
  };
  run();
  const timer = setInterval(run, every).unref();
  return {
    async stop() {
      clearInterval(timer);
      isStopped = true;
      await running;
    },
  };
}
