import { momentOf } from '../../moments.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Days and times as the tables hold them, counted from the day the demo is made for. */
export interface Calendar {
  /** The date so many days from today, `2026-03-14`. */
  date(days: number): string;
  /** The time so many days, and minutes, before now, `2026-03-14T09:26:53Z`. */
  ago(days: number, minutes?: number): string;
}

/** A calendar around `today`; dates repeat for nearly every customer, so each is written once. */
export function createCalendar(today: Date): Calendar {
  const now = today.getTime();
  const dates = new Map<number, string>();
  return {
    date(days) {
      let text = dates.get(days);
      if (!text) {
        text = new Date(now + days * day).toISOString().slice(0, 10);
        dates.set(days, text);
      }
      return text;
    },
    ago: (days, minutes = 0) => momentOf(now - days * day - minutes * minute),
  };
}
