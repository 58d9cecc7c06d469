export type Period = 'month' | 'quarter' | 'year';
export const PERIODS: readonly Period[] = ['month', 'quarter', 'year'];

export const MONTHS: Readonly<Record<Period, number>> = { month: 1, quarter: 3, year: 12 };

/** The day so many months later: `2026-01-31` and a month is `2026-02-28`. */
export function addPeriod(day: string, period: Period): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + MONTHS[period] + 1, 0));
  const found = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate())));
  return found.toISOString().slice(0, 10);
}

/** The day of a moment, in UTC: terms begin and end on the same day wherever the customer is. */
export function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}
