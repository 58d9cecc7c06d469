import type { Calendar } from './calendar.ts';
import { type Currency, type Period, product } from './products.ts';
import type { Payment, Service, Ticket } from './story.ts';

type Line<T extends unknown[]> = readonly [...T];

/** `status` and days until it expires; `null` where that is not known yet. */
export type ServiceLine = Line<[string, string, Period, Currency, Service['status'], number | null, Service['autorenew']]>;
/** Days since the last word, days since the first. */
export type TicketLine = Line<[string, Ticket['department'], Ticket['status'], number, number]>;
/** The place of the account, the amount in minor units, days since. */
export type PaymentLine = Line<[number, number, Payment['method'], Payment['status'], number]>;

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
  return lines.map(([subject, department, status, updated, created], index) => ({
    subject,
    department,
    status,
    updated: calendar.ago(updated, (37 * index) % 240),
    created: calendar.ago(created, 240 + ((53 * index) % 600)),
  }));
}

export function payments(calendar: Calendar, lines: readonly PaymentLine[]): Payment[] {
  return lines.map(([account, amount, method, status, days], index) => ({
    account,
    amount,
    method,
    status,
    created: calendar.ago(days, (71 * index) % 600),
  }));
}
