import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Panel, startPanel, TODAY } from '../support/panel.ts';
import { readable } from '../support/readable.ts';

let panel: Panel;
let alice: string;
let bob: string;
beforeAll(async () => {
  panel = await startPanel();
  [alice, bob] = [await panel.signIn('alice'), await panel.signIn('bob')];
});
afterAll(() => panel.stop());

const html = async (path: string, cookie = alice) => readable(await (await panel.get(path, { cookie })).text());
const act = (act: string, block = '', more: Record<string, string> = {}, cookie = alice) =>
  panel.post('/customise', { act, block, ...more }, { cookie });
const blocks = (page: string) => [...page.matchAll(/ id="block-(\w+)"/g)].map(([, name]) => name);
/** On the page that arranges: at home, what needs the visitor stands on top. */
const cards = (page: string) => [...page.matchAll(/ data-block="(\w+)"/g)].map(([, name]) => name);
const region = (page: string, name: string) =>
  cards(page.split(`data-place="${name}"`)[1]?.split('</section>')[0] ?? '');
const stored = async (login = 'alice') =>
  (await panel.database.knex('user').where({ login }).first('preference')).preference;

const start = ['due', 'announcements', 'taskbar', 'services', 'tickets', 'spending', 'accounts'];

describe('a visitor', () => {
  test('finds the way from the home page, and what may be changed', async () => {
    expect(await html('/home')).toContain('href="/customise"');
    const page = await html('/customise');
    for (const title of ['Quick actions', 'Service list', 'Active tickets', 'Spending', 'Account information'])
      expect(page).toContain(`<h3>${title}</h3>`);
    expect(page).toMatch(/id="undo"[^>]* disabled/);
    expect(page).toMatch(/id="accounts-up"[^>]* disabled/);
  });

  test('moves a block inside a region and to another one, and nobody else sees it', async () => {
    const answer = await act('up', 'spending');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/customise?done=up&block=spending']);
    expect(region(await html('/customise'), 'left')).toEqual(['spending', 'tickets']);
    const page = await html('/customise?done=up&block=spending');
    expect(page).toContain('Spending: now 1 of 2, Left column.');
    expect(page).toMatch(/id="spending-down"[^>]* autofocus aria-describedby="said"/);
    await act('left', 'accounts');
    expect(region(await html('/customise'), 'left')).toEqual(['spending', 'tickets', 'accounts']);
    await act('move', 'accounts', { to: 'left', name: 'spending' });
    expect(region(await html('/customise'), 'left')).toEqual(['spending', 'accounts', 'tickets']);
    const isCalm = (name: string | undefined) => name === 'spending' || name === 'accounts';
    expect(blocks(await html('/home')).filter(isCalm)).toEqual(['spending', 'accounts']);
    expect(cards(await html('/customise', bob))).toEqual(start);
    await act('down', 'spending');
    expect(blocks(await html('/home')).filter(isCalm)).toEqual(['accounts', 'spending']);
    await act('up', 'spending');
  });

  test('takes the last change back, and makes it again', async () => {
    await act('undo');
    expect(region(await html('/customise'), 'left')).toEqual(['accounts', 'spending', 'tickets']);
    await act('undo');
    expect(region(await html('/customise'), 'left')).toEqual(['spending', 'accounts', 'tickets']);
  });

  test('resets one block, and all', async () => {
    await act('reset', 'accounts');
    expect(region(await html('/customise'), 'right')).toEqual(['accounts']);
    expect(region(await html('/customise'), 'left')).toEqual(['spending', 'tickets']);
    await act('reset-all');
    expect(cards(await html('/customise'))).toEqual(start);
    expect(await stored()).toBeNull();
  });

  test('hides a block and shows it again', async () => {
    await act('hide', 'spending');
    expect(await html('/home')).not.toContain('Spending</h2>');
    expect(await html('/customise')).toContain('Hidden');
    await act('show', 'spending');
    expect(await html('/home')).toContain('Spending</h2>');
    expect(await stored()).toBeNull();
  });

  test('folds a block on the home page: its heading says what was there, and opens it', async () => {
    const answer = await act('fold', 'tickets', { back: 'home' });
    expect(answer.headers.get('location')).toBe('/home#block-tickets');
    const page = await html('/home');
    const folded = /<section class="block is-folded" id="block-tickets".*?<\/section>/s.exec(page)?.[0] ?? '';
    expect(folded).toContain('Active tickets</h2>');
    expect(folded).toMatch(/class="count">5<.*tone-warn">Waiting for you: 2<.*as of 10:26</s);
    expect(folded).not.toContain('<table');
    expect(await html('/home', bob)).not.toContain('is-folded');
    panel.clock = new Date('2026-03-15T09:00:00Z');
    expect(await html('/home', await panel.signIn('alice'))).toContain('as of Mar 14, 2026');
    panel.clock = TODAY;
    alice = await panel.signIn('alice');
    await act('open', 'tickets', { back: 'home' });
    expect(await html('/home')).not.toContain('is-folded');
  });

  test('chooses the quick buttons and their order', async () => {
    const links = async () =>
      [...(await html('/home')).matchAll(/<li><a href="([^"]+)"(?: target="[^"]+" rel="noopener")?><svg/g)].map(
        ([, to]) => to,
      );
    expect(await links()).toEqual(['/form/service.order', '/list/payment', '/list/ticket', '/form/usrparam', '/help']);
    await act('link-off:credit', 'taskbar');
    await act('link-up:help', 'taskbar');
    expect(await links()).toEqual(['/form/service.order', '/list/ticket', '/help', '/form/usrparam']);
    for (const name of ['order', 'ticket', 'help', 'settings']) await act(`link-off:${name}`, 'taskbar');
    expect(await html('/home')).not.toContain('taskbar');
    await act('reset', 'taskbar');
    expect(await links()).toHaveLength(5);
  });

  test('chooses how often a block is asked for anew', async () => {
    await act('refresh', 'tickets', { to: '300' });
    expect(JSON.parse(await stored())).toEqual({ moves: [], blocks: { tickets: { refresh: 300 } } });
    expect(await html('/customise')).toContain('<option value="300" selected>every 5 minutes</option>');
    await act('refresh', 'tickets', { to: '' });
    expect(await stored()).toBeNull();
  });
});

