import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { zoneOptions } from '../../src/billing/settings/zones.ts';
import { ROWS } from '../../src/pipeline/list-page.ts';
import { type Panel, startPanel, TODAY } from '../support/panel.ts';
import { readable } from '../support/readable.ts';
import { fieldsIn, openForm, send } from '../support/sent-form.ts';

const PASSWORD = 'four words in a row';
const SETTINGS = '/form/usrparam?back=/list/ticket';

let panel: Panel;
beforeAll(async () => (panel = await startPanel()));
afterAll(() => panel.stop());

const userOf = (login: string) => panel.database.knex('user').first().where({ login });
const valuesOf = async (cookie: string) => Object.fromEntries((await openForm(panel, SETTINGS, cookie)).fields);
const page = async (path: string, cookie: string) => readable(await (await panel.get(path, { cookie })).text());
const save = async (cookie: string, changes: Record<string, string>) =>
  send(panel, await openForm(panel, SETTINGS, cookie), cookie, changes);
const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
const isSignedIn = async (cookie: string) => (await panel.get('/list/session', { cookie })).status === 200;

describe('the settings', () => {
  test.each(['alice', 'dana', 'admin'])('begin with what %s has', async (login) => {
    const cookie = await panel.signIn(login);
    const { email, zone } = await userOf(login);
    expect(await valuesOf(cookie)).toMatchObject({
      ...{ language: 'browser', zone, theme: 'system', email, rows: '25', start: 'home', login },
      ...{ current: '', password: '', repeat: '' },
    });
  });

  test('are in force on the next page, which says so in the new language', async () => {
    const cookie = await panel.signIn('bob');
    const answer = await save(cookie, {
      ...{ language: 'ru', zone: 'Asia/Tokyo', theme: 'dark', email: 'bob@example.net', rows: '10' },
      start: 'payment',
    });
    expect(answer.status).toBe(303);
    const html = await page(answer.headers.get('location') ?? '', cookie);
    expect(html).toContain('<html lang="ru" dir="ltr" data-theme="dark">');
    expect(html).toContain('Настройки сохранены.');
    expect(await userOf('bob')).toMatchObject({
      ...{ language: 'ru', zone: 'Asia/Tokyo', theme: 'dark', email: 'bob@example.net', rows: 10, start: 'payment' },
      version: 2,
    });
    await save(cookie, { language: 'browser' });
    expect(await userOf('bob')).toMatchObject({ language: null });
    expect(await page('/list/ticket', cookie)).toContain('<html lang="en"');
  });

  test.each([
    ['email', 'nobody', 'Enter an e-mail address'],
    ['email', '', 'Fill this in'],
    ['zone', 'Mars/Olympus', 'Choose one'],
    ['language', 'xx', 'Choose one'],
    ['theme', 'pink', 'Choose one'],
    ['rows', '1000000', 'Choose one'],
    ['start', 'customer', 'Choose one'],
    ['level', '7', 'This form has no field'],
  ])('refuse %s=%s', async (name, value, told) => {
    const cookie = await panel.signIn('nora');
    const answer = await save(cookie, { [name]: value });
    expect(answer.status).toBe(422);
    expect(readable(await answer.text())).toContain(told);
    expect(await userOf('nora')).toMatchObject({ level: 5, version: 1, language: null });
  });

  test('show the login, and leave it as it is', async () => {
    const cookie = await panel.signIn('dmitry');
    await save(cookie, { login: 'root' });
    expect(await userOf('dmitry')).toMatchObject({ version: 2 });
  });

  test('do not undo what was changed elsewhere', async () => {
    const cookie = await panel.signIn('max');
    const form = await openForm(panel, SETTINGS, cookie);
    await panel.post('/settings', { theme: 'dark' }, { cookie });
    const answer = await send(panel, form, cookie, { rows: '50' });
    expect(answer.status).toBe(409);
    const again = { ...form, fields: fieldsIn(readable(await answer.text())) };
    expect((await send(panel, again, cookie)).status).toBe(303);
    expect(await userOf('max')).toMatchObject({ rows: 50 });
  });

  test('offer the pages and the records that lists offer', async () => {
    const cookie = await panel.signIn('dana');
    const { html } = await openForm(panel, SETTINGS, cookie);
    const offered = (name: string) => {
      const [select = ''] = new RegExp(`<select[^>]* name="${name}"[\\s\\S]*?</select>`).exec(html) ?? [];
      return [...select.matchAll(/<option value="([^"]+)"/g)].map(([, value]) => value);
    };
    expect(offered('rows')).toEqual(ROWS.map(String));
    expect(offered('start')).toEqual(['home', 'service', 'ticket', 'ticket.archive', 'session']);
  });

  test('lead to the sign-ins, and are found in the menu of each page', async () => {
    const cookie = await panel.signIn('alice');
    expect(await page(SETTINGS, cookie)).toContain('<a class="button" href="/list/session">Sign-ins</a>');
    expect(await page('/list/ticket', cookie)).toContain('<a href="/form/usrparam">Control panel settings</a>');
  });
});

