/** What happens to services by themselves when their day has come, on each kind of database. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDemo } from '../../src/billing/demo/index.ts';
import { createDueServices } from '../../src/billing/services/due.ts';
import type { Database } from '../../src/database.ts';
import { migrations } from '../../src/store/index.ts';
import { type Bed, createOpener, postgresBed, sqliteBed } from '../database/beds.ts';

const postgres = await postgresBed();
const beds: Bed[] = [await sqliteBed(), ...(typeof postgres === 'string' ? [] : [postgres])];
const named = beds.map((bed) => [bed.name, bed] as const);
if (typeof postgres === 'string') test.skip(postgres, () => {});
afterAll(() => Promise.all(beds.map((bed) => bed.stop())));

const MADE = new Date('2026-03-14T09:26:53Z');
const ALICE = 1;
const NOTHING = { renewed: 0, expired: 0, lacking: 0, failed: 0 };
const midday = (day: string) => new Date(`${day}T12:00:00Z`);

type Row = Record<string, unknown>;

describe.each(named)('services that are due on %s', (_, bed) => {
  const opener = createOpener();
  let url: string;
  let db: Database;
  beforeAll(async () => {
    url = await bed.create();
    db = await opener.open(url, { migrations });
    await db.migrate();
    await createDemo(db, { customers: 12, today: MADE });
    await db.knex('service').update({ status: 'cancelled' });
  });
  afterAll(() => opener.close());
  beforeEach(() => db.knex('service').update({ status: 'cancelled' }));

  const add = async (values: Row = {}): Promise<number> => {
    const what = { customer_id: ALICE, product_id: 1, name: 'vm9.example.net', package: 'VPS', period: 'month' };
    const state = { status: 'active', autorenew: 'on', expires: '2026-03-14' };
    const row = { ...what, ...state, cost: 300, currency: 'EUR', ...values };
    return (await db.knex('service').insert(row, ['id']))[0].id;
  };
  const state = async (id: number) => {
    const { status, expires, version } = await db.knex('service').first().where({ id });
    return [status, expires, version];
  };
  const hold = async (currency: string, balance: number): Promise<number> => {
    const account = await db.knex('account').first().where({ customer_id: ALICE, currency }).orderBy('id');
    const { id, balance: before } = account as { id: number; balance: number };
    if (balance !== before) {
      await db.knex('account').where({ id }).update({ balance });
      const entry = { customer_id: ALICE, account_id: id, currency, created: '2026-03-13T00:00:00Z' };
      await db.knex('ledger').insert({ ...entry, amount: balance - before, reason: 'refund' });
    }
    return id;
  };
  const balance = async (id: number) => (await db.knex('account').first('balance').where({ id })).balance as number;
  const entries = (service: number): Promise<Row[]> => db.knex('ledger').where({ service_id: service }).orderBy('id');
  const due = (day: string, database = db) => {
    const changed: number[] = [];
    const logged: [object, string][] = [];
    const say = (entry: object, message: string) => void logged.push([entry, message]);
    const options = { clock: () => midday(day), changed: (id: number) => void changed.push(id) };
    return { ...createDueServices({ database, ...options, log: { info: say, error: say } }), changed, logged };
  };
  const expectBalanced = async () => {
    for (const { id, balance: held } of await db.knex('account').where({ customer_id: ALICE })) {
      const [{ sum } = { sum: 0 }] = await db.knex('ledger').where({ account_id: id }).sum({ sum: 'amount' });
      expect(Number(sum)).toBe(held);
    }
  };

  test('are renewed on their day, for their own period and cost, and only once', async () => {
    const account = await hold('EUR', 1000);
    const month = await add();
    const year = await add({ period: 'year', cost: 500, name: 'VPS' });
    const free = await add({ cost: 0 });
    const early = await add({ expires: '2026-03-15' });
    const first = due('2026-03-14');
    expect(await first.run()).toEqual({ ...NOTHING, renewed: 3 });
    expect(first.changed).toEqual([ALICE, ALICE, ALICE]);
    expect(first.logged).toEqual([[{ ...NOTHING, renewed: 3 }, 'terms of services ended']]);
    expect(await state(month)).toEqual(['active', '2026-04-14', 2]);
    expect(await state(year)).toEqual(['active', '2027-03-14', 2]);
    expect(await state(free)).toEqual(['active', '2026-04-14', 2]);
    expect(await state(early)).toEqual(['active', '2026-03-15', 1]);
    const entry = { account_id: account, amount: -300, currency: 'EUR', reason: 'renewal', payment_id: null };
    expect(await entries(month)).toMatchObject([
      { ...entry, customer_id: ALICE, note: 'VPS, vm9.example.net', created: '2026-03-14T12:00:00Z' },
    ]);
    expect(await entries(year)).toMatchObject([{ amount: -500, note: 'VPS' }]);
    expect(await entries(free)).toEqual([]);
    expect(await balance(account)).toBe(200);
    await expectBalanced();
    const second = due('2026-03-14');
    expect(await second.run()).toEqual(NOTHING);
    expect([second.changed, second.logged]).toEqual([[], []]);
  });

  test('are renewed once by processes that come at the same time', async () => {
    const account = await hold('EUR', 1000);
    const ids = [await add(), await add()];
    const other = await opener.open(url, { migrations });
    const runs = [db, other, db, other].map((database) => due('2026-03-14', database).run());
    const counts = await Promise.all(runs);
    expect(counts.map(({ failed }) => failed)).toEqual([0, 0, 0, 0]);
    expect(counts.reduce((sum, { renewed }) => sum + renewed, 0)).toBe(2);
    for (const id of ids) {
      expect(await state(id)).toEqual(['active', '2026-04-14', 2]);
      expect(await entries(id)).toHaveLength(1);
    }
    expect(await balance(account)).toBe(400);
    await expectBalanced();
  });

  test('stay as they were when a renewal breaks off half way, and the rest goes on', async () => {
    const account = await hold('EUR', 1000);
    const [broken, whole] = [await add({ expires: '2026-03-14' }), await add()];
    const transaction: Database['transaction'] = (work) =>
      db.transaction(async (trx) => {
        const done = await work(trx);
        if ((await trx('service').first('version').where({ id: broken })).version === 2) throw new Error('killed');
        return done;
      });
    const run = due('2026-03-14', { ...db, transaction });
    expect(await run.run()).toEqual({ ...NOTHING, renewed: 1, failed: 1 });
    expect(run.changed).toEqual([ALICE]);
    expect(run.logged[0]).toMatchObject([{ service: broken }, 'a service could neither be renewed nor expire']);
    expect(await state(broken)).toEqual(['active', '2026-03-14', 1]);
    expect(await entries(broken)).toEqual([]);
    expect(await state(whole)).toEqual(['active', '2026-04-14', 2]);
    expect(await balance(account)).toBe(700);
    expect(await due('2026-03-14').run()).toEqual({ ...NOTHING, renewed: 1 });
    expect(await balance(account)).toBe(400);
    await expectBalanced();
  });

  test('expire after a day without money, and are renewed from their old end when it comes', async () => {
    const account = await hold('EUR', 299);
    const id = await add();
    expect(await due('2026-03-14').run()).toEqual({ ...NOTHING, lacking: 1 });
    expect(await state(id)).toEqual(['active', '2026-03-14', 1]);
    const next = due('2026-03-15');
    expect(await next.run()).toEqual({ ...NOTHING, expired: 1 });
    expect([next.changed, next.logged.length]).toEqual([[ALICE], 1]);
    expect(await state(id)).toEqual(['expired', '2026-03-14', 2]);
    const again = due('2026-03-16');
    expect(await again.run()).toEqual({ ...NOTHING, lacking: 1 });
    expect([again.changed, again.logged]).toEqual([[], []]);
    expect(await state(id)).toEqual(['expired', '2026-03-14', 2]);
    await hold('EUR', 300);
    expect(await due('2026-03-20').run()).toEqual({ ...NOTHING, renewed: 1 });
    expect(await state(id)).toEqual(['active', '2026-04-14', 3]);
    expect(await balance(account)).toBe(0);
    await expectBalanced();
  });

  test('are not tried any more when 7 days have gone, nor when they were missed for so long', async () => {
    const account = await hold('EUR', 1000);
    const [given, missed] = [await add({ status: 'expired' }), await add({ expires: '2026-03-01' })];
    expect(await due('2026-03-21').run()).toEqual({ ...NOTHING, expired: 1 });
    expect(await state(given)).toEqual(['expired', '2026-03-14', 1]);
    expect(await state(missed)).toEqual(['expired', '2026-03-01', 2]);
    expect(await balance(account)).toBe(1000);
  });

  test('expire once their day is over when they do not renew by themselves', async () => {
    const account = await hold('EUR', 1000);
    const id = await add({ autorenew: 'off' });
    expect(await due('2026-03-14').run()).toEqual(NOTHING);
    expect(await due('2026-03-15').run()).toEqual({ ...NOTHING, expired: 1 });
    expect(await due('2026-03-15').run()).toEqual(NOTHING);
    expect(await state(id)).toEqual(['expired', '2026-03-14', 2]);
    expect(await balance(account)).toBe(1000);
  });

  test('are paid from the account of their customer in their currency that holds the most', async () => {
    const [euros, dollars] = [await hold('EUR', 200), await hold('USD', 5000)];
    const lacking = await add();
    expect(await due('2026-03-14').run()).toEqual({ ...NOTHING, lacking: 1 });
    const second = { customer_id: ALICE, name: 'Second', currency: 'EUR', balance: 0 };
    const [{ id: more }] = await db.knex('account').insert(second, ['id']);
    const entry = { customer_id: ALICE, account_id: more, currency: 'EUR', created: '2026-03-13T00:00:00Z' };
    await db.knex('ledger').insert({ ...entry, amount: 700, reason: 'opening' });
    await db.knex('account').where({ id: more }).update({ balance: 700 });
    const nowhere = await add({ currency: 'CHF' });
    expect(await due('2026-03-14').run()).toEqual({ ...NOTHING, renewed: 1, lacking: 1 });
    expect(await state(lacking)).toEqual(['active', '2026-04-14', 2]);
    expect(await state(nowhere)).toEqual(['active', '2026-03-14', 1]);
    expect([await balance(euros), await balance(more), await balance(dollars)]).toEqual([200, 400, 5000]);
    await expectBalanced();
  });

  test('are left alone while they are suspended, ordered or cancelled', async () => {
    await hold('EUR', 1000);
    const states = ['suspended', 'ordered', 'cancelled'];
    const ids = await Promise.all(states.map((status) => add({ status })));
    expect(await due('2026-03-15').run()).toEqual(NOTHING);
    expect(await Promise.all(ids.map(state))).toEqual(states.map((status) => [status, '2026-03-14', 1]));
  });

  test('are all found, however many, and a run that is told to stop goes no further', async () => {
    for (let made = 0; made < 205; made += 1) await add({ autorenew: 'off' });
    let asked = 0;
    expect(await due('2026-03-15').run(() => (asked += 1) > 3)).toEqual({ ...NOTHING, expired: 3 });
    expect(await due('2026-03-15').run()).toEqual({ ...NOTHING, expired: 202 });
  });
});

describe('a server', () => {
  const opener = createOpener();
  let db: Database;
  beforeAll(async () => {
    db = await opener.open(await (beds[0] as Bed).create(), { migrations });
    await db.migrate();
    await createDemo(db, { customers: 20, today: MADE });
  });
  afterAll(() => opener.close());

  test('leaves the story of the demo as it is when it starts', async () => {
    const told = () => db.knex('service').where({ customer_id: ALICE }).orderBy('id');
    const before = await told();
    const log = { info() {}, error: (entry: object) => expect.unreachable(JSON.stringify(entry)) };
    const due = createDueServices({ database: db, clock: () => MADE, changed() {}, log });
    const { expired } = await due.run();
    expect(expired).toBe(0);
    expect(await told()).toEqual(before);
    for (const { id, balance } of await db.knex('account')) {
      const [{ sum } = { sum: 0 }] = await db.knex('ledger').where({ account_id: id }).sum({ sum: 'amount' });
      expect(Number(sum ?? 0)).toBe(balance);
    }
  });

  test('looks after them from its start until it is told to stop, and says when it could not', async () => {
    const logged: string[] = [];
    const log = { info() {}, error: (_: object, message: string) => void logged.push(message) };
    const read = () => Promise.reject(new Error('away'));
    const options = { clock: () => MADE, changed() {}, log };
    const watching = createDueServices({ database: { ...db, read }, ...options }).watch(0);
    await wait(20);
    await watching.stop();
    expect(logged).toEqual(['services that are due could not be found']);
  });
});
