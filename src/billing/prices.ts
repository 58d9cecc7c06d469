import { MONTHS, PERIODS, type Period } from './period.ts';

export type Currency = 'EUR' | 'USD' | 'RUB';
export const CURRENCIES: readonly Currency[] = ['EUR', 'USD', 'RUB'];

/** A line of the price list: minor units of `currency` for one `period`. */
export interface Price {
  readonly price: number;
  readonly currency: string;
  readonly period: Period;
}

/** What one euro is. */
const RATES: Readonly<Record<Currency, number>> = { EUR: 1, USD: 1.1, RUB: 95 };
/** Prices are multiples of so many minor units. */
const STEPS: Readonly<Record<Currency, number>> = { EUR: 10, USD: 10, RUB: 1000 };

/** Whether there are prices in a currency. */
export function isPriced(currency: string): currency is Currency {
  return Object.hasOwn(RATES, currency);
}

/** The periods for which something is sold: its own, and each longer one. */
export function periodsOf({ period }: Pick<Price, 'period'>): readonly Period[] {
  return PERIODS.slice(PERIODS.indexOf(period));
}

/** What a period costs, in minor units of `to`. A year of what is sold by the month is paid like ten of them. */
export function cost({ price, currency, period: unit }: Price, period: Period, to: Currency): number {
  const units = unit === 'month' && period === 'year' ? 10 : MONTHS[period] / MONTHS[unit];
  const from = isPriced(currency) ? RATES[currency] : 1;
  return Math.round((price * units * RATES[to]) / from / STEPS[to]) * STEPS[to];
}
