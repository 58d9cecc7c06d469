import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDemo, prepareDemo } from '../../src/billing/demo/index.ts';
import type { Database } from '../../src/database.ts';
import { createUsers, migrations } from '../../src/store/index.ts';
import { type Bed, createOpener, postgresBed, sqliteBed } from '../database/beds.ts';

const postgres = await postgresBed();
const beds: Bed[] = [await sqliteBed(), ...(typeof postgres === 'string' ? [] : [postgres])];
const named = beds.map((bed) => [bed.name, bed] as const);
if (typeof postgres === 'string') test.skip(postgres, () => {});
afterAll(() => Promise.all(beds.map((bed) => bed.stop())));

const today = new Date('2026-03-14T09:26:53Z');
const tables = ['customer', 'user', 'product', 'account', 'service', 'ticket', 'payment', 'ledger', 'ticket_message'];
const opener = createOpener();

async function make(bed: Bed, customers: number): Promise<Database> {
  const db = await opener.open(await bed.create(), { migrations });
  await prepareDemo(db, { customers, today });
  return db;
}

async function fingerprint(db: Database): Promise<string> {
  const hash = createHash('sha256');
  for (const table of tables) hash.update(JSON.stringify(await db.knex(table).orderBy('id')));
  return hash.digest('hex');
}

