/**
 * The guard around every provider: equal questions asked at the same time are one call, so many calls at once are enough,
 * and a provider that fails again and again is left alone for a while. What it returns is looked at before anything else is
 * done with it.
 */
import { BrokenCircuitError, bulkhead, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { LeftError, Stop, type StopSignal } from './deadline.ts';
import { audienceKey } from './keep.ts';
import type { RowQuery, RowSource, Rows, Scope, Window } from './provider.ts';
import { GarbageError, PausedError } from './provider-error.ts';

/** Wraps what a provider of that name prepares. */
export type Guard = (name: string, prepare: Prepare) => Prepare;

type Prepare = (query: RowQuery) => RowSource;

/** What became of a call, for those who count. */
export interface Called {
  readonly func: string;
  readonly outcome: 'answered' | 'failed' | 'refused';
  readonly milliseconds: number;
}

export interface GuardOptions {
  /** Told of each call; not of those who joined one. */
  readonly onCall?: ((called: Called) => void) | undefined;
  /** Told when a provider is left alone, and when it is asked again. */
  readonly onPause?: ((func: string, isPaused: boolean) => void) | undefined;
}

/** Calls of one provider at the same time; as many again as wait for their turn are a queue that never ends in time. */
const RUNNING = 32;
const WAITING = 1000;

/** So many failures in a row, and it is left alone for so many milliseconds; then one call tries. */
const FAILURES = 5;
const PAUSE = 2000;

/** The state of a provider lives as long as the guard, whatever becomes of the content. */
export function createGuard(options: GuardOptions = {}): Guard {
  const states = new Map<string, ReturnType<typeof createState>>();
  return (name, prepare) => {
    let state = states.get(name);
    if (state === undefined) states.set(name, (state = createState(name, options)));
    const { run } = state;
    return (query) => guardedSource(prepare(query), run, name);
  };
}

/** Nobody waits for it any more: that is no fault of the provider. */
const isFailure = handleWhen((error) => !(error instanceof LeftError));

/** One call under the limits of its provider. */
type Run = (call: () => Promise<Rows>) => Promise<Rows>;

function createState(func: string, { onCall, onPause }: GuardOptions): { run: Run } {
  let last: unknown;
  const breaker = circuitBreaker(isFailure, { halfOpenAfter: PAUSE, breaker: new ConsecutiveBreaker(FAILURES) });
  const places = bulkhead(RUNNING, WAITING);
  breaker.onBreak(() => onPause?.(func, true));
  breaker.onReset(() => onPause?.(func, false));
  const told = (outcome: Called['outcome'], started: number) =>
    onCall?.({ func, outcome, milliseconds: performance.now() - started });
  return {
    async run(call) {
      const started = onCall ? performance.now() : 0;
      try {
        const rows = await places.execute(() => breaker.execute(call));
        told('answered', started);
        return rows;
      } catch (error) {
        if (error instanceof BrokenCircuitError) {
          told('refused', started);
          throw new PausedError(`The provider "${func}" failed ${FAILURES} times in a row and is left alone`, {
            cause: last,
          });
        }
        if (isFailure.options.errorFilter(error as Error)) {
          told('failed', started);
          last = error;
        }
        throw error;
      }
    },
  };
}

/** A call under way, and how many wait for it. */
interface Flight {
  readonly rows: Promise<Rows>;
  readonly stop: Stop;
  waiting: number;
}

function guardedSource(source: RowSource, run: Run, name: string): RowSource {
  const flights = new Map<string, Flight>();
  return (scope, window, signal) => {
    const key = questionKey(scope, window);
    let flight = flights.get(key);
    if (flight === undefined || flight.stop.aborted) {
      const stop = new Stop();
      const call = () => stopped(stop, () => asked(source, { scope, window, stop, name }));
      const rows = run(call).finally(() => {
        if (flights.get(key)?.stop === stop) flights.delete(key);
      });
      flights.set(key, (flight = { rows, stop, waiting: 0 }));
    }
    join(flight, signal);
    return flight.rows;
  };
}

/** All that rows may depend on. Whoever asks the same at the same time waits for the same call. */
function questionKey(scope: Scope, window: Window): string {
  return `${audienceKey(scope)} ${scope.session} ${scope.rows} ${JSON.stringify(window)}`;
}

/** One more waits. Who leaves does not stop the call for others; the last one does. */
function join(flight: Flight, signal: StopSignal | undefined): void {
  flight.waiting += 1;
  signal?.addEventListener('abort', () => {
    flight.waiting -= 1;
    if (flight.waiting === 0) flight.stop.end(signal.reason as Error);
  });
}

/** Ends when it is stopped, even if what was called never ends. */
function stopped(stop: Stop, call: () => Promise<Rows>): Promise<Rows> {
  return new Promise((resolve, reject) => {
    if (stop.aborted) return reject(stop.reason);
    stop.addEventListener('abort', () => reject(stop.reason));
    call().then(resolve, (error: unknown) =>
      reject(error instanceof Error ? error : new GarbageError(`It failed with ${String(error)}`)),
    );
  });
}

/** More than that is no page of a list, and not kept in memory. */
const MOST_ROWS = 20_000;
const MOST_CHARACTERS = 8_000_000;

/** Rows as they were asked for: a call that throws at once, and one that returns something else, fail like any other. */
async function asked(source: RowSource, { scope, window, stop, name }: Question): Promise<Rows> {
  const found = (await source(scope, window, stop)) as Rows | undefined;
  const { rows, total } = found ?? {};
  if (!Array.isArray(rows) || typeof total !== 'number') throw new GarbageError(`"${name}" returned no rows`);
  if (rows.length > MOST_ROWS) throw new GarbageError(`"${name}" returned ${rows.length} rows at once`);
  let characters = 0;
  for (const row of rows) {
    for (const value of row) {
      if (typeof value === 'string') characters += value.length;
      else if (value !== null && typeof value !== 'number' && typeof value !== 'boolean') {
        throw new GarbageError(`"${name}" returned a value that is ${typeof value}`);
      }
    }
  }
  if (characters > MOST_CHARACTERS) throw new GarbageError(`"${name}" returned ${characters} characters at once`);
  return found as Rows;
}

interface Question {
  readonly scope: Scope;
  readonly window: Window;
  readonly stop: Stop;
  readonly name: string;
}
