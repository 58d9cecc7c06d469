import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Panel, startPanel } from '../support/panel.ts';
import { openForm, send } from '../support/sent-form.ts';

let panel: Panel;
let cookies: Record<string, string>;
beforeAll(async () => {
  panel = await startPanel();
  const logins = ['alice', 'dana', 'admin'];
  cookies = Object.fromEntries(await Promise.all(logins.map(async (login) => [login, await panel.signIn(login)])));
});
afterAll(() => panel.stop());

const textOf = async (path: string, login: string) => (await panel.get(path, { cookie: cookies[login] ?? '' })).text();
const startOf = async (login: string, path = '/') =>
  (await panel.get(path, { cookie: cookies[login] ?? '' })).headers.get('location');
const choose = async (login: string, start: string | null, change: object = {}) => {
  await panel.database
    .knex('user')
    .where({ login })
    .update({ start, ...change });
  panel.clock = new Date(panel.clock.getTime() + 6000); // longer than a session is kept
};

describe('the start page', () => {
  test.each([
    ['alice', null, '/home'],
    ['alice', 'home', '/home'],
    ['alice', 'ticket', '/list/ticket'],
    ['alice', 'customer', '/home'],
    ['alice', 'ticket.new', '/home'],
    ['alice', '//evil.example', '/home'],
    ['dana', 'payment', '/home'],
    ['dana', 'service', '/list/service'],
    ['admin', 'ticket.queue', '/list/ticket.queue'],
    ['admin', 'ticket', '/home'],
  ])('of %s who chose %s is %s', async (login, start, address) => {
    await choose(login, start);
    expect(await startOf(login)).toBe(address);
  });

  test('of a level without a home page is its first list', async () => {
    await choose('alice', 'home', { level: 6 });
    expect(await startOf('alice')).toBe('/list/session');
    expect(await textOf('/list/session', 'alice')).not.toContain('href="/home"');
    await choose('alice', null, { level: 5 });
  });

  test('is chosen in the settings, and tells that they are saved', async () => {
    const cookie = cookies.alice ?? '';
    const form = await openForm(panel, '/form/usrparam?back=/', cookie);
    const answer = await send(panel, form, cookie, { start: 'payment' });
    const next = await startOf('alice', answer.headers.get('location') ?? '');
    expect(next).toMatch(/^\/list\/payment\?done=/);
    expect(await textOf(next ?? '', 'alice')).toContain('Your settings are saved.');
  });
});

describe('the way home', () => {
  test.each(['/list/service', '/form/usrparam', '/help', '/nowhere'])('is on %s', async (path) => {
    const html = await textOf(path, 'dana');
    expect(html).toMatch(/<a class="brand" href="\/home">[\s\S]*?<small>Home<\/small>/);
    expect(html).toMatch(/<li><a href="\/home"[^>]*><svg/);
  });

  const trailOf = async (path: string) => {
    const [trail = ''] = /<nav class="crumbs"[\s\S]*?<\/nav>/.exec(await textOf(path, 'alice')) ?? [];
    return [...trail.matchAll(/<(?:a href="([^"]*)"|span[^>]*)>([^<]*)</g)].map(([, address = '', text]) => [
      text,
      address,
    ]);
  };

  test('from a form leads over the list it was opened from, as that was', async () => {
    expect(await trailOf('/form/usrparam?back=%2Flist%2Fticket%3Fsort%3Dsubject')).toEqual([
      ['Home', '/home'],
      ['Active tickets', '/list/ticket?sort=subject'],
      ['Control panel settings', ''],
    ]);
  });

  test('from a form leads over the list of its name, else home', async () => {
    const [own = ''] = /elid=([0-9a-f]{12})/.exec(await textOf('/list/session', 'alice'))?.slice(1) ?? [];
    expect(await trailOf(`/form/session.close?elid=${own}&back=/home`)).toEqual([
      ['Home', '/home'],
      ['Sign-ins', '/list/session'],
      ['Sign out', ''],
    ]);
    expect((await trailOf('/form/usrparam?back=/list/customer')).map(([text]) => text)).toEqual([
      'Home',
      'Control panel settings',
    ]);
  });
});
