import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineProvider } from '../../src/provider.ts';
import { type Panel, startPanel } from '../support/panel.ts';
import { readable } from '../support/readable.ts';

/** Rows that do harm where somebody trusts them, and enough of them for several pages. */
const harm = defineProvider({
  name: 'harm',
  level: '4 5',
  key: 'id',
  keyname: 'text',
  columns: [
    { name: 'text', sortable: true },
    { name: 'state', type: 'msg', props: [{ name: 'on', on: 'p-ok' }] },
    { name: 'sum', type: 'money', level: '5' },
    { name: 'at', type: 'date', sortable: true },
    { name: 'secret', hidden: true },
  ],
  buttons: [
    { name: 'pay', type: 'edit', func: 'payment.pay' },
    { name: 'renew', type: 'group', func: 'service.renew', icon: 't-renew' },
    { name: 'staff', type: 'group', func: 'service.renew', level: '7' },
  ],
  sample: [{ id: 'a', customer_id: 1, text: '', state: 'on', sum: 1, currency: 'EUR', at: '2026-03-14', secret: '' }],
  rows: async ({ customer }) =>
    [
      ['=1+1', -1250, 'EUR', '2026-03-14T09:26:53Z'],
      ['+7 900', 1234567, 'JPY', '2026-03-14'],
      ['-5', 5, 'EUR', '2026-03-13'],
      ['-cmd|calc', 0, 'EUR', '2026-03-13'],
      ['@SUM(A1)', 0, 'EUR', 'no date'],
      ['\tTab', 0, 'EUR', '2026-03-13'],
      ['He said "no; no", twice\nand left', 0, 'EUR', '2026-03-13'],
      ['<b>Привет</b>', 0, 'EUR', '2026-03-13'],
      ...Array.from({ length: 30 }, (_, index) => [`row ${index}`, index, 'EUR', '2026-03-12']),
    ].map(([text = '', sum = 0, currency = '', at = ''], index) => ({
      id: `k${String(index).padStart(2, '0')} &"`,
      customer_id: customer,
      text,
      state: index % 2 ? 'on' : 'off',
      sum,
      currency,
      at,
      secret: 'CANARY',
    })),
});
const base = {
  level: '5',
  key: 'id',
  columns: [{ name: 'text', sortable: true }],
  sample: [{ id: 1, customer_id: 1, text: '' }],
} as const;
const broken = defineProvider({ ...base, name: 'broken', rows: () => Promise.reject(new Error('secret: hunter2')) });
const foreign = defineProvider({
  ...base,
  name: 'foreign',
  rows: async () => [{ id: 1, customer_id: 999_999, text: 'CANARY' }],
});
const crowd = defineProvider({
  ...base,
  name: 'crowd',
  sample: [{ id: 1, customer_id: null, text: 'row 0' }] as { id: number; customer_id: number | null; text: string }[],
  rows: async ({ customer }) =>
    Array.from({ length: 100_001 }, (_, id) => ({ id, customer_id: customer, text: `row ${id}` })),
});

const TEXTS = `<mgrdata><lang name="en"><messages name="harm"><msg name="title">Harm</msg><msg name="text">Text</msg>
<msg name="state">State</msg><msg name="state_on">Switched on</msg><msg name="state_off">Switched off</msg><msg name="sum">Sum</msg>
<msg name="at">At</msg><msg name="secret">Secret</msg><msg name="short_renew">Renew</msg><msg name="short_pay">Pay</msg></messages></lang></mgrdata>`;

let panel: Panel;
let alice: string;

beforeAll(async () => {
  const additions = { providers: [harm, broken, foreign, crowd] };
  panel = await startPanel({ additions, files: { 'data/harm.xml': TEXTS } });
  alice = await panel.signIn('alice');
  await panel.post('/settings', { language: 'en' }, { cookie: alice });
});
afterAll(() => panel.stop());

