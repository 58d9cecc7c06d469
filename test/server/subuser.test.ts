import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Panel, startPanel } from '../support/panel.ts';

const files = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.xml'));
const namesIn = (folder: string, pattern: RegExp) =>
  files(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(pattern)].map(([, name]) => name ?? ''),
  );
const functions = ['session', ...namesIn('data', /<metadata name="([\w.]+)"/g)];
const blocks = new Set(namesIn('layouts', /<block name="(\w+)"/g));

/** Every address that a function or a block can have, with a row of Alice's where one is asked for. */
const paths = [
  '/home',
  '/help',
  ...[...blocks].map((name) => `/block/${name}`),
  ...functions.flatMap((name) => [
    `/list/${name}`,
    `/list/${name}?sort=cost&page=1`,
    `/list/${name}?out=csv`,
    `/form/${name}`,
    `/form/${name}?elid=1`,
    `/form/${name}?elid=1&elid=2`,
  ]),
];

let panel: Panel;
let dana: string;
let alice: string;
let sums: string[];

beforeAll(async () => {
  panel = await startPanel();
  [dana, alice] = [await panel.signIn('dana'), await panel.signIn('alice')];
  const of = (table: string, column: string) => panel.database.knex(table).where({ customer_id: 1 }).pluck(column);
  const all = await Promise.all([
    of('account', 'balance'),
    of('service', 'cost'),
    of('payment', 'amount'),
    of('ledger', 'amount'),
  ]);
  sums = [...new Set(all.flat().map((minor: number) => (Math.abs(minor) / 100).toFixed(2)))];
});
afterAll(() => panel.stop());

/** Signs of money in an answer: of a currency, or of one of Alice's sums. */
function moneyIn(text: string): string[] {
  const signs = text.match(/[€$₽]|\b(?:EUR|USD|RUB)\b/g) ?? [];
  const plain = text.replaceAll(/[\s\u00a0\u202f,](?=\d{3})/g, '').replaceAll(/(\d),(\d\d)\b/g, '$1.$2');
  return [...signs, ...sums.filter((sum) => new RegExp(`(?<![\\d.])${sum.replace('.', '\\.')}(?!\\d)`).test(plain))];
}

describe('somebody who works for a customer', () => {
  test.each(paths)('sees no sum at %s', async (path) => {
    const answer = await panel.get(path, { cookie: dana });
    expect([200, 404]).toContain(answer.status);
    expect(moneyIn(await answer.text())).toEqual([]);
  });

  test('sees none in another language either', async () => {
    const russian = { 'accept-language': 'ru' };
    for (const path of ['/home', '/list/service', '/list/ticket', '/list/ticket.archive'])
      expect(moneyIn(await (await panel.get(path, { cookie: dana, headers: russian })).text()), path).toEqual([]);
  });

  test('sees the services and the tickets of the customer, who sees what they cost', async () => {
    const [hers, theirs] = await Promise.all(
      [alice, dana].map(async (cookie) => (await panel.get('/list/service', { cookie })).text()),
    );
    expect(theirs).toContain('vm1.example.net');
    expect(theirs).not.toContain('service.renew');
    expect(moneyIn(hers ?? '').length).toBeGreaterThan(5);
    const home = await (await panel.get('/home', { cookie: dana })).text();
    expect(home).toContain('Customer no. 1');
    expect(home).toContain('the site is slow every evening');
    expect(home).not.toMatch(/\/(list|form)\/(account|payment|service\.)/);
  });

  test.each(['account', 'account.history', 'payment', 'customer', 'ticket.queue'])(
    'cannot call the list %s',
    async (name) => {
      expect((await panel.get(`/list/${name}`, { cookie: dana })).status).toBe(404);
    },
  );

  test.each(['payment.add', 'payment.pay', 'service.order', 'service.renew'])(
    'cannot open the form %s',
    async (name) => {
      expect((await panel.get(`/form/${name}?elid=1`, { cookie: dana })).status).toBe(404);
      expect((await panel.post(`/form/${name}?elid=1`, { key: 'k' }, { cookie: dana })).status).toBe(404);
    },
  );

  test('is not a customer of her own in the list of staff', async () => {
    const page = await (await panel.get('/list/customer?page=1', { cookie: await panel.signIn('admin') })).text();
    expect(page).toContain('Alice Morgan');
    expect(page).not.toContain('dana@example.org');
  });
});
