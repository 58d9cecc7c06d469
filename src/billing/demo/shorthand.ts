import type { Calendar } from './calendar.ts';
import { type Currency, type Period, product } from './products.ts';
import type { Payment, Service, Ticket } from './story.ts';

type Line<T extends unknown[]> = readonly [...T];

/** `status` and days until it expires; `null` where that is not known yet. */
export type ServiceLine = Line<
  [string, string, Period, Currency, Service['status'], number | null, Service['autorenew']]
>;
/** Days since the last word, days since the first. */
export type TicketLine = Line<[string, Ticket['department'], Ticket['status'], number, number]>;
/** The amount in minor units, and days since. */
export type PaymentLine = Line<[number, Payment['method'], Payment['status'], number]>;

export function services(calendar: Calendar, lines: readonly ServiceLine[]): Service[] {
  return lines.map(([packageName, name, period, currency, status, days, autorenew]) => ({
    product: product(packageName),
    name,
    period,
    currency,
    status,
    expires: days === null ? null : calendar.date(days),
    autorenew,
  }));
}

export function tickets(calendar: Calendar, lines: readonly TicketLine[]): Ticket[] {
  return lines.map(([subject, department, status, last, first], index) => {
    const updated = calendar.ago(last, (37 * index) % 240);
    const created = status === 'new' ? updated : calendar.ago(first, 240 + ((53 * index) % 600));
    return { subject, department, status, updated, created };
  });
}

export function payments(calendar: Calendar, lines: readonly PaymentLine[]): Payment[] {
  return lines.map(([amount, method, status, days], index) => ({
    amount,
    method,
    status,
    created: calendar.ago(days, (71 * index) % 600),
  }));
}
