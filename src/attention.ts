/** What of a block's rows needs the visitor: `waiting status=unpaid status=active+expires:7`, read, bound and counted. */
import type { Formats } from './formats.ts';
import type { Row } from './provider.ts';

/** One thing that a row may be or hold. */
interface Test {
  readonly field: string;
  /** A value the field equals; missing for a flag that is on. */
  readonly value?: string;
  /** The field holds a date before so many days from now. */
  readonly days?: number;
}

/** A row is of concern when it passes all tests; the last one says why, and gives the text its name. */
export type Concern = readonly Test[];

export interface BoundConcern {
  readonly reason: string;
  isMet(row: Row, formats: Formats, now: Date): boolean;
}

/** Reads the attribute `attention` of a block that `check` has passed. */
export function readAttention(text: string | undefined): readonly Concern[] {
  return (text?.split(' ') ?? []).map((concern) => concern.split('+').map(readTest));
}

function readTest(text: string): Test {
  const [, field = text, sign, rest = ''] = /^([^=:]+)([=:])(.*)$/.exec(text) ?? [];
  return sign === undefined ? { field } : sign === '=' ? { field, value: rest } : { field, days: Number(rest) };
}

/** Every field of which concerns are asked. */
export function concernFields(concerns: readonly Concern[]): string[] {
  return concerns.flatMap((concern) => concern.map(({ field }) => field));
}

export function bindConcerns(concerns: readonly Concern[], index: (field: string) => number): BoundConcern[] {
  return concerns.map((concern) => {
    const tests = concern.map((test) => bindTest(test, index(test.field)));
    return {
      reason: concern.at(-1)?.field ?? '',
      isMet: (row, formats, now) => tests.every((test) => test(row, formats, now)),
    };
  });
}

const OFF = new Set(['', 'off', 'no', '0', 'false']);

function bindTest({ value, days }: Test, at: number): BoundConcern['isMet'] {
  if (value !== undefined) return (row) => String(row[at] ?? '') === value;
  if (days === undefined) return (row) => !OFF.has(String(row[at] ?? ''));
  return (row, formats, now) => {
    const date = String(row[at] ?? '');
    return date !== '' && formats.daysUntil(date, now) <= days;
  };
}

/** How many rows need the visitor, by the reason that a row meets first. */
export function countConcerns(
  concerns: readonly BoundConcern[],
  rows: readonly Row[],
  { formats, now }: { readonly formats: Formats; readonly now: Date },
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const met = concerns.find((concern) => concern.isMet(row, formats, now));
    if (met) counts.set(met.reason, (counts.get(met.reason) ?? 0) + 1);
  }
  return counts;
}
