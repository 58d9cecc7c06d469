/** The limits of one provider: so many calls at once are enough, and one that fails again and again is left alone for a while. */
import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  IterableBackoff,
} from 'cockatiel';
import { LeftError, type Stop } from './deadline.ts';
import type { Rows } from './provider.ts';
import { BusyError, GarbageError, PausedError } from './provider-error.ts';

/** What became of a call, for those who count. */
export interface Called {
  readonly func: string;
  readonly outcome: 'answered' | 'failed' | 'refused';
  readonly milliseconds: number;
}

export interface LimitsOptions {
  /** Told of each call; not of those who joined one. */
  readonly onCall?: ((called: Called) => void) | undefined;
  /** Told when a provider is left alone, and when it answers again. */
  readonly onPause?: ((func: string, isPaused: boolean) => void) | undefined;
}

/** One call under the limits of its provider, which ends at the latest when it is stopped. */
export type Run = (call: () => Promise<Rows>, stop: Stop) => Promise<Rows>;

/** Calls of one provider at the same time, and those that wait for their turn: more would never have it in time. */
const RUNNING = 32;
const WAITING = 1000;

/** So many failures in a row, and it is left alone for so many milliseconds; then one call tries, and if it fails, for longer. */
const FAILURES = 5;
const PAUSES = [2000, 4000, 8000, 15_000];

/** A call that goes on although it was stopped is counted among those under way for so many milliseconds. */
const DEAF = 60_000;

/** Milliseconds for which all who are turned away are one failure in the log. */
const CROWD = 10_000;

export function createLimits(func: string, { onCall, onPause }: LimitsOptions): Run {
  let last: unknown;
  let isPaused = false;
  let busy = { error: new BusyError(), until: 0 };
  const deaf = new Set<symbol>();
  // Nobody waits for it any more: that is no fault of the provider, but no sign of health either.
  const isFailure = (error: unknown) => !(error instanceof LeftError) || breaker.state === CircuitState.HalfOpen;
  const breaker = circuitBreaker(handleWhen(isFailure), {
    halfOpenAfter: new IterableBackoff(PAUSES),
    breaker: new ConsecutiveBreaker(FAILURES),
  });
  const places = bulkhead(RUNNING, WAITING);

  const pause = (now: boolean) => {
    if (now !== isPaused) onPause?.(func, now);
    isPaused = now;
  };
  breaker.onBreak(() => pause(true));
  breaker.onReset(() => pause(false));

  const pausedError = () =>
    new PausedError(`The provider "${func}" failed ${FAILURES} times in a row and is left alone`, { cause: last });

  const busyError = () => {
    const now = performance.now();
    if (now > busy.until)
      busy = { error: new BusyError(`The provider "${func}" has too many calls`), until: now + CROWD };
    return busy.error;
  };

  /** It goes on although nobody waits: its place is not given away before its end, or a long while. */
  const listen = (pending: Promise<unknown>) => {
    const one = Symbol();
    deaf.add(one);
    const end = () => deaf.delete(one);
    const timer = setTimeout(end, DEAF).unref();
    pending.then(end, end).finally(() => clearTimeout(timer));
  };

  const take = (call: () => Promise<Rows>, stop: Stop): Promise<Rows> => {
    // Whoever waited for a turn may have gone: the provider knows nothing of that.
    if (stop.reason) throw stop.reason;
    if (deaf.size >= RUNNING) throw busyError();
    // One call tries; the others do not wait for what becomes of it.
    if (breaker.state === CircuitState.HalfOpen) throw pausedError();
    return breaker.execute(() => untilStopped(call, stop, listen));
  };

  return async (call, stop) => {
    const started = onCall ? performance.now() : 0;
    const told = (outcome: Called['outcome']) => onCall?.({ func, outcome, milliseconds: performance.now() - started });
    try {
      const rows = await places.execute(() => take(call, stop));
      told('answered');
      return rows;
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal || error instanceof BusyError || error instanceof PausedError) {
        told('refused');
        throw refusal === 'paused' ? pausedError() : refusal === 'busy' ? busyError() : error;
      }
      if (!(error instanceof LeftError)) {
        told('failed');
        last = error;
      }
      throw error;
    }
  };
}

function refusalOf(error: unknown): 'paused' | 'busy' | undefined {
  if (error instanceof BrokenCircuitError) return 'paused';
  return error instanceof BulkheadRejectedError ? 'busy' : undefined;
}

/** Ends when it is stopped, even if what was called never ends; `onDeaf` is told of what goes on. */
function untilStopped(
  call: () => Promise<Rows>,
  stop: Stop,
  onDeaf: (pending: Promise<unknown>) => void,
): Promise<Rows> {
  return new Promise((resolve, reject) => {
    const pending = call();
    let isDone = false;
    pending.then(
      (rows) => {
        isDone = true;
        resolve(rows);
      },
      (error: unknown) => {
        isDone = true;
        reject(error instanceof Error ? error : new GarbageError(`It failed with ${String(error)}`));
      },
    );
    stop.addEventListener('abort', () => {
      reject(stop.reason);
      if (!isDone) onDeaf(pending);
    });
  });
}