describe('a time zone', () => {
  const words = (language: string) => ({ language, text: (key: string) => key }) as never;
  const textOf = (key: string, language: string, now = TODAY) =>
    zoneOptions('UTC', words(language), now).find((option) => option.key === key)?.text;

  test('shows its offset of the day', () => {
    expect(textOf('Europe/Berlin', 'en')).toBe('Berlin (UTC+1)');
    expect(textOf('Europe/Berlin', 'en', new Date('2026-07-01T12:00:00Z'))).toBe('Berlin (UTC+2)');
    expect(textOf('America/Argentina/Salta', 'en')).toBe('Salta, Argentina (UTC−3)');
  });

  test('has the name that other letters give it', () => {
    expect(textOf('Europe/Moscow', 'ru')).toBe('Москва — Moscow (UTC+3)');
  });

  test.each([
    ['Asia/Kolkata', 'Kolkata (UTC+5:30)'],
    ['Asia/Calcutta', 'Kolkata (UTC+5:30)'],
    ['Etc/GMT-3', 'Etc/GMT-3'],
    ['UTC', 'UTC'],
  ])('is there once under the name by which it was chosen: %s', (zone, text) => {
    const options = zoneOptions(zone, words('en'), TODAY);
    expect(options.filter((option) => option.key === zone).map((option) => option.text)).toEqual([text]);
    expect(options.filter((option) => option.text === text)).toHaveLength(1);
    expect(new Set(options.map(({ key }) => key)).size).toBe(options.length);
  });

  test('has a region with a name in every language', async () => {
    const regions = zoneOptions('UTC', words('en'), TODAY).map(({ group = '' }) => group);
    for (const language of ['en', 'ru']) {
      const cookie = await panel.signIn('long');
      await panel.post('/settings', { language }, { cookie });
      expect(await page(SETTINGS, cookie)).not.toContain('label="region_');
    }
    expect(new Set(regions).size).toBeGreaterThan(5);
  });
});