describe('a change', () => {
  test('is refused for what is not there, and leads who is not signed in to the sign-in page', async () => {
    const before = await stored();
    for (const [what, block, to] of [
      ['up', 'nothing', ''],
      ['hide', '__proto__', ''],
      ['refresh', 'tickets', '7'],
      ['move', 'tickets', 'middle'],
      ['link-up:none', 'taskbar', ''],
      ['fold', 'taskbar', ''],
    ])
      expect([what, (await act(what ?? '', block, { to: to ?? '' })).status]).toEqual([what, 409]);
    for (const what of ['', 'delete', 'import', 'constructor']) expect((await act(what, 'tickets')).status).toBe(400);
    expect((await panel.post('/customise', { act: 'up', block: 'tickets' })).headers.get('location')).toMatch(
      /^\/signin/,
    );
    expect(await stored()).toBe(before);
  });

  test('is not lost when many are made at once', async () => {
    const names = ['services', 'tickets', 'accounts', 'spending', 'announcements', 'taskbar'];
    const answers = await Promise.all(names.map((name) => act('hide', name)));
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 303));
    expect(blocks(await html('/home'))).toEqual(['due']);
    await act('reset-all');
  });

  test('holds in the next session, and on another process', async () => {
    await act('fold', 'accounts');
    expect(await html('/home', await panel.signIn('alice'))).toContain('is-folded');
    await act('reset-all');
  });

  test('that is stored as nonsense is no change', async () => {
    const store = (preference: string) => panel.database.knex('user').where({ login: 'nora' }).update({ preference });
    for (const text of [
      'nonsense',
      '[]',
      '{"moves":{},"blocks":[1]}',
      `{"moves":[["tickets",["left"],1]],"blocks":{"tickets":{"known":{"at":"x"}}}}`,
    ]) {
      await store(text);
      expect(blocks(await html('/home', await panel.signIn('nora')))).toEqual(
        expect.arrayContaining(['services', 'tickets', 'accounts']),
      );
    }
  });
});

