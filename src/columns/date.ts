import type { ColumnKind } from '../column.ts';
import { timeOf } from '../formats.ts';

/** Days before a date from which it is said to be near. */
const NEAR = 14;

/** A date, or a moment in the customer's time zone; a near one is also said as a distance: `in 3 days`. */
export const date: ColumnKind = {
  name: 'date',
  types: ['date'],
  align: 'start',
  cell({ at }) {
    const iso = (row: readonly unknown[]) => String(row[at] ?? '');
    const isDate = (value: string) => value.length === 10;
    const isKnown = (value: string) => !Number.isNaN(timeOf(value));
    return {
      mark: (row, formats, now) => (isDate(iso(row)) ? `${iso(row)} ${formats.daysUntil(iso(row), now)}` : undefined),
      text: (row, formats) => (row[at] === null ? '' : formats.date(iso(row))),
      data: [{ value: (row, formats) => formats.iso(iso(row)) }],
      values: {
        iso,
        distance: (row, formats, now) => (isKnown(iso(row)) ? formats.distance(formats.daysUntil(iso(row), now)) : ''),
      },
      tests: {
        near: (row, formats, now) => isDate(iso(row)) && Math.abs(formats.daysUntil(iso(row), now)) <= NEAR,
        known: (row) => isKnown(iso(row)),
        past: (row, formats, now) => isDate(iso(row)) && formats.daysUntil(iso(row), now) < 0,
      },
    };
  },
};
