import { isRightToLeft } from './direction.ts';
import { createLocal, createMoments } from './moments.ts';
import { remembered } from './remembered.ts';

/**
 * Money, dates and numbers as text in a language and a time zone, by `Intl`. Formatting one value costs a microsecond and
 * pages repeat amounts and dates, so these are remembered.
 */
export interface Formats {
  readonly language: string;
  readonly zone: string;
  /** Integer minor units of `currency`: `money(-1250, 'EUR')` is `-€12.50`. */
  money(minor: number, currency: string): string;
  /** The same as a plain number: `-12.50`. */
  decimal(minor: number, currency: string): string;
  /** A month `2026-03`, a date `2026-03-14`, or a moment `2026-03-14T09:26:53Z` with its time in the zone. */
  date(iso: string): string;
  /** The time of a moment in the zone: `2:02 PM`. */
  time(moment: Date): string;
  /** Money in few characters: `€1.2K`. */
  compact(minor: number, currency: string): string;
  /** A month `2026-03`: in full, or its name alone in short. */
  month(iso: string, length: 'long' | 'short'): string;
  /** A date as it is, a moment as `2026-03-14 10:26:53` in the zone: what spreadsheets of all languages read. */
  iso(iso: string): string;
  /** Whole days from `now` to a date in the zone; negative in the past. */
  daysUntil(iso: string, now: Date): number;
  /** `in 3 days`, `yesterday`. */
  distance(days: number): string;
  number(value: number): string;
  /** A part of one: `12%`. */
  share(part: number): string;
}

/** Formats of a language and zone; an unknown zone reads as UTC. */
export function formatsOf(language: string, zone: string): Formats {
  const key = `${language}|${zone}`;
  let formats = made.get(key);
  if (formats === undefined) {
    if (made.size > 500) made.clear();
    made.set(key, (formats = tryFormats(language, zone)));
  }
  return formats;
}

const made = new Map<string, Formats>();

function tryFormats(language: string, zone: string): Formats {
  try {
    return createFormats(language, zone);
  } catch {
    return createFormats(language, 'UTC');
  }
}

function createFormats(language: string, zone: string): Formats {
  const currencies = new Map<string, (minor: number) => string>();
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const local = createLocal(zone);
  const calendar = (time: number) => local(time).slice(0, 10);
  // Each formatter takes a millisecond or two to make: those that few pages need are made when one does.
  const moment = lazily(() => createMoments(language, zone, local));
  const compacts = new Map<string, (minor: number) => string>();
  const months = {
    long: lazily(() => new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' })),
    short: lazily(() => new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' })),
  };
  const monthsInFull = remembered((iso: string) => written(months.long().format, iso));
  const relative = lazily(() => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));
  const time = lazily(() => new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: zone }));
  const number = lazily(() => new Intl.NumberFormat(language));
  const share = lazily(() => new Intl.NumberFormat(language, { style: 'percent' }));
  const dates = remembered((iso: string) => written(day.format, iso));
  let minute = Number.NaN;
  let today = Number.NaN;
  const todayAt = (time: number) => {
    if (Math.floor(time / 60_000) !== minute) {
      minute = Math.floor(time / 60_000);
      today = utcDay(calendar(time));
    }
    return today;
  };
  return {
    language,
    time: (moment) =>
      time()
        .format(moment)
        .replace(/[\u2000-\u200a\u202f]/g, ' '),
    zone,
    money(minor, currency) {
      let format = currencies.get(currency);
      if (format === undefined) currencies.set(currency, (format = remembered(createMoney(language, currency))));
      return format(minor);
    },
    compact(minor, currency) {
      let format = compacts.get(currency);
      if (format === undefined) compacts.set(currency, (format = remembered(createCompact(language, currency))));
      return format(minor);
    },
    month: (iso, length) => (length === 'long' ? monthsInFull(iso) : written(months.short().format, iso)),
    decimal: (minor, currency) => (minor / 10 ** digitsOf(currency)).toFixed(digitsOf(currency)),
    iso(iso) {
      const time = timeOf(iso);
      return iso.length <= 10 || Number.isNaN(time) ? iso : local(time);
    },
    date: (iso) => (iso.length === 10 ? dates(iso) : MONTH.test(iso) ? monthsInFull(iso) : written(moment(), iso)),
    daysUntil: (iso, now) => utcDay(iso.length === 10 ? iso : calendar(timeOf(iso))) - todayAt(now.getTime()),
    distance: remembered((days: number) => relative().format(days, 'day')),
    number: remembered((value: number) => number().format(value)),
    share: remembered((part: number) => share().format(part)),
  };
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

const MONTH = /^\d{4}-\d\d$/;
const ISO = /^\d{4}-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?)?$/;

/** The milliseconds of a date or a moment as `Formats` takes it; NaN for all else, of which `Date.parse` would guess. */
export function timeOf(iso: string): number {
  return iso.length === 10 ? timeOfDate(iso) : parse(iso);
}

const timeOfDate = remembered(parse);

function parse(iso: string): number {
  return ISO.test(iso) ? Date.parse(iso) : Number.NaN;
}

function written(format: (time: number) => string, iso: string): string {
  const time = timeOf(iso);
  return Number.isNaN(time) ? iso : format(time);
}

function utcDay(date: string): number {
  return Math.round(timeOf(date) / 86_400_000);
}

/** Thousands in short, less to the last digit that is not nought. */
function createCompact(language: string, currency: string): (minor: number) => string {
  const shared: Intl.NumberFormatOptions = { currencyDisplay: 'narrowSymbol', minimumFractionDigits: 0 };
  const many = createMoney(language, currency, { ...shared, notation: 'compact', maximumSignificantDigits: 3 });
  const few = createMoney(language, currency, { currencyDisplay: 'narrowSymbol' });
  const round = createMoney(language, currency, { ...shared, maximumFractionDigits: 0 });
  const unit = 10 ** digitsOf(currency);
  return (minor) => (Math.abs(minor) >= 1000 * unit ? many : minor % unit === 0 ? round : few)(minor);
}

/** A currency that `Intl` does not know is written as `12.50 XYZ9`. */
function createMoney(
  language: string,
  currency: string,
  options: Intl.NumberFormatOptions = {},
): (minor: number) => string {
  if (!/^[A-Z]{3}$/.test(currency)) {
    const plain = new Intl.NumberFormat(language, { minimumFractionDigits: 2, ...options });
    return (minor) => `${plain.format(minor / 100)} ${currency}`.trim();
  }
  const format = new Intl.NumberFormat(language, { style: 'currency', currency, ...options });
  const unit = 10 ** digitsOf(currency);
  if (!isRightToLeft(language)) return (minor) => format.format(minor / unit);
  return (minor) => format.format(minor / unit).replace(LETTERS_AND_SIGN, '$&\u200e');
}

/** `US$`: in text from the right its sign would stand before it, but for a mark. */
const LETTERS_AND_SIGN = /[A-Z]\p{Sc}/u;

/** The digits behind the point that a currency has; two for one that is not known. */
export const digitsOf = remembered((currency: string) => {
  if (!/^[A-Z]{3}$/.test(currency)) return 2;
  const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return maximumFractionDigits ?? 2;
});
