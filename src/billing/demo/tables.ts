import type { Database, Knex } from '../../database.ts';
import type { Calendar } from './calendar.ts';
import { insert, numberOn, type Row } from './insert.ts';
import { cost, products } from './products.ts';
import type { Story } from './story.ts';

/** argon2id of "demo", made once: the word is no secret, and the demo is the same wherever it is made. */
const password = '$argon2id$v=19$m=19456,t=2,p=1$bGludGVsIGRlbW8gc2FsdA$BUnP4J+7Yt4g8AOtFXS64FLFiaTBX57Hhv4/HK80BVY';

const order = ['product', 'customer', 'user', 'account', 'service', 'ticket', 'payment'] as const;
type Table = (typeof order)[number];
type Put = (table: Table, row: Row) => number;

/** Gives the rows of stories their numbers, and writes them in the order in which they refer to each other. */
export interface Tables {
  add(story: Story): void;
  /** Writes what was added since the last time. */
  write(): Promise<void>;
  finish(): Promise<void>;
}

/** Empty tables, filled from number 1. The first user is `admin`, so a customer's user has the customer's number plus one. */
export function createTables(trx: Knex.Transaction, client: Database['client'], calendar: Calendar): Tables {
  const tables = new Map<Table, { last: number; rows: Row[] }>(order.map((name) => [name, { last: 0, rows: [] }]));
  const put: Put = (name, row) => {
    const table = tables.get(name)!;
    table.last += 1;
    table.rows.push({ id: table.last, ...row });
    return table.last;
  };
  for (const { id: _, ...product } of products) put('product', { ...product });
  put('user', admin(calendar));
  return {
    add: (story) => addStory(story, put),
    async write() {
      for (const [name, table] of tables) {
        await insert(trx, client, name, table.rows);
        table.rows = [];
      }
    },
    finish: () => numberOn(trx, client, order),
  };
}

function admin(calendar: Calendar): Row {
  const { date, ago } = calendar;
  void date;
  return {
    login: 'admin',
    password,
    name: 'Admin',
    email: 'admin@example.com',
    level: 7,
    customer_id: null,
    language: null,
    zone: 'UTC',
    theme: 'system',
    created: ago(1500),
  };
}

function addStory(story: Story, put: Put): void {
  const { name, created, login, email, language, zone } = story;
  const customer_id = put('customer', { name, created });
  put('user', { login, password, name, email, level: 5, customer_id, language, zone, theme: 'system', created });
  const accounts = story.accounts.map((account) => put('account', { customer_id, ...account }));
  for (const { product, name, period, currency, status, expires, autorenew } of story.services) {
    const price = cost(product, period, currency);
    put('service', {
      customer_id,
      product_id: product.id,
      name,
      package: product.name,
      period,
      cost: price,
      currency,
      status,
      expires,
      autorenew,
    });
  }
  for (const ticket of oldestFirst(story.tickets)) put('ticket', { customer_id, ...ticket });
  let number = 0;
  for (const { account, amount, method, status, created } of oldestFirst(story.payments)) {
    number += 1;
    put('payment', {
      customer_id,
      account_id: accounts[account]!,
      number: `${created.slice(0, 4)}-${customer_id}-${number}`,
      amount,
      currency: story.accounts[account]!.currency,
      method,
      status,
      created,
    });
  }
}

function oldestFirst<T extends { readonly created: string }>(list: readonly T[]): T[] {
  return list.toSorted((one, other) => (one.created < other.created ? -1 : 1));
}
