/** The period of a report: which there are to choose, and its first and last day in the visitor's time zone. */
import type { PERIODS } from './elements/period.ts';
import { timeOf } from './formats.ts';
import { createLocal, momentOf } from './moments.ts';
import type { Scope, Value } from './provider.ts';
import { scopeValues } from './query.ts';

export type PeriodName = (typeof PERIODS)[number];

/** The period of a report that names none to begin with. */
export const USUAL_PERIOD: PeriodName = 'currentmonth';

/** Days, both of them in it; an empty one is not said. */
export interface Period {
  readonly name: PeriodName;
  readonly start: string;
  readonly end: string;
}

/** What the queries of a report with a period may ask for: its days, and the moments of its first one and of the one after its last. */
export const PERIOD_PARAMETERS = ['periodstart', 'periodend', 'periodfrom', 'perioduntil'] as const;

/** The period of that name, on the visitor's today. */
export function periodOf(name: PeriodName, scope: Scope, days: Omit<Period, 'name'> = { start: '', end: '' }): Period {
  const today = String(scopeValues(['today'], scope).today);
  const [year = 0, month = 1] = today.split('-').map(Number);
  const first = (months: number) => dayOf(Date.UTC(year, month - 1 + months, 1));
  const last = (months: number) => dayOf(Date.UTC(year, month + months, 0));
  switch (name) {
    case 'currentmonth':
      return { name, start: first(0), end: last(0) };
    case 'lastmonth':
      return { name, start: first(-1), end: last(-1) };
    case 'last3months':
      return { name, start: first(-2), end: last(0) };
    case 'last12months':
      return { name, start: first(-11), end: last(0) };
    case 'currentyear':
      return { name, start: `${year}-01-01`, end: `${year}-12-31` };
    case 'lastyear':
      return { name, start: `${year - 1}-01-01`, end: `${year - 1}-12-31` };
    case 'nolimit':
      return { name, start: '', end: '' };
    case 'other':
      return { name, ...inOrder(days) };
  }
}

function inOrder({ start, end }: Omit<Period, 'name'>): Omit<Period, 'name'> {
  const isTurned = start !== '' && end !== '' && start > end;
  return isTurned ? { start: end, end: start } : { start, end };
}

/** A date as an address or a form says it; empty when it is none. */
export function readDay(text: string | null): string {
  const day = text?.trim() ?? '';
  // A date that the calendar lacks is none: the browser of the day after would say it differently.
  return /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(timeOf(day)) && dayOf(timeOf(day)) === day ? day : '';
}

/** The values of `PERIOD_PARAMETERS`. */
export function periodValues({ start, end }: Period, zone: string): Readonly<Record<string, Value>> {
  return {
    periodstart: start || '0001-01-01',
    periodend: end || '9999-12-31',
    periodfrom: start ? momentIn(zone, Date.parse(start)) : '0001-01-01T00:00:00Z',
    perioduntil: end ? momentIn(zone, Date.parse(end) + DAY) : '9999-12-31T00:00:00Z',
  };
}

const DAY = 86_400_000;

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** The moment at which the clocks of a zone show midnight of a day. */
function momentIn(zone: string, midnight: number): string {
  const local = localOf(zone);
  const ahead = (time: number) => Date.parse(`${local(time).replace(' ', 'T')}Z`) - time;
  const guess = midnight - ahead(midnight);
  return momentOf(midnight - ahead(guess));
}

const zones = new Map<string, (time: number) => string>();

function localOf(zone: string): (time: number) => string {
  let local = zones.get(zone);
  if (local === undefined) {
    if (zones.size > 500) zones.clear();
    zones.set(zone, (local = tryLocal(zone)));
  }
  return local;
}

/** An unknown zone reads as UTC. */
function tryLocal(zone: string): (time: number) => string {
  try {
    return createLocal(zone);
  } catch {
    return createLocal('UTC');
  }
}
