import type { Figure } from '../charts/figure.ts';
import { Deadline, LeftError } from '../deadline.ts';
import type { BoundList } from '../list.ts';
import type { Row, Rows, Scope, Window } from '../provider.ts';
import { PausedError } from '../provider-error.ts';

/** What came of asking a provider. */
export type Outcome = Ready | Failed;

export interface Ready extends Rows {
  readonly state: 'ready';
  /** When the rows were read, of rows that stand in for those that did not come. */
  readonly asOf?: Date;
  /** Of the band of a report: what its rows come to. */
  readonly drawn?: Drawn;
}

/** What the rows of a band come to. */
export interface Drawn {
  /** By the name of their diagram; where amounts are in several currencies, one for each. */
  readonly figures: ReadonlyMap<string, readonly Figure[]>;
  /** By the name of their column; one for each currency. */
  readonly sums: ReadonlyMap<string, readonly string[]>;
  /** There are more rows than are shown: sums and charts would not be of all of them. */
  readonly isCut: boolean;
}

export interface Failed {
  readonly state: 'failed';
  /** The id that the failed block shows and the log holds. */
  readonly incident: string;
}

export const NOTHING: Ready = { state: 'ready', rows: [], total: 0 };

/** A list that a block or a page wants to have, and until when. */
export interface Wanted {
  /** The name under which a failure is logged. */
  readonly name: string;
  readonly list: BoundList;
  readonly window: Window;
  readonly deadline: Deadline;
}

/** Tells staff of a failure; returns the id under which it is known. */
export type OnFailure = (failure: { name: string; func: string; error: unknown; isForeign: boolean }) => string;

/**
 * Loads one list. A provider that throws or is too late becomes a failed outcome, and harms no other; its guard ends what is
 * too late. Every row is compared with its owner before anything else sees it.
 */
export async function load(
  { name, list, window, deadline }: Wanted,
  scope: Scope,
  onFailure: OnFailure,
): Promise<Outcome> {
  try {
    const { rows, total, totals } = await list.source(scope, window, deadline);
    if (isForeign(rows, list, scope) || areForeign(totals, list, scope)) throw new ForeignRowError(list.func);
    return { state: 'ready', rows, total, totals };
  } catch (error) {
    return { state: 'failed', incident: incidentOf(error, { name, func: list.func }, onFailure) };
  }
}

const incidents = new WeakMap<Error, Map<string, string>>();

/**
 * One failure is one line of the log, however many waited for it, or were told meanwhile that the provider is left alone. Who is
 * gone is no failure.
 */
function incidentOf(error: unknown, about: { name: string; func: string }, onFailure: OnFailure): string {
  if (error instanceof LeftError) return ''; // nobody sees it
  const failure = error instanceof PausedError ? error.cause : error;
  if (!(failure instanceof Error)) return onFailure({ ...about, error, isForeign: false });
  const key = `${about.func} ${about.name}`;
  let known = incidents.get(failure);
  if (known === undefined) incidents.set(failure, (known = new Map()));
  let incident = known.get(key);
  if (incident === undefined) {
    incident = onFailure({ ...about, error, isForeign: error instanceof ForeignRowError });
    known.set(key, incident);
  }
  return incident;
}

class ForeignRowError extends Error {
  constructor(func: string) {
    super(`The provider "${func}" returned a row of another customer`);
  }
}

function isForeign(rows: readonly Row[], { at }: BoundList, { customer }: Scope): boolean {
  const { owner } = at;
  return owner !== undefined && rows.some((row) => row[owner] !== customer);
}

/** Totals are apart by owner, which comes first. */
function areForeign(totals: readonly Row[] | undefined, { at }: BoundList, { customer }: Scope): boolean {
  return at.owner !== undefined && totals?.some(([owner]) => owner !== customer) === true;
}

/** The deadlines of one request, one for each length of time in milliseconds. */
export interface Deadlines {
  after(milliseconds: number): Deadline;
  /** All is loaded: nothing is aborted any more. */
  clear(): void;
  /** What is not loaded yet is not wanted any more. */
  end(reason: Error): void;
}

export function startDeadlines(): Deadlines {
  const started = new Map<number, Deadline>();
  return {
    after(milliseconds) {
      let deadline = started.get(milliseconds);
      if (deadline === undefined) started.set(milliseconds, (deadline = new Deadline(milliseconds)));
      return deadline;
    },
    clear() {
      for (const deadline of started.values()) deadline.clear();
    },
    end(reason) {
      for (const deadline of started.values()) {
        deadline.clear();
        deadline.end(reason);
      }
    },
  };
}
