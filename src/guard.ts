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
  readonly scope: Scope;
  readonly window: Window;
  readonly rows: Promise<Rows>;
  readonly stop: Stop;
  waiting: number;
  /** Somebody waited as long as they may: who asks now would wait for nothing. */
  isLate: boolean;
}

function guardedSource(source: RowSource, run: Run, name: string): RowSource {
  const flights: Flight[] = [];
  return (scope, window, signal) => {
    const same = flights.find((flight) => canJoin(flight, scope, window));
    if (same) return rowsOf(same, signal);
    const stop = new Stop();
    const rows = run(() => asked(source, { scope, window, stop, name }), stop);
    const flight: Flight = { scope, window, rows, stop, waiting: 0, isLate: false };
    flights.push(flight);
    const land = () => void flights.splice(flights.indexOf(flight), 1);
    rows.then(land, land);
    return rowsOf(flight, signal);
  };
}

/** Whoever asks the same at the same time waits for the same call. Most flights are of other users: that is seen at once. */
function canJoin({ scope, window, isLate, stop }: Flight, other: Scope, wanted: Window): boolean {
  if (scope.user !== other.user || isLate || stop.aborted) return false;
  return questionKey(scope, window) === questionKey(other, wanted);
}

/** All that rows may depend on. */
function questionKey(scope: Scope, window: Window): string {
  return `${audienceKey(scope)} ${scope.session} ${scope.rows} ${JSON.stringify(window)}`;
}

/** One more waits, until the own signal says that it is over. The call is not stopped by that for others; by the last one, it is. */
function rowsOf(flight: Flight, signal: StopSignal | undefined): Promise<Rows> {
  flight.waiting += 1;
  return new Promise((resolve, reject) => {
    const leave = () => {
      const reason = signal?.reason as Error;
      reject(reason);
      flight.waiting -= 1;
      if (reason instanceof LateError) flight.isLate = true;
      if (flight.waiting === 0) flight.stop.end(reason);
    };
    if (signal?.aborted) return leave();
    signal?.addEventListener('abort', leave);
    flight.rows.then(resolve, reject);
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