describe.each(named)('the demo on %s', (_, bed) => {
  let db: Database;
  beforeAll(async () => {
    db = await make(bed, 60);
  });
  afterAll(() => opener.close());

  const ofLogin = async (login: string, table: string) => {
    const { customer_id } = await db.knex('user').where({ login }).first();
    return db.knex(table).where({ customer_id });
  };
  const count = async (table: string) => Number((await db.knex(table).count({ n: '*' }))[0]?.n);

  test('is made once', async () => {
    const before = await fingerprint(db);
    expect(await prepareDemo(db, { customers: 60, today })).toBe(false);
    await expect(createDemo(db, { customers: 60, today })).rejects.toThrow();
    expect(await fingerprint(db)).toBe(before);
  });

  test('is the same for the same day', async () => {
    expect(await fingerprint(await make(bed, 60))).toBe(await fingerprint(db));
  });

  test('has the same customers when there are more of them', async () => {
    const more = await make(bed, 90);
    const of = (database: Database, table: string, name: string) =>
      database.knex(table).where(name, '<=', 60).orderBy('id');
    expect(await of(more, 'customer', 'id')).toEqual(await of(db, 'customer', 'id'));
    for (const table of ['account', 'service', 'ticket', 'payment', 'ledger'])
      expect(await of(more, table, 'customer_id')).toEqual(await of(db, table, 'customer_id'));
  });

  test('numbers what comes after it', async () => {
    await db.knex('customer').insert({ name: 'Next', created: '2026-03-14T09:26:53Z' });
    expect((await db.knex('customer').where({ name: 'Next' }).first()).id).toBe(61);
    await db.knex('customer').where({ id: 61 }).delete();
  });

  test.each([
    'alice',
    'bob',
    'nora',
    'max',
    'admin',
    'dana',
    'long',
    'unbroken',
    'dmitry',
    'eleni',
    'wei',
    'layla',
    'emoji',
    'user60',
  ])('lets %s sign in', async (login) => {
    const level = { admin: 7, dana: 4 }[login] ?? 5;
    expect(await createUsers(db).check(login, 'demo')).toMatchObject({ login, level });
  });

  test('gives Alice all there is to see', async () => {
    const services = await ofLogin('alice', 'service');
    expect(new Set(services.map(({ status }) => status))).toEqual(
      new Set(['active', 'suspended', 'expired', 'ordered', 'cancelled']),
    );
    expect(services.some(({ status, expires }) => status === 'active' && expires < '2026-03-21')).toBe(true);
    expect(services).toContainEqual(
      expect.objectContaining({ package: 'VPS NVMe-4', name: 'vm1.example.net', cost: 1590 }),
    );
    expect((await ofLogin('alice', 'account')).map(({ currency }) => currency)).toEqual(['EUR', 'USD', 'RUB']);
    expect(new Set((await ofLogin('alice', 'ticket')).map(({ status }) => status))).toEqual(
      new Set(['new', 'open', 'waiting', 'closed']),
    );
    expect(new Set((await ofLogin('alice', 'payment')).map(({ status }) => status))).toEqual(
      new Set(['new', 'paid', 'cancelled', 'failed']),
    );
  });

  test('gives Bob little, Nora nothing, and Max more than fits on a page', async () => {
    for (const table of ['account', 'service', 'ticket', 'payment']) expect(await ofLogin('nora', table)).toEqual([]);
    expect(await ofLogin('bob', 'service')).toHaveLength(2);
    expect(await ofLogin('max', 'service')).toHaveLength(200);
    expect((await ofLogin('max', 'ticket')).length).toBeGreaterThan(100);
  });

  test('has names as long as names get, with and without a place to break', async () => {
    const nameOf = async (login: string) => (await db.knex('user').where({ login }).first()).name as string;
    expect((await nameOf('long')).length).toBeGreaterThanOrEqual(90);
    expect(await nameOf('unbroken')).toMatch(/^\p{L}{90,}$/u);
    expect(await nameOf('layla')).toMatch(/^[\p{Script=Arabic} ]+$/u);
    expect(await nameOf('emoji')).toContain('<hello>');
  });

  test('has money that adds up: paid to an account of the customer, in its currency, and not all spent', async () => {
    const strange = await db
      .knex('payment')
      .join('account', 'account.id', 'payment.account_id')
      .whereRaw('account.customer_id <> payment.customer_id or account.currency <> payment.currency');
    expect(strange).toEqual([]);
    const accounts = await db
      .knex('account')
      .leftJoin('payment', (join) => join.on('payment.account_id', 'account.id').andOnVal('payment.status', 'paid'))
      .groupBy('account.id', 'account.balance')
      .select('account.id', 'account.balance', db.knex.raw('coalesce(sum(payment.amount), 0) as paid'));
    for (const { balance, paid } of accounts) expect(balance).toBeLessThanOrEqual(Number(paid));
    expect(await db.knex('account').where('balance', '<', 0)).toEqual([]);
  });

  test('has a ledger of each account that sums to its balance', async () => {
    const accounts = await db.knex('account').orderBy('id');
    const ledger = await db.knex('ledger').orderBy(['account_id', 'created', 'id']);
    const sums = new Map<number, number>();
    for (const { account_id, amount } of ledger) sums.set(account_id, (sums.get(account_id) ?? 0) + amount);
    expect(accounts.map(({ id }) => sums.get(id) ?? 0)).toEqual(accounts.map(({ balance }) => balance));
    expect(accounts.slice(0, 4).map(({ balance }) => balance)).toEqual([4217, 1850, 325_000, 2610]);
  });

  test('has an account of Alice, and of each customer with a name, that was never overdrawn', async () => {
    const low = new Map<number, number>();
    let run = 0;
    for (const { account_id, amount, id } of await db
      .knex('ledger')
      .where('customer_id', '<=', 11)
      .orderBy(['account_id', 'created', 'id'])) {
      run = low.has(account_id) ? run + amount : amount;
      if (run < (low.get(account_id) ?? run + 1)) low.set(account_id, run);
      expect(run, `entry ${id}`).toBeGreaterThanOrEqual(0);
    }
    expect(low.size).toBe(14);
  });

  test('has an entry for each paid payment, and for nothing else that is a payment', async () => {
    const paid = await db.knex('payment').where({ status: 'paid' }).orderBy('id').pluck('id');
    const entered = await db.knex('ledger').where({ reason: 'payment' }).orderBy('payment_id').pluck('payment_id');
    expect(entered).toEqual(paid);
    const strange = await db
      .knex('ledger')
      .leftJoin('payment', 'payment.id', 'ledger.payment_id')
      .leftJoin('service', 'service.id', 'ledger.service_id')
      .whereRaw(`payment.account_id <> ledger.account_id or (payment.amount <> ledger.amount)
        or service.customer_id <> ledger.customer_id or service.currency <> ledger.currency or -service.cost <> ledger.amount`);
    expect(strange).toEqual([]);
  });

  test('has an unpaid order for each service that is ordered', async () => {
    const ordered = await db.knex('service').where({ status: 'ordered' }).orderBy('id').pluck('id');
    const orders = await db.knex('payment').where({ purpose: 'order' }).orderBy('service_id');
    expect(orders.map(({ service_id }) => service_id)).toEqual(ordered);
    expect(orders.every(({ status }) => status === 'new')).toBe(true);
    expect(ordered.length).toBeGreaterThan(2);
  });

  test('has the words of each ticket, from its first to its last', async () => {
    const messages = await db.knex('ticket_message').orderBy('id');
    for (const { id, status, unread, created, updated } of await db.knex('ticket')) {
      const said = messages.filter(({ ticket_id }) => ticket_id === id);
      expect([said[0]?.side, said[0]?.created, said.at(-1)?.created]).toEqual(['customer', created, updated]);
      expect(unread).toBe(status === 'waiting' ? 'on' : 'off');
      if (status === 'waiting') expect(said.at(-1)?.side).toBe('staff');
    }
  });

  test('has nothing from the future, and nothing older than its customer', async () => {
    const now = '2026-03-14T09:26:53Z';
    for (const table of ['ticket', 'payment', 'service', 'ledger']) {
      const rows = await db.knex(table).join('customer', 'customer.id', `${table}.customer_id`);
      expect(rows.length).toBeGreaterThan(100);
      const odd = await db
        .knex(table)
        .join('customer', 'customer.id', `${table}.customer_id`)
        .whereRaw('??.created > ? or ??.created < customer.created', [table, now, table]);
      expect(odd).toEqual([]);
    }
    expect(await db.knex('ticket').whereRaw('updated > ? or updated < created', [now])).toEqual([]);
  });

  test('writes times, dates and numbers as the tables say', async () => {
    for (const { created, number } of await db.knex('payment')) {
      expect(created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(number).toMatch(/^\d{4}-\d+-\d+$/);
    }
    for (const { expires, status } of await db.knex('service')) {
      if (status === 'ordered') expect(expires).toBeNull();
      else expect(expires).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
    const numbers = (await db.knex('payment')).map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('has every service from the price list, under the name of its product', async () => {
    const services = await db
      .knex('service')
      .join('product', 'product.id', 'service.product_id')
      .select('service.package', 'product.name');
    expect(services).toHaveLength(await count('service'));
    expect(services.every((service) => service.package === service.name)).toBe(true);
  });
});

describe('the demo', () => {
  const bed = beds[0] as Bed;
  afterAll(() => opener.close());

  test('of the first start is there at once, with about twenty rows for each customer', async () => {
    const db = await opener.open(await bed.create(), { migrations });
    const progress: number[] = [];
    const before = process.cpuUsage();
    await prepareDemo(db, { customers: 500, today, onProgress: (done) => progress.push(done) });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1500);
    expect(progress).toEqual([250, 500]);
    const rows = await Promise.all(
      ['account', 'service', 'ticket', 'payment'].map((table) =>
        db.knex(table).where('customer_id', '>', 11).count({ n: '*' }).first(),
      ),
    );
    const each = rows.reduce((sum, row) => sum + Number(row?.n), 0) / 489;
    expect(each).toBeGreaterThan(18);
    expect(each).toBeLessThan(22);
  });

  test('refers to nothing that is not there', async () => {
    const db = await make(bed, 30);
    expect(await db.knex.raw('pragma foreign_key_check')).toEqual([]);
  });

  test('leaves nothing behind when it is broken off', async () => {
    const db = await opener.open(await bed.create(), { migrations });
    const broken = {
      customers: 600,
      today,
      onProgress: () => {
        throw new Error('broken off');
      },
    };
    await expect(prepareDemo(db, broken)).rejects.toThrow('broken off');
    expect(await db.knex('user').first('id')).toBeUndefined();
    expect(await prepareDemo(db, { customers: 20, today })).toBe(true);
  });
});
