/** What is written for services, on PostgreSQL: the same as on SQLite, and in the same order when many write at once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgresBed } from '../database/beds.ts';
import { type Panel, startPanel } from '../support/panel.ts';
import { openForm, send } from '../support/sent-form.ts';

const bed = await postgresBed();
if (typeof bed === 'string') test.skip(bed, () => {});
const it = test.skipIf(typeof bed === 'string');

let panel: Panel;
let alice: string;
beforeAll(async () => {
  if (typeof bed === 'string') return;
  panel = await startPanel({ store: await bed.create() });
  alice = await panel.signIn('alice');
});
afterAll(async () => {
  if (typeof bed === 'string') return;
  await panel.stop();
  await bed.stop();
});

/** Sends as many forms as there are paths, opened before the first is sent, all at once. */
async function sendAll(paths: readonly string[], changes: Readonly<Record<string, string>> = {}) {
  const forms = await Promise.all(paths.map((path) => openForm(panel, path, alice)));
  const answers = await Promise.all(forms.map((form) => send(panel, form, alice, changes)));
  return answers.map(({ status }) => status).sort((a, b) => a - b);
}

async function expectBalanced(): Promise<number> {
  const { knex } = panel.database;
  const accounts = await knex('account').where({ customer_id: 1 }).orderBy('id');
  for (const { id, balance } of accounts) {
    const [{ sum } = { sum: 0 }] = await knex('ledger').where({ account_id: id }).sum({ sum: 'amount' });
    expect(Number(sum)).toBe(balance);
  }
  return accounts[0].balance as number;
}

const times = (count: number, path: string) => Array.from({ length: count }, () => path);

it('orders from many windows never take more than there is', async () => {
  expect(await expectBalanced()).toBe(4217);
  expect(await sendAll(times(6, '/form/service.order?product=3'))).toEqual([303, 303, 422, 422, 422, 422]);
  expect(await expectBalanced()).toBe(4217 - 2 * 1590);
  const added = await panel.database
    .knex('service')
    .where({ customer_id: 1, created: '2026-03-14T09:26:53Z', product_id: 3 });
  expect(added.map(({ status, expires }) => [status, expires])).toEqual([
    ['active', '2026-04-14'],
    ['active', '2026-04-14'],
  ]);
});

it('orders left unpaid get a number each', async () => {
  expect(await sendAll(times(5, '/form/service.order'), { payment: 'later' })).toEqual([303, 303, 303, 303, 303]);
  const payments = await panel.database.knex('payment').where({ customer_id: 1, created: '2026-03-14T09:26:53Z' });
  expect(new Set(payments.map(({ number }) => number)).size).toBe(5);
});

it('renewals of one service from many windows happen once, the others are told', async () => {
  expect(await sendAll(times(4, '/form/service.renew?elid=5'))).toEqual([303, 409, 409, 409]);
  expect(await panel.database.knex('service').first('expires').where({ id: 5 })).toEqual({ expires: '2026-04-23' });
  expect(await expectBalanced()).toBe(4217 - 2 * 1590 - 890);
});

it('auto-renew is switched for several', async () => {
  expect(await sendAll(['/form/service.autorenew?elid=4&elid=5'])).toEqual([303]);
  const rows = await panel.database.knex('service').whereIn('id', [4, 5]);
  expect(rows.map(({ autorenew }) => autorenew)).toEqual(['off', 'off']);
});
