/**
 * How fast list pages are: one of ten rows, one of a customer with 200 services, and those of a customer with a million
 * payments. What counts is the slowest hundredth against that of the ten rows. `npm run bench -- --only lists`.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createDemo } from '../../src/billing/demo/index.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { migrations } from '../../src/store/index.ts';
import { runLoad } from './load.ts';
import { startServer } from './start.ts';

const PATH = 'data/bench-lists.sqlite';
const TEN = 'ten';
const MILLION = 'million';

const REQUESTS: readonly (readonly [login: string, path: string])[] = [
  [TEN, '/list/payment'],
  ['max', '/list/service'],
  ['max', '/list/service?page=8'],
  ['max', '/list/service?sort=-cost,name,package'],
  ['max', '/list/service?find=cloud&status=active'],
  ['max', '/list/service?rows=100'],
  [MILLION, '/list/payment'],
  [MILLION, '/list/payment?page=40'],
  [MILLION, '/list/account.history'],
  [MILLION, '/list/payment?status=paid'],
  [MILLION, '/home'],
];

export async function benchLists(seconds: number): Promise<void> {
  const database = await openDatabase(`sqlite:${PATH}`, { migrations });
  if (!existsSync(PATH)) await make(database);
  const users = await signIn(database);
  await database.close();
  const { port, child } = await startServer('lintel', PATH, users.get('max') ?? 0);
  try {
    let first = Number.NaN;
    console.log(`\n${'list page'.padEnd(52)}     p50     p99   p99 / ten rows   bytes`);
    for (const [login, path] of REQUESTS) {
      const text = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: lintel=bench-${users.get(login)}\r\n\r\n`;
      const load = { port, connections: 2, seconds, warmup: 1, request: () => Buffer.from(text) };
      const { p50, p99, bytes, statuses } = await runLoad(load, () => {});
      if (Object.keys(statuses).join() !== '200') throw new Error(`${path} answered ${JSON.stringify(statuses)}`);
      if (Number.isNaN(first)) first = p99;
      const numbers = [p50.toFixed(2).padStart(7), p99.toFixed(2).padStart(7), (p99 / first).toFixed(2).padStart(16)];
      console.log(`${`${login} ${path}`.padEnd(52)} ${numbers.join(' ')} ${bytes.toFixed(0).padStart(7)}`);
    }
  } finally {
    child.kill('SIGKILL');
  }
}

/** The demo, and two of its customers with payments of that number. */
async function make(database: Database): Promise<void> {
  console.log(`Making ${PATH} …`);
  await database.migrate();
  await createDemo(database, { customers: 100, today: new Date() });
  await pay(database, 'bob', { login: TEN, payments: 10 });
  await pay(database, 'alice', { login: MILLION, payments: 1_000_000 });
  await database.knex.raw('analyze');
}

async function pay(database: Database, from: string, { login, payments }: { login: string; payments: number }) {
  const { knex } = database;
  const { customer_id: customer } = await knex('user').where({ login: from }).first('customer_id');
  const account = await knex('account').where({ customer_id: customer }).first('id', 'currency');
  await knex('user').where({ login: from }).update({ login });
  await knex('payment_event').delete();
  await knex('ledger').where({ customer_id: customer }).delete();
  await knex('payment').where({ customer_id: customer }).delete();
  const numbers = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${payments})`;
  const time = `strftime('%Y-%m-%dT%H:%M:%SZ', 1500000000 + i * 200, 'unixepoch')`;
  const values = { customer, account: account.id, currency: account.currency };
  await knex.raw(
    `insert into payment (customer_id, account_id, number, amount, currency, method, status, created)
     ${numbers} select :customer, :account, 'P-' || i, 100 + i % 5000, :currency, 'card',
       case i % 4 when 0 then 'new' when 1 then 'failed' else 'paid' end, ${time} from n`,
    values,
  );
  await knex.raw(
    `insert into ledger (customer_id, account_id, amount, currency, reason, note, created)
     ${numbers} select :customer, :account, 1 + i % 5000, :currency, 'refund', 'Entry ' || i, ${time} from n`,
    values,
  );
}

/** A session for each who asks, made straight in the table. */
async function signIn(database: Database): Promise<Map<string, number>> {
  const logins = [...new Set(REQUESTS.map(([login]) => login))];
  const users: { id: number; login: string }[] = await database
    .knex('user')
    .whereIn('login', logins)
    .select('id', 'login');
  await database.knex('session').where('agent', 'bench').delete();
  await database.knex('session').insert(
    users.map(({ id }) => ({
      id: createHash('sha256').update(`bench-${id}`).digest('hex'),
      user_id: id,
      created: '2026-01-01T00:00:00Z',
      seen: '2099-01-01T00:00:00Z',
      expires: '2099-01-01T00:00:00Z',
      address: '127.0.0.1',
      agent: 'bench',
    })),
  );
  return new Map(users.map(({ id, login }) => [login, id]));
}
