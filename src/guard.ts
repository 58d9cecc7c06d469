/**
 * The guard around every provider: equal questions asked at the same time are one call, which runs under the limits of the
 * provider. What it returns is looked at before anything else is done with it.
 */
import { LateError, Stop, type StopSignal } from './deadline.ts';
import { audienceKey } from './keep.ts';
import type { RowQuery, RowSource, Rows, Scope, Window } from './provider.ts';
import { GarbageError } from './provider-error.ts';
import { createLimits, type LimitsOptions, type Run } from './provider-limits.ts';

/** Wraps what a provider of that name prepares. */
export type Guard = (name: string, prepare: Prepare) => Prepare;

type Prepare = (query: RowQuery) => RowSource;

/** The state of a provider lives as long as the guard, whatever becomes of the content. */
export function createGuard(options: LimitsOptions = {}): Guard {
  const known = new Map<string, Run>();
  return (name, prepare) => {
    let run = known.get(name);
    if (run === undefined) known.set(name, (run = createLimits(name, options)));
    const limited = run;
    return (query) => guardedSource(prepare(query), limited, name);
  };
}

/** A call under way, and how many wait for it. */
interface Flight {
  readonly rows: Promise<Rows>;
  readonly stop: Stop;
  waiting: number;
  /** Somebody waited as long as they may: who asks now would wait for nothing. */
  isLate: boolean;
}

function guardedSource(source: RowSource, run: Run, name: string): RowSource {
  const flights = new Map<string, Flight>();
  return (scope, window, signal) => {
    const key = questionKey(scope, window);
    let flight = flights.get(key);
    if (flight === undefined || flight.isLate || flight.stop.aborted) {
      const stop = new Stop();
      const call = () => asked(source, { scope, window, stop, name });
      const rows = run(call, stop).finally(() => {
        if (flights.get(key)?.stop === stop) flights.delete(key);
      });
      flights.set(key, (flight = { rows, stop, waiting: 0, isLate: false }));
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
  const leave = () => {
    const reason = signal?.reason as Error;
    flight.waiting -= 1;
    if (reason instanceof LateError) flight.isLate = true;
    if (flight.waiting === 0) flight.stop.end(reason);
  };
  if (signal?.aborted) leave();
  else signal?.addEventListener('abort', leave);
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