const get = (path: string, cookie = alice) => panel.get(path, { cookie });
const html = async (path: string, cookie = alice) => readable(await (await get(path, cookie)).text());
/** The first cells of the rows, without what chooses them. */
const first = async (path: string) =>
  [...(await html(path)).matchAll(/<tr role="row"><td[\s\S]*?<\/td>/g)].map(([cell]) =>
    cell
      .replace(/<label[\s\S]*?<\/label>/, '')
      .replace(/<[^>]+>/g, '')
      .trim(),
  );

describe('a list page', () => {
  test('finds text whatever its case, and values by what they are called', async () => {
    expect(await first('/list/harm?find=%D0%9F%D0%A0%D0%98')).toEqual(['&lt;b&gt;Привет&lt;/b&gt;']);
    expect(await first('/list/harm?find=switched+ON&rows=100')).toHaveLength(19);
    expect(await first('/list/harm?find=twice+and')).toEqual([]);
  });

  test('finds rows of the database the same way', async () => {
    const all = await first('/list/service?rows=100');
    const [, word = ''] = /(\w{3,})/.exec(all[0] ?? '') ?? [];
    const wanted = all.filter((name) => name.toLowerCase().includes(word.toLowerCase()));
    const found = await first(`/list/service?rows=100&find=${word.toUpperCase()}`);
    for (const name of wanted) expect(found).toContain(name);
    expect(await html('/list/ticket?find=WAITING+for')).toContain('Waiting for you');
    expect(await html('/list/ticket?find=WAITING+for')).not.toContain('With support</span></td>');
  });

  test('shows the rows of one state', async () => {
    const page = await html('/list/payment?status=failed');
    expect(page).toContain('<option value="failed" selected>Failed</option>');
    expect(page.match(/tone-error/g)?.length).toBeGreaterThan(0);
    expect(page).not.toMatch(/tone-ok"/);
  });

  test('says that nothing matches, and leads back to all', async () => {
    const page = await html('/list/harm?find=nowhere&sort=text');
    expect(page).toContain('Nothing matches');
    expect(page).toContain('href="?sort=text"');
    expect(page).not.toContain('<tbody');
    expect(page).toContain('value="nowhere"');
  });

  test('neither searches nor sorts by what the visitor may not see', async () => {
    expect(await first('/list/harm?find=CANARY')).toEqual([]);
    expect(await html('/list/harm')).not.toContain('CANARY');
    const dana = await panel.signIn('dana');
    expect(await html('/list/harm', dana)).not.toContain('1,250');
    expect(await (await get('/list/harm?out=csv', dana)).text()).not.toContain('Sum');
  });

  test('has as many rows as the visitor chose once, or as the address says', async () => {
    const answer = await panel.post('/settings', { rows: '10', back: '/list/harm?find=row' }, { cookie: alice });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/list/harm?find=row']);
    expect(await first('/list/harm')).toHaveLength(10);
    expect(await first('/list/harm?rows=25&page=2')).toHaveLength(13);
    for (const rows of ['11', '1000', '', 'all'])
      expect((await panel.post('/settings', { rows }, { cookie: alice })).status).toBe(400);
    expect(await first('/list/harm')).toHaveLength(10);
    await panel.post('/settings', { rows: '25' }, { cookie: alice });
  });

  test.each(['//evil.example', 'https://evil.example', 'javascript:alert(1)', '\\\\evil.example', ''])(
    'never leads to another site: %s',
    async (back) => {
      const answer = await panel.post('/settings', { rows: '25', back }, { cookie: alice });
      expect(answer.headers.get('location')).toBe('/');
    },
  );

  test('offers group actions that the level may call, with the address to come back to', async () => {
    const page = await html('/list/harm?sort=-text&page=2');
    expect(page).toContain('formaction="/form/service.renew"');
    expect(page.match(/formaction=/g)).toHaveLength(1);
    expect(page).toContain('name="back" value="/list/harm?sort=-text&amp;page=2"');
    expect(page).toMatch(/name="elid" form="group" id="pick-k\d+%20%26%22" value="k\d+ &amp;&quot;"/);
    expect(await html('/list/account')).not.toContain('name="elid"');
  });

  test('goes on behind the rows that are counted', async () => {
    const page = await html('/list/crowd?page=900');
    expect(page).toContain('22,476–22,500 of more than 1,000');
    expect(page).toContain('href="?page=901" rel="next"');
    expect(await html('/list/crowd?page=4001')).not.toContain('rel="next"');
    expect(await html('/list/crowd?page=99999')).toContain('of more than 1,000');
  });

  test.each([
    'page=-1&sort=,,,&find=%00%ff&status=%5B&rows=x',
    'find=%ED%A0%80&find=b&sort=text&sort=id',
    'status[]=a&__proto__=x&constructor=y&state=__proto__',
    `find=${'%F0%9F%A6%8A'.repeat(200)}`,
    `sort=${'text,'.repeat(500)}`,
    'out=xml&page=1e308',
    'find=%27%3B--&sort=%27%3B--',
  ])('takes any address: %.60s', async (query) => {
    for (const func of ['harm', 'service', 'payment', 'ticket', 'session']) {
      const answer = await get(`/list/${func}?${query}`);
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toContain('is-failed');
    }
  });

  test('of staff filters as well', async () => {
    const admin = await panel.signIn('admin');
    await panel.post('/settings', { language: 'en' }, { cookie: admin });
    const page = await html('/list/customer?find=MORGAN', admin);
    expect(page).toContain('Alice Morgan');
    expect(page).not.toContain('Bob ');
  });
});

describe('a list as CSV', () => {
  const lines = async (path: string) => (await html(path)).split('\r\n');

  test('is a file named for the list and the day of the visitor', async () => {
    const answer = await get('/list/harm?out=csv');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="harm-2026-03-14.csv"');
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect([...new Uint8Array(await answer.arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  test('holds what is shown, so that a spreadsheet reads it, and no formula', async () => {
    expect((await lines('/list/harm?out=csv')).slice(0, 9)).toEqual([
      'Text,State,Sum,"Sum, currency",At',
      "'=1+1,Switched off,-12.50,EUR,2026-03-14 10:26:53",
      "'+7 900,Switched on,1234567,JPY,2026-03-14",
      '-5,Switched off,0.05,EUR,2026-03-13',
      "'-cmd|calc,Switched on,0.00,EUR,2026-03-13",
      "'@SUM(A1),Switched off,0.00,EUR,no date",
      "'\tTab,Switched on,0.00,EUR,2026-03-13",
      '"He said ""no; no"", twice\nand left",Switched off,0.00,EUR,2026-03-13',
      '<b>Привет</b>,Switched on,0.00,EUR,2026-03-13',
    ]);
  });

  test('holds all rows of the filter in their order, whatever page it was asked from', async () => {
    const rows = await lines('/list/harm?find=row&sort=-text&page=2&rows=10&out=csv');
    expect(rows.slice(1, -1).map((row) => row.split(',')[0])).toEqual(
      Array.from({ length: 30 }, (_, index) => `row ${index}`)
        .sort()
        .reverse(),
    );
  });

  test('does not say a currency twice', async () => {
    const [head = ''] = await lines('/list/account?out=csv');
    expect(head).toBe('Account,Balance,Currency');
  });

  test('ends after a hundred thousand rows and says so', async () => {
    const rows = await lines('/list/crowd?out=csv');
    expect(rows).toHaveLength(1 + 100_000 + 1 + 1);
    expect(rows.at(-2)).toContain('Only the first 100,000 rows are here');
    expect(new Set(rows).size).toBe(rows.length);
  });

  test('is an error where the rows cannot be had, and never rows of others', async () => {
    for (const func of ['broken', 'foreign']) {
      const answer = await get(`/list/${func}?out=csv`);
      expect(answer.status).toBe(500);
      expect(answer.headers.get('content-disposition')).toBeNull();
      expect(await answer.text()).not.toMatch(/CANARY|hunter2/);
    }
    expect(panel.logged.some((entry) => entry.alarm === true && entry.func === 'foreign')).toBe(true);
  });

  test('is for who may see the list', async () => {
    expect((await get('/list/customer?out=csv')).status).toBe(404);
    expect((await panel.get('/list/harm?out=csv')).status).toBe(302);
  });
});