describe('a user’s file', () => {
  const file = async (cookie = alice) => panel.get('/customise/file', { cookie });
  const take = (text: string | Uint8Array<ArrayBuffer>, cookie = alice) => {
    const body = new FormData();
    body.set('file', new Blob([text]), 'billmgr.alice.dashboard.xml');
    return fetch(`${panel.address}/customise/file`, {
      method: 'POST',
      body,
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
    });
  };

  test('holds the page, and makes the same page of another one', async () => {
    for (const [what, block] of [
      ['left', 'accounts'],
      ['up', 'accounts'],
      ['fold', 'services'],
      ['hide', 'spending'],
      ['link-off:help', 'taskbar'],
      ['link-up:ticket', 'taskbar'],
    ])
      await act(what ?? '', block);
    const answer = await file();
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="billmgr.alice.dashboard.xml"');
    const text = await answer.text();
    expect(text).toMatch(
      /<block name="services" type="list" func="service" rows="8" [^>]*position="top" display="min">/,
    );
    expect(text).toContain(
      '<block name="spending" type="report" func="report.spending" band="months" position="left" display="none"/>',
    );
    const page = async () =>
      [...(await html('/customise')).matchAll(/<li class="([^"]*)"(?: id="([^"]*)")?|<span>.*?<\/svg>([^<]*)/g)].map(
        ([, ...found]) => found,
      );
    const before = [blocks(await html('/home')), await page()];
    await act('reset-all');
    const taken = await take(text);
    expect(taken.status).toBe(200);
    const said = readable(await taken.text());
    expect(said).toContain('The file is taken over.');
    expect(said).not.toContain('Not all of the file');
    expect([blocks(await html('/home')), await page()]).toEqual(before);
    expect(before[1]?.length).toBeGreaterThan(10);
    await act('undo');
    expect(cards(await html('/customise'))).toEqual(start);
  });

  test('of the family is taken over as far as it goes, and the rest is told', async () => {
    const text = `<xml><doc binary="/manager/billmgr"><block name="chart" position="left" type="report"/>
      <block name="accounts" position="top" type="list" func="account" display="min"><col name="name"/></block>
      <block name="taskbar" position="top" type="toolbar" display=""><toolbtn name="help"/><toolbtn name="order"/><toolbtn name="vds"/></block>
      </doc></xml>`;
    const page = readable(await (await take(text)).text());
    for (const words of [
      'This page has no block “chart”.',
      '“Service list” is not in the file and stays as the panel has it.',
      '“Account information” keeps the columns and rows of this page.',
      '“Quick actions” has no button “vds” here.',
    ])
      expect(page).toContain(readable(words));
    const home = await html('/home');
    expect(region(await html('/customise'), 'top').slice(0, 2)).toEqual(['due', 'accounts']);
    expect(home).toMatch(/id="block-taskbar".*\/help.*\/form\/service\.order/s);
    await act('reset-all');
  });

  test.each([
    ['no XML', 'hello'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47])],
    ['another file', '<mgrdata/>'],
    ['one that wants more', '<!DOCTYPE doc [<!ENTITY a SYSTEM "file:///etc/passwd">]><doc>&a;</doc>'],
  ])('is refused when it is %s', async (_name, text) => {
    const answer = await take(text);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('This file cannot be read. Nothing was changed.');
    expect(await stored()).toBeNull();
  });

  test('is refused when it is large, or no file at all', async () => {
    expect((await take('x'.repeat(400_000))).status).toBe(413);
    expect((await panel.post('/customise/file', { file: '<doc/>' }, { cookie: alice })).status).toBe(422);
  });
});
