import { momentOf } from '../../moments.ts';
import type { Calendar } from './calendar.ts';
import { type Currency, type Period, product } from './products.ts';
import { createRandom } from './random.ts';
import { ageOf } from './spending.ts';
import type { Message, Payment, Service, Ticket } from './story.ts';
import { talk } from './talk.ts';

type Line<T extends unknown[]> = readonly [...T];

/** `status` and days until it expires; `null` where that is not known yet. */
export type ServiceLine = Line<
  [string, string, Period, Currency, Service['status'], number | null, Service['autorenew']]
>;
/** Days since the last word, days since the first. */
export type TicketLine = Line<[string, Ticket['department'], Ticket['status'], number, number]>;
/** The amount in minor units, and days since. */
export type PaymentLine = Line<[number, Payment['method'], Payment['status'], number]>;

/** Of a customer who came so many days ago. */
export function services(age: number, lines: readonly ServiceLine[]): Service[] {
  const random = createRandom(age);
  return lines.map(([packageName, name, period, currency, status, days, autorenew]) => ({
    product: product(packageName),
    name,
    period,
    currency,
    status,
    days,
    age: ageOf({ period, days }, age, random),
    autorenew,
  }));
}

/** What was said in a ticket, by its subject: the customer begins, and who writes is told by the first sign, `?` or `!`. */
export type Talks = Readonly<Record<string, readonly string[]>>;

export function tickets(calendar: Calendar, lines: readonly TicketLine[], talks: Talks = {}): Ticket[] {
  const random = createRandom(lines.length);
  return lines.map(([subject, department, status, last, first], index) => {
    const updated = calendar.ago(last, (37 * index) % 240);
    const created = status === 'new' ? updated : calendar.ago(first, 240 + ((53 * index) % 600));
    const ticket = { subject, department, status, updated, created };
    const said = talks[subject];
    return { ...ticket, messages: said ? spread(said, created, updated) : talk(ticket, null, random) };
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

/** Messages from the first time to the last, evenly. */
function spread(said: readonly string[], first: string, last: string): Message[] {
  const [start, end] = [Date.parse(first), Date.parse(last)];
  const step = said.length > 1 ? (end - start) / (said.length - 1) : 0;
  return said.map((text, index) => ({
    side: text.startsWith('!') ? 'staff' : 'customer',
    text: text.slice(1),
    created: index === said.length - 1 ? last : momentOf(start + index * step),
  }));
}
