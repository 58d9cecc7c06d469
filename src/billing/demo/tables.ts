import type { Database, Knex } from '../../database.ts';
import type { Calendar } from './calendar.ts';
import { insert, numberOn, type Row } from './insert.ts';
import { cost, products } from './products.ts';
import type { Account, Service, Story } from './story.ts';

/** argon2id of "demo", made once: the word is no secret, and the demo is the same wherever it is made. */
const password = '$argon2id$v=19$m=19456,t=2,p=1$bGludGVsIGRlbW8gc2FsdA$BUnP4J+7Yt4g8AOtFXS64FLFiaTBX57Hhv4/HK80BVY';

/** In the order in which they refer to each other. */
const names = ['product', 'customer', 'user', 'account', 'service', 'ticket', 'payment'] as const;
type Name = (typeof names)[number];

/** Gives the rows of stories their numbers, from 1, and writes them. */
export interface Tables {
  add(story: Story): void;
  /** Writes what was added since the last time. */
  write(): Promise<void>;
  finish(): Promise<void>;
}

interface Table {
  count: number;
  rows: Row[];
}

type Put = (name: Name, row: Row) => number;

/** Empty tables, but for the price list and `admin`, who is user 1: the user of a customer has its number plus one. */
export function createTables(trx: Knex.Transaction, client: Database['client'], calendar: Calendar): Tables {
  const tables = Object.fromEntries(names.map((name) => [name, { count: 0, rows: [] }])) as unknown as Record<
    Name,
    Table
  >;
  const put: Put = (name, row) => {
    const table = tables[name];
    table.count += 1;
    table.rows.push({ id: table.count, ...row });
    return table.count;
  };
  for (const product of products) put('product', { ...product });
  put('user', admin(calendar));
  return {
    add: (story) => addStory(story, put),
    async write() {
      for (const name of names) {
        await insert(trx, client, name, tables[name].rows);
        tables[name].rows = [];
      }
    },
    finish: () => numberOn(trx, client, names),
  };
}

function admin(calendar: Calendar): Row {
  const who = { login: 'admin', password, name: 'Admin', email: 'admin@example.com', level: 7, customer_id: null };
  return { ...who, language: null, zone: 'UTC', theme: 'system', created: calendar.ago(1500) };
}

function addStory(story: Story, put: Put): void {
  const { name, created, login, email, language, zone } = story;
  const customer_id = put('customer', { name, created });
  put('user', { login, password, name, email, level: 5, customer_id, language, zone, theme: 'system', created });
  for (const account of story.accounts) addAccount(account, customer_id, put);
  for (const service of story.services) put('service', { customer_id, ...serviceRow(service) });
  for (const ticket of oldestFirst(story.tickets)) put('ticket', { customer_id, ...ticket });
}

function addAccount({ name, currency, balance, payments }: Account, customer_id: number, put: Put): void {
  const account_id = put('account', { customer_id, name, currency, balance });
  oldestFirst(payments).forEach(({ amount, method, status, created }, index) => {
    const number = `${created.slice(0, 4)}-${account_id}-${index + 1}`;
    put('payment', { customer_id, account_id, number, amount, currency, method, status, created });
  });
}

function serviceRow({ product, name, period, currency, status, expires, autorenew }: Service): Row {
  const what = { product_id: product.id, name, package: product.name, period };
  return { ...what, cost: cost(product, period, currency), currency, status, expires, autorenew };
}

function oldestFirst<T extends { readonly created: string }>(list: readonly T[]): T[] {
  return list.toSorted((one, other) => (one.created < other.created ? -1 : 1));
}