describe('a new password', () => {
  let cookie: string;
  let login: string;
  beforeEach(async () => {
    login = 'alice';
    await panel.database
      .knex('user')
      .where({ login })
      .update({ password: (await userOf('nora')).password });
    cookie = await panel.signIn(login);
  });
  const typed = { current: 'demo', password: PASSWORD, repeat: PASSWORD };

  test('is the one to sign in with, and ends the other sign-ins', async () => {
    const other = await panel.signIn(login);
    const answer = await save(cookie, typed);
    expect(answer.status).toBe(303);
    expect(await page(answer.headers.get('location') ?? '', cookieOf(answer))).toContain('password is changed');
    expect(await isSignedIn(other)).toBe(false);
    await expect(panel.signIn(login, 'demo')).rejects.toThrow('422');
    expect(await isSignedIn(await panel.signIn(login, PASSWORD))).toBe(true);
  });

  test('goes on in a new session: who knows the old one is out', async () => {
    const renewed = cookieOf(await save(cookie, typed));
    expect(renewed).not.toBe(cookie);
    expect(await isSignedIn(renewed)).toBe(true);
    expect(await isSignedIn(cookie)).toBe(false);
  });

  test('is not stored in what is known of the form', async () => {
    const form = await openForm(panel, SETTINGS, cookie);
    await send(panel, form, cookie, typed);
    const [{ request }] = await panel.database.knex('form_key').select('request').orderBy('created', 'desc').limit(1);
    const sent = Object.entries({ ...Object.fromEntries(form.fields), ...typed }).filter(([name]) => name !== 'back');
    expect(request).not.toBe(createHash('sha256').update(JSON.stringify(sent)).digest('hex'));
  });

  test.each([
    ['the current one is missing', { current: '' }, 'current', 'Enter the password you have now'],
    ['the current one is wrong', { current: 'wrong' }, 'current', 'not your current password'],
    ['it is missing', { password: '' }, 'password', 'Enter a new password'],
    ['it is short', { password: 'short', repeat: 'short' }, 'password', 'At least 10 characters'],
    ['it is repeated otherwise', { repeat: `${PASSWORD}!` }, 'repeat', 'not the same as the new password'],
  ])('is refused when %s, and the page of it is open', async (_, change, field, told) => {
    const before = await userOf(login);
    const answer = await save(cookie, { ...typed, ...change, email: 'other@example.org' });
    expect(answer.status).toBe(422);
    const html = readable(await answer.text());
    expect(html).toContain(`id="error-${field}"`);
    expect(html).toContain(told);
    expect(html).toContain('<details class="form-page" open>');
    expect(html).not.toContain(PASSWORD);
    expect(await userOf(login)).toEqual(before);
    expect(await isSignedIn(cookie)).toBe(true);
  });

  test('is not the login and not the current one', async () => {
    await panel.database.knex('user').where({ login }).update({ login: 'alice.allison' });
    try {
      const asLogin = await save(cookie, { ...typed, password: 'Alice.Allison', repeat: 'Alice.Allison' });
      expect(readable(await asLogin.text())).toContain('The login is no password');
      const renewed = cookieOf(await save(cookie, typed));
      const same = await save(renewed, { ...typed, current: PASSWORD });
      expect(readable(await same.text())).toContain('the password you have now. Choose another');
    } finally {
      await panel.database.knex('user').where({ login: 'alice.allison' }).update({ login });
    }
  });

  test('is not wanted when a browser filled in the current one by itself', async () => {
    expect((await save(cookie, { current: 'whatever it knows' })).status).toBe(303);
    expect(await isSignedIn(cookie)).toBe(true);
  });

  test('is one change when the form is sent several times at once', async () => {
    const form = await openForm(panel, SETTINGS, cookie);
    const { version } = await userOf(login);
    const answers = await Promise.all(Array.from({ length: 4 }, () => send(panel, form, cookie, typed)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    expect((await userOf(login)).version).toBe(version + 1);
  });

  test('cannot be tried out: after five wrong ones even the right one waits', async () => {
    const dana = await panel.signIn('dana');
    for (let count = 0; count < 5; count += 1) {
      expect(readable(await (await save(dana, { ...typed, current: `wrong ${count}` })).text())).toContain(
        'not your current',
      );
    }
    const answer = await save(dana, typed);
    expect(answer.status).toBe(422);
    expect(readable(await answer.text())).toContain('Too many wrong tries. Try again in 15 minutes.');
    expect((await save(dana, { rows: '50' })).status).toBe(303);
    expect((await save(cookie, typed)).status).toBe(303);
  });
});

describe('sign-ins', () => {
  const idsOf = async (cookie: string) => [
    ...new Set([...(await page('/list/session', cookie)).matchAll(/elid=([0-9a-f]{12})/g)].map(([, id = '']) => id)),
  ];
  const agent = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };
  const signIn = async (login: string) => {
    const answer = await panel.post('/signin', { login, password: 'demo' }, { headers: agent });
    return cookieOf(answer);
  };
  let mine: string;
  let other: string;
  beforeEach(async () => {
    await panel.database.knex('session').delete();
    panel.clock = new Date(panel.clock.getTime() + 10_000); // what sessions are kept in memory is read anew
    other = await signIn('bob');
    mine = await signIn('bob');
  });
  const othersOf = async (cookie: string) => {
    const own = createHash('sha256')
      .update(cookie.split('=')[1] ?? '')
      .digest('hex')
      .slice(0, 12);
    return { own, others: (await idsOf(cookie)).filter((id) => id !== own) };
  };

  test('are ended one by one, after a form that names them', async () => {
    const { others } = await othersOf(mine);
    const form = await openForm(panel, `/form/session.close?elid=${others[0]}&back=/list/session`, mine);
    expect(form.html).toMatch(/<li>Firefox, Linux, from 127\.0\.0\.1, last seen .*2026.*<\/li>/);
    expect(form.html).not.toContain('You are using this browser now');
    const answer = await send(panel, form, mine);
    expect(await page(answer.headers.get('location') ?? '', mine)).toContain('1 sign-in has ended');
    expect(await isSignedIn(other)).toBe(false);
    expect(await isSignedIn(mine)).toBe(true);
  });

  test('are ended together with this one, which leads to the sign-in page', async () => {
    const { own, others } = await othersOf(mine);
    const form = await openForm(panel, `/form/session.close?elid=${own}&elid=${others[0]}`, mine);
    expect(form.html).toContain('<li>This browser: Firefox, Linux, from 127.0.0.1</li>');
    expect(form.html).toContain('You are using this browser now');
    const answer = await send(panel, form, mine);
    expect(answer.headers.get('location')).toMatch(/^\/signin\?/);
    expect((await panel.get(answer.headers.get('location') ?? '', { cookie: mine })).status).toBe(200);
    expect([await isSignedIn(mine), await isSignedIn(other)]).toEqual([false, false]);
  });

  test('of somebody else cannot be ended or seen', async () => {
    const { own } = await othersOf(mine);
    const alien = await panel.signIn('admin');
    expect((await panel.get(`/form/session.close?elid=${own}`, { cookie: alien })).status).toBe(404);
    const [theirs] = await idsOf(alien);
    const form = await openForm(panel, `/form/session.close?elid=${theirs}`, alien);
    expect((await send(panel, form, alien, { elid: [theirs ?? '', own] })).status).toBe(303);
    expect(await isSignedIn(mine)).toBe(true);
  });

  test('are chosen in the list, one or several', async () => {
    const html = await page('/list/session', mine);
    expect(html).toContain('formaction="/form/session.close"');
    expect(html).toMatch(/href="\/form\/session\.close\?elid=[0-9a-f]{12}"/);
  });
});
