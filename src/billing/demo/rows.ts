import { cost } from '../prices.ts';
import type { Calendar } from './calendar.ts';
import type { Row } from './insert.ts';
import { password } from './password.ts';
import { type Charge, spend } from './spending.ts';
import type { Account, Service, Story, Ticket } from './story.ts';

/** In the order in which they refer to each other. */
export const tableNames = [
  'product',
  'customer',
  'user',
  'account',
  'service',
  'ticket',
  'payment',
  'ledger',
  'ticket_message',
  'announcement',
  'announcement_text',
] as const;
export type TableName = (typeof tableNames)[number];

/** Adds a row and gives its number. */
export type Put = (name: TableName, row: Row) => number;

/** The row of a user; every one has the same columns, in the same order. */
export function userRow({ login, name, email, level, customer_id, zone, created, ...rest }: UserStory): Row {
  const { language = null } = rest;
  return { login, password, name, email, level, customer_id, language, zone, theme: 'system', created };
}

interface UserStory extends Pick<Story, 'login' | 'name' | 'email' | 'zone' | 'created'> {
  readonly level: number;
  readonly customer_id: number | null;
  readonly language?: string | null;
}

/** A service and its number. */
interface Bought {
  readonly id: number;
  readonly service: Service;
  readonly created: string;
}

/** Adds a customer and all that is theirs. */
export function addStory(story: Story, calendar: Calendar, put: Put): void {
  const { name, created, login, email, language, zone, charges } = story;
  const customer_id = put('customer', { name, created });
  put('user', userRow({ login, name, email, level: 5, customer_id, language, zone, created }));
  const bought = story.services.map((service, index): Bought => {
    const since = calendar.ago(service.age, (37 * index) % 600);
    return { id: put('service', { customer_id, ...serviceRow(service, since, calendar) }), service, created: since };
  });
  for (const account of story.accounts) {
    const own = bought.filter(({ service }) => service.currency === account.currency);
    addAccount({ account, customer_id, bought: own, charges, since: created, calendar }, put);
  }
  for (const ticket of oldestFirst(story.tickets)) addTicket(ticket, name, customer_id, put);
}

function serviceRow(service: Service, created: string, calendar: Calendar): Row {
  const { product, name, period, currency, status, days, autorenew } = service;
  const isNamed = product.kind === 'domain' || product.kind === 'hosting' || product.kind === 'certificate';
  return {
    product_id: product.id,
    name,
    package: product.name,
    period,
    cost: cost(product, period, currency),
    currency,
    status,
    expires: days === null ? null : calendar.date(days),
    autorenew,
    domain: isNamed ? name : null,
    os: product.kind === 'server' ? (systems[name.length % systems.length] ?? null) : null,
    created,
    version: 1,
  };
}

const systems = ['debian', 'ubuntu', 'alma'] as const;

interface Place {
  readonly account: Account;
  readonly customer_id: number;
  /** The services that are paid from it. */
  readonly bought: readonly Bought[];
  readonly charges: number;
  /** When the customer came. */
  readonly since: string;
  readonly calendar: Calendar;
}

/** What was paid in, less what the services have cost, is the balance; what that leaves open was there from the start. */
function addAccount(place: Place, put: Put): void {
  const { account, customer_id, bought } = place;
  const { name, currency } = account;
  const paid = account.payments.reduce((sum, { status, amount }) => (status === 'paid' ? sum + amount : sum), 0);
  const services = bought.map(({ service }) => service);
  const charges = spend(services, paid - account.balance, place.charges);
  const spent = charges.reduce((sum, { amount }) => sum + amount, 0);
  const opening = Math.max(0, account.balance - paid + spent);
  const balance = opening + paid - spent;
  const account_id = put('account', { customer_id, name, currency, balance, version: 1 });
  const entries = [...paymentsOf(place, account_id, put), ...charges.map((charge) => chargeEntry(charge, place))];
  const first = {
    amount: opening,
    reason: 'opening',
    payment_id: null,
    service_id: null,
    note: '',
    created: place.since,
  };
  for (const { amount, reason, payment_id, service_id, note, created } of [first, ...oldestFirst(entries)]) {
    if (amount === 0) continue;
    put('ledger', { customer_id, account_id, amount, currency, reason, payment_id, service_id, note, created });
  }
}

interface Entry {
  readonly amount: number;
  readonly reason: 'opening' | 'payment' | Charge['reason'];
  readonly payment_id: number | null;
  readonly service_id: number | null;
  readonly note: string;
  readonly created: string;
}

/** Adds the payments, one for each service that is ordered and not yet paid among them, and gives an entry for each paid one. */
function paymentsOf({ account, customer_id, bought }: Place, account_id: number, put: Put): Entry[] {
  const { currency, payments } = account;
  const funds = payments.map((payment) => ({ ...payment, service_id: null, purpose: 'funds' }));
  const orders = bought
    .filter(({ service }) => service.status === 'ordered')
    .map(({ id, service, created }) => {
      const amount = cost(service.product, service.period, currency);
      return { amount, method: 'card', status: 'new', created, service_id: id, purpose: 'order' } as const;
    });
  return oldestFirst([...funds, ...orders]).flatMap((payment, index) => {
    const { amount, method, status, created, service_id, purpose } = payment;
    const number = `${created.slice(0, 4)}-${account_id}-${index + 1}`;
    const row = { customer_id, account_id, number, amount, currency, method, status, created, service_id, purpose };
    const payment_id = put('payment', { ...row, started: null, reference: null, version: 1 });
    if (status !== 'paid') return [];
    return [{ amount, reason: 'payment', payment_id, service_id: null, note: number, created } satisfies Entry];
  });
}

function chargeEntry({ service, amount, reason, days }: Charge, { bought, calendar }: Place): Entry {
  const { id, created } = bought.find((one) => one.service === service) as Bought;
  const minute = String(id % 60).padStart(2, '0');
  return {
    amount: -amount,
    reason,
    payment_id: null,
    service_id: id,
    note: `${service.product.name}, ${service.name}`,
    created: reason === 'order' ? created : `${calendar.date(-days)}T03:${minute}:00Z`,
  };
}

const staff = { technical: 'Jonas Weber', billing: 'Marta Klein', sales: 'Felix Brandt' };

function addTicket({ messages, ...ticket }: Ticket, customer: string, customer_id: number, put: Put): void {
  const unread = ticket.status === 'waiting' ? 'on' : 'off';
  const ticket_id = put('ticket', { customer_id, ...ticket, unread, version: 1 });
  for (const { side, text, created } of messages) {
    const author = side === 'customer' ? customer : staff[ticket.department];
    put('ticket_message', { ticket_id, author, side, text, created });
  }
}

function oldestFirst<T extends { readonly created: string }>(list: readonly T[]): T[] {
  return list.toSorted((one, other) => (one.created < other.created ? -1 : 1));
}
