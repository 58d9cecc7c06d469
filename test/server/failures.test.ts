import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { defineProvider } from '../../src/provider.ts';
import { type Panel, startPanel } from '../support/panel.ts';

const columns = [{ name: 'text', sortable: true }];
const sample = [{ id: 1, customer_id: 1, text: 'Hello' }];
const base = { level: '5', key: 'id', columns, sample } as const;

const broken = defineProvider({ ...base, name: 'broken', rows: () => Promise.reject(new Error('secret: hunter2')) });
const slow = defineProvider({ ...base, name: 'slow', rows: () => new Promise<never>(() => {}) });
const foreign = defineProvider({
  ...base,
  name: 'foreign',
  rows: async () => [{ id: 1, customer_id: 999_999, text: 'CANARY-999999' }],
});

const LAYOUT = `<doc>
  <block name="a" position="left" type="list" func="broken"/>
  <block name="b" position="left" type="list" func="slow" timeout="100"/>
  <block name="c" position="left" type="list" func="foreign"/>
  <block name="accounts" position="right" type="list" func="account"><col name="name"/></block>
</doc>`;

const TEXTS = `<mgrdata><lang name="en">${['broken', 'slow', 'foreign']
  .map((name) => `<messages name="${name}"><msg name="title">${name}</msg><msg name="text">Text</msg></messages>`)
  .join('')}</lang></mgrdata>`;

let panel: Panel;
let alice: string;

beforeAll(async () => {
  panel = await startPanel({ additions: { providers: [broken, slow, foreign] }, watch: true });
  alice = await panel.signIn('alice');
  await panel.write('data/more.xml', TEXTS);
  await panel.write('layouts/billmgr_dashboard_5.xml', LAYOUT);
  const page = async () => (await panel.get('/home', { cookie: alice })).text();
  await vi.waitFor(async () => expect(await page()).toContain('id="block-c"'), { timeout: 5000 });
});
afterAll(() => panel.stop());

describe('a page with providers that fail', () => {
  test('shows a failed block and keeps the others', async () => {
    const page = await (await panel.get('/home', { cookie: alice })).text();
    expect(page.match(/is-failed/g)).toHaveLength(3);
    expect(page).toMatch(/id="block-accounts"[\s\S]*payment\.add|id="block-accounts"[\s\S]*<td/);
    expect(page).not.toContain('hunter2');
  });

  test('logs each failure under the id that the block shows', async () => {
    const page = await (await panel.get('/home', { cookie: alice })).text();
    const incidents = [...page.matchAll(/Error <code>([\w-]+)<\/code>/g)].map(([, id]) => id);
    expect(incidents).toHaveLength(3);
    for (const incident of incidents) expect(panel.logged.some((entry) => entry.incident === incident)).toBe(true);
  });

  test('never shows a row of another customer, and raises an alarm', async () => {
    for (const path of ['/home', '/block/c', '/list/foreign']) {
      expect(await (await panel.get(path, { cookie: alice })).text()).not.toContain('CANARY');
    }
    expect(panel.logged.some((entry) => entry.alarm === true && entry.func === 'foreign')).toBe(true);
  });
});
