import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/database.ts';
import { migrations } from '../../src/store/index.ts';
import { start } from '../../src/store/migrations/001-start.ts';
import { type Bed, createOpener, postgresBed, sqliteBed } from '../database/beds.ts';

const postgres = await postgresBed();
const beds: Bed[] = [await sqliteBed(), ...(typeof postgres === 'string' ? [] : [postgres])];
const named = beds.map((bed) => [bed.name, bed] as const);
if (typeof postgres === 'string') test.skip(postgres, () => {});
afterAll(() => Promise.all(beds.map((bed) => bed.stop())));

const made = '2024-01-05T08:00:00Z';
const paid = '2026-02-01T10:00:00Z';
const money = { customer_id: 1, account_id: 1, currency: 'EUR', created: paid };

/** The tables of the first version, with a customer in them. */
async function fill({ knex }: Database): Promise<void> {
  await knex('customer').insert({ name: 'Alice Morgan', created: made });
  await knex('customer').insert({ name: 'Bob Keller', created: made });
  await knex('user').insert({
    login: 'alice',
    password: '-',
    name: 'Alice Morgan',
    email: 'alice@example.org',
    level: 5,
    customer_id: 1,
    zone: 'UTC',
    theme: 'system',
    created: made,
  });
  for (const [name, balance] of [
    ['Main account', 4217],
    ['Empty', 0],
    ['In debt', -500],
  ] as const)
    await knex('account').insert({ customer_id: 1, name, currency: 'EUR', balance });
  for (const [name, kind] of [
    ['VPS NVMe-1', 'server'],
    ['Domain .org', 'domain'],
  ] as const) {
    const [row] = await knex('product').insert({ name, kind, period: 'month', price: 390, currency: 'EUR' }, ['id']);
    const what = { customer_id: 1, product_id: row.id, name: `${kind}.example.org`, package: name, period: 'month' };
    await knex('service').insert({ ...what, cost: 390, currency: 'EUR', status: 'active', autorenew: 'on' });
  }
  for (const status of ['waiting', 'open'])
    await knex('ticket').insert({
      customer_id: 1,
      subject: status,
      department: 'sales',
      status,
      updated: paid,
      created: made,
    });
  for (const [number, status] of [
    ['2026-1-1', 'paid'],
    ['2026-1-2', 'new'],
  ] as const)
    await knex('payment').insert({ ...money, number, status, amount: 5000, method: 'card' });
}

describe.each(named)('the tables on %s', (_, bed) => {
  const opener = createOpener();
  let db: Database;
  beforeAll(async () => {
    const url = await bed.create();
    const old = await opener.open(url, { migrations: [start] });
    await old.migrate();
    await fill(old);
    db = await opener.open(url, { migrations });
    await db.migrate();
  });
  afterAll(() => opener.close());

  test('say of rows that were there before what is known of them', async () => {
    expect(await db.knex('service').orderBy('id').select('created', 'domain', 'os', 'version')).toEqual([
      { created: made, domain: null, os: null, version: 1 },
      { created: made, domain: 'domain.example.org', os: null, version: 1 },
    ]);
    expect(await db.knex('ticket').orderBy('id').pluck('unread')).toEqual(['on', 'off']);
    expect(await db.knex('payment').orderBy('id').select('purpose', 'service_id', 'reference', 'version')).toEqual(
      ['', ''].map(() => ({ purpose: 'funds', service_id: null, reference: null, version: 1 })),
    );
    expect(await db.knex('user').first('rows', 'start', 'version')).toEqual({ rows: null, start: null, version: 1 });
    expect(await db.knex('ledger').orderBy('id').select('account_id', 'amount', 'reason', 'created')).toEqual([
      { account_id: 1, amount: 4217, reason: 'opening', created: paid },
      { account_id: 3, amount: -500, reason: 'opening', created: made },
    ]);
  });

  const entry = { customer_id: 1, account_id: 2, amount: 100, currency: 'EUR', reason: 'refund', created: paid };

  test.each([
    ['of nothing', 'ledger', { ...entry, amount: 0 }],
    ['of another customer’s account', 'ledger', { ...entry, customer_id: 2 }],
    ['in another currency than the account', 'ledger', { ...entry, currency: 'USD' }],
    ['that opens an account again', 'ledger', { ...entry, account_id: 1, reason: 'opening' }],
    ['for a payment, without one', 'ledger', { ...entry, reason: 'payment' }],
    ['for a payment, downwards', 'ledger', { ...entry, reason: 'payment', payment_id: 1, amount: -100 }],
    ['for a renewal, upwards', 'ledger', { ...entry, reason: 'renewal', service_id: 1 }],
    ['for an order of nothing', 'ledger', { ...entry, reason: 'order', amount: -100 }],
    ['for no reason', 'ledger', { ...entry, reason: 'gift' }],
    ['of nothing to pay', 'payment', { ...money, number: '9', method: 'card', status: 'new', amount: 0 }],
    [
      'with a number that is taken',
      'payment',
      { ...money, number: '2026-1-1', method: 'card', status: 'new', amount: 1 },
    ],
    [
      'for an order of nothing',
      'payment',
      { ...money, number: '9', method: 'card', status: 'new', amount: 1, purpose: 'order' },
    ],
    ['read by nobody', 'user', { rows: 0 }],
  ])('take no row %s: %s', async (_what, table, row) => {
    const before = await db.knex(table);
    const write = table === 'user' ? db.knex(table).update(row) : db.knex(table).insert(row);
    await expect(write).rejects.toThrow();
    expect(await db.knex(table)).toEqual(before);
  });

  test('take a payment into the ledger once, and an order’s payment once', async () => {
    const credit = { ...entry, account_id: 1, payment_id: 1, reason: 'payment' };
    await db.knex('ledger').insert(credit);
    await expect(db.knex('ledger').insert(credit)).rejects.toThrow();
    await db.knex('ledger').insert({ ...credit, reason: 'refund', amount: -100 });
    const order = { ...money, method: 'card', status: 'paid', amount: 390, purpose: 'order', service_id: 1 };
    await db.knex('payment').insert({ ...order, number: '2026-1-3', reference: 'a' });
    await expect(db.knex('payment').insert({ ...order, number: '2026-1-4' })).rejects.toThrow();
    await expect(
      db.knex('payment').insert({ ...order, status: 'new', number: '2026-1-4', reference: 'a' }),
    ).rejects.toThrow();
  });

  test('take a form key and a notification once, and drop the keys of a user who leaves', async () => {
    const key = { user_id: 1, key: 'k', func: 'service.renew', request: 'hash', created: paid };
    await db.knex('form_key').insert(key);
    await expect(db.knex('form_key').insert(key)).rejects.toThrow();
    const event = { method: 'card', event: 'e1', payment_id: 1, status: 'paid', received: paid };
    await db.knex('payment_event').insert(event);
    await expect(db.knex('payment_event').insert(event)).rejects.toThrow();
    await db.knex('user').where({ id: 1 }).delete();
    expect(await db.knex('form_key')).toEqual([]);
  });
});
