import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Panel, startPanel } from '../support/panel.ts';

const TEXTS = `<mgrdata><lang name="en"><messages name="dashboard"><msg name="move">We move</msg>
  <msg name="move_text">Tonight.</msg><msg name="status">Status</msg><msg name="news">News</msg><msg name="news_text">What is new</msg>
  </messages></lang></mgrdata>`;
const LAYOUT = `<doc><block name="move" position="top" type="notice"/>
  <block name="status" position="left" type="url" url="https://status.example.com/now?a=1&amp;b=2" height="large"/>
  <block name="news" position="left" type="url" url="/list/ticket?find=a"/></doc>`;

let panel: Panel;
let alice: string;
beforeAll(async () => {
  const files = { 'layouts/billmgr_dashboard_5.xml': LAYOUT, 'layouts/lang/own.xml': TEXTS };
  panel = await startPanel({ files, frames: ['https://status.example.com'] });
  alice = await panel.signIn('alice');
});
afterAll(() => panel.stop());

const home = async (cookie = alice) => (await panel.get('/home', { cookie })).text();
const seen = async () => {
  const page = await home();
  const value = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
  return { notice: value('notice'), version: value('version') };
};

describe('POST /notice', () => {
  test('asks nobody who is not signed in, nor for other pages', async () => {
    const fields = await seen();
    expect((await panel.post('/notice/move', fields)).headers.get('location')).toMatch(/^\/signin/);
    const foreign = { 'sec-fetch-site': 'cross-site' };
    expect((await panel.post('/notice/move', fields, { cookie: alice, headers: foreign })).status).toBe(403);
    expect(await home()).toContain('We move');
  });

  test('is 404 for a block that is none, and 400 without what was seen', async () => {
    const fields = await seen();
    for (const block of ['status', 'nothing', '__proto__', 'tickets'])
      expect((await panel.post(`/notice/${block}`, fields, { cookie: alice })).status, block).toBe(404);
    expect((await panel.post('/notice/move', {}, { cookie: alice })).status).toBe(400);
    expect(await panel.database.knex('dismissal')).toEqual([]);
  });

  test('puts the notice away, once or twice, and leads back', async () => {
    const fields = await seen();
    expect(fields).toEqual({ notice: 'move', version: expect.stringMatching(/^[\w-]{16}$/) });
    for (const back of ['', '/home?x=1', '//evil.example']) {
      const answer = await panel.post('/notice/move', { ...fields, back }, { cookie: alice });
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe(back === '/home?x=1' ? back : '/home');
    }
    expect(await home()).not.toContain('We move');
    expect(await home(await panel.signIn('bob'))).toContain('We move');
    expect(await panel.database.knex('dismissal').count()).toEqual([{ 'count(*)': 1 }]);
  });
});

describe('a url block', () => {
  test('frames a page of a listed site, which can do nothing to the panel', async () => {
    const page = await home();
    expect(page).toContain(
      '<iframe class="frame is-large" src="https://status.example.com/now?a=1&amp;b=2" title="Status" sandbox="allow-scripts allow-forms" referrerpolicy="no-referrer" loading="lazy"></iframe>',
    );
    const policy = (await panel.get('/home', { cookie: alice })).headers.get('content-security-policy');
    expect(policy).toContain('frame-src https://status.example.com');
    expect(policy).toContain("default-src 'none'");
  });

  test('links to a page of this site', async () => {
    expect(await home()).toContain('href="/list/ticket?find=a"><span><b>News</b> <small>What is new</small></span>');
  });

  test('of another site keeps the content from being served', async () => {
    const other = { 'layouts/billmgr_dashboard_5.xml': LAYOUT.replace('status.example', 'other.example') };
    await expect(startPanel({ files: other, frames: ['https://status.example.com'] })).rejects.toMatchObject({
      diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'unsafe-address' })]),
    });
  });
});
