/** A notification and the ledger in one transaction, on each kind of database. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDemo } from '../../src/billing/demo/index.ts';
import { addPayment } from '../../src/billing/payments/add-payment.ts';
import { beginAttempt } from '../../src/billing/payments/attempts.ts';
import { settle } from '../../src/billing/payments/settle.ts';
import type { Database } from '../../src/database.ts';
import type { PaymentNotification } from '../../src/payment.ts';
import { migrations } from '../../src/store/index.ts';
import { type Bed, createOpener, postgresBed, sqliteBed } from '../database/beds.ts';

const postgres = await postgresBed();
const beds: Bed[] = [await sqliteBed(), ...(typeof postgres === 'string' ? [] : [postgres])];
const named = beds.map((bed) => [bed.name, bed] as const);
if (typeof postgres === 'string') test.skip(postgres, () => {});
afterAll(() => Promise.all(beds.map((bed) => bed.stop())));

const now = new Date('2026-03-14T09:26:53Z');

describe.each(named)('a notification on %s', (_, bed) => {
  const opener = createOpener();
  let db: Database;
  let account: { id: number; currency: string };
  beforeAll(async () => {
    db = await opener.open(await bed.create(), { migrations });
    await db.migrate();
    await createDemo(db, { customers: 12, today: now });
    account = await db.knex('account').first('id', 'currency').where({ customer_id: 1, currency: 'EUR' });
  });
  afterAll(() => opener.close());

  const balance = async () => (await db.knex('account').first('balance').where({ id: account.id })).balance as number;
  const sum = async () =>
    Number((await db.knex('ledger').where({ account_id: account.id }).sum({ sum: 'amount' }))[0]?.sum ?? 0);
  const money = () => ({ customer: 1, account: account.id, amount: 2500, currency: account.currency, method: 'card' });

  /** An unpaid payment, for which the customer set out so many times. */
  const begin = (tries = 1, service?: number) =>
    db.transaction(async (trx) => {
      const { id } = await addPayment(trx, { ...money(), ...(service && { service }), now });
      const references: string[] = [];
      for (let tried = 0; tried < tries; tried += 1)
        references.push(await beginAttempt(trx, { payment: id, method: 'card', back: '/', now }));
      return { id, references };
    });
  const tell = (reference: string, event: string, status: PaymentNotification['status'] = 'paid') =>
    settle(db, 'card', { notification: { event, reference, status, amount: 2500, currency: account.currency }, now });

  test('has one effect when it comes 20 times at once', async () => {
    const before = await balance();
    const { references } = await begin();
    const settled = await Promise.all(Array.from({ length: 20 }, () => tell(references[0] ?? '', 'twenty')));
    const outcomes = settled.map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'paid')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'repeated')).toHaveLength(19);
    expect(await balance()).toBe(before + 2500);
    expect(await sum()).toBe(await balance());
  });

  test('loses no money when five tries of a payment are paid at once', async () => {
    const before = await balance();
    const { id, references } = await begin(5);
    const settled = await Promise.all(references.map((reference) => tell(reference, `all-${reference}`)));
    expect(settled.map(({ outcome }) => outcome).sort()).toEqual(['again', 'again', 'again', 'again', 'paid']);
    expect(await balance()).toBe(before + 5 * 2500);
    expect(await sum()).toBe(await balance());
    expect(await db.knex('payment').whereIn('reference', references).where({ status: 'paid' })).toHaveLength(5);
    expect((await db.knex('payment').first().where({ id })).purpose).toBe('funds');
  });

  test('gives the same end in every order of money and refusals', async () => {
    for (const order of ['pf', 'fp', 'ppf', 'pfp', 'fpp', 'ffp', 'pff', 'fpf']) {
      const before = await balance();
      const { id, references } = await begin();
      for (const [at, letter] of order.split('').entries())
        await tell(references[0] ?? '', `${id}-${at}`, letter === 'p' ? 'paid' : 'failed');
      expect((await db.knex('payment').first('status').where({ id })).status, order).toBe('paid');
      expect(await balance(), order).toBe(before + 2500);
    }
    expect(await sum()).toBe(await balance());
  });

  test('starts an order once, and what is paid for it again becomes funds', async () => {
    const before = await balance();
    const [product] = await db.knex('product').select('id').limit(1);
    const what = { customer_id: 1, product_id: product.id, name: 'new', package: 'VPS', period: 'month' };
    const [service] = await db
      .knex('service')
      .insert({ ...what, cost: 2500, currency: account.currency, status: 'ordered', autorenew: 'on' }, ['id']);
    const { id, references } = await begin(2, service.id);
    await Promise.all(references.map((reference) => tell(reference, `order-${reference}`)));
    expect((await db.knex('service').first('status').where({ id: service.id })).status).toBe('active');
    expect((await db.knex('payment').first('purpose').where({ id })).purpose).toBe('order');
    expect(await balance()).toBe(before + 2500);
    expect(await sum()).toBe(await balance());
  });

  test('leaves nothing behind when its account does not fit', async () => {
    const { id, references } = await begin();
    await db.knex('payment').where({ id }).update({ currency: 'CHF' });
    const notification = { event: 'chf', reference: references[0] ?? '', status: 'paid', amount: 2500 } as const;
    await expect(settle(db, 'card', { notification: { ...notification, currency: 'CHF' }, now })).rejects.toThrow(
      'does not fit its account',
    );
    expect((await db.knex('payment').first('status').where({ id })).status).toBe('new');
    expect(await db.knex('payment_event').where({ event: 'chf' })).toEqual([]);
  });
});
