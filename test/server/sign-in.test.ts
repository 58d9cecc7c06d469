import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashPassword } from '../../src/password.ts';
import { type Panel, startPanel } from '../support/panel.ts';
import { readable } from '../support/readable.ts';

let panel: Panel;
beforeAll(async () => {
  panel = await startPanel();
});
afterAll(() => panel.stop());

/** A page without the login that was typed. */
const textOf = async (answer: Response, login: string) => readable(await answer.text()).replace(`value="${login}"`, '');
const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');

describe('signing in', () => {
  test('says the same whether the name or the password is wrong', async () => {
    const [name, password] = await Promise.all([
      panel.post('/signin', { login: 'nobody', password: 'demo' }),
      panel.post('/signin', { login: 'alice', password: 'wrong' }),
    ]);
    expect([name.status, password.status]).toEqual([422, 422]);
    expect(await textOf(name, 'nobody')).toBe(await textOf(password, 'alice'));
  });

  test('takes as long for a name that nobody has', async () => {
    const logins = ['bob', 'nobody2'];
    const fastest = logins.map(() => Number.POSITIVE_INFINITY);
    for (let count = 0; count < 6; count += 1) {
      for (const [index, login] of logins.entries()) {
        const started = performance.now();
        expect((await panel.post('/signin', { login, password: 'wrong' })).status).toBe(422);
        fastest[index] = Math.min(fastest[index] ?? 0, performance.now() - started);
      }
    }
    expect(Math.max(...fastest) / Math.min(...fastest)).toBeLessThan(1.5);
    await panel.signIn('bob');
  });

  test('goes on to a path of this site only', async () => {
    for (const next of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '/signin',
    ]) {
      const answer = await panel.post('/signin', { login: 'bob', password: 'demo', next });
      expect(answer.headers.get('location'), next).toBe('/');
    }
  });

  test('gives a cookie that no script reads and no other site sends', async () => {
    const answer = await panel.post('/signin', { login: 'bob', password: 'demo' });
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/httponly/i);
    expect(cookie).toMatch(/samesite=lax/i);
  });

  test('gives a new session each time, and ends the one that the browser had', async () => {
    const before = await panel.signIn('bob');
    const answer = await panel.post('/signin', { login: 'bob', password: 'demo' }, { cookie: before });
    const after = cookiesOf(answer);
    expect(after).not.toContain(before);
    expect((await panel.get('/home', { cookie: before })).status).toBe(302);
    expect((await panel.get('/home', { cookie: after })).status).toBe(200);
  });

  test('does not take over a session that somebody else thought up', async () => {
    const cookie = `lintel=${'A'.repeat(43)}`;
    const answer = await panel.post('/signin', { login: 'bob', password: 'demo' }, { cookie });
    expect(cookiesOf(answer)).not.toContain(cookie);
    expect((await panel.get('/home', { cookie })).status).toBe(302);
  });

  test('leaves neither token nor password in the log', async () => {
    const cookies = cookiesOf(await panel.post('/signin', { login: 'bob', password: 'demo' }));
    await panel.post('/signin', { login: 'bob', password: 'hunter2' });
    await panel.get('/home?secret=canary', { cookie: cookies });
    const written = JSON.stringify(panel.logged);
    const values = cookies.split('; ').map((one) => one.split('=')[1] ?? '');
    for (const secret of ['hunter2', 'canary', ...values]) expect(written).not.toContain(secret);
  });

  test('ends with signing out: the old cookie is worth nothing', async () => {
    const cookie = await panel.signIn('bob');
    expect((await panel.get('/home', { cookie })).status).toBe(200);
    await panel.post('/signout', {}, { cookie });
    expect((await panel.get('/home', { cookie })).status).toBe(302);
  });

  test('ends everywhere at once when that is asked for, and for nobody else', async () => {
    const [here, there] = [await panel.signIn('bob'), await panel.signIn('bob')];
    const alice = await panel.signIn('alice');
    await panel.get('/home', { cookie: there });
    expect((await panel.post('/signout', { everywhere: 'yes' }, { cookie: here })).status).toBe(303);
    for (const cookie of [here, there]) expect((await panel.get('/home', { cookie })).status).toBe(302);
    expect((await panel.get('/home', { cookie: alice })).status).toBe(200);
  });

  test('is refused with fields that are no text, too long or missing', async () => {
    for (const fields of [{}, { login: 'alice' }, { login: 'x'.repeat(5000), password: 'demo' }]) {
      expect((await panel.post('/signin', fields as Record<string, string>)).status).toBe(422);
    }
    expect((await panel.post('/signin', { 'login[a]': 'b', 'password[]': 'c' })).status).toBe(422);
    expect((await panel.post('/signin', { login: 'x'.repeat(20_000), password: 'demo' })).status).toBe(413);
  });
});

describe('too many wrong sign-ins', () => {
  const wrong = (login: string, cookie = '', address = '') =>
    behind.post('/signin', { login, password: 'wrong' }, { cookie, headers: { 'x-forwarded-for': address } });
  const right = (login: string, cookie = '', address = '') =>
    behind.post('/signin', { login, password: 'demo' }, { cookie, headers: { 'x-forwarded-for': address } });
  let behind: Panel;
  beforeAll(async () => {
    behind = await startPanel({ proxies: 1, customers: 11 });
  });
  afterAll(() => behind.stop());

  test('are put off, even when they come at once; the right password too', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => wrong('alice', '', '192.0.2.1')));
    const counted = [422, 429].map((status) => answers.filter((answer) => answer.status === status).length);
    expect(counted).toEqual([10, 40]);
    expect((await right('alice', '', '192.0.2.1')).status).toBe(429);
    expect((await right('alice', '', '192.0.2.2')).status).toBe(303);
  });

  test('look the same for a name that nobody has, and say when to try again', async () => {
    const put = async (login: string, address: string) => {
      for (let count = 0; count < 10; count += 1) await wrong(login, '', address);
      const answer = await wrong(login, '', address);
      expect(answer.status).toBe(429);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(890);
      return textOf(answer, login);
    };
    const [known, unknown] = [await put('bob', '192.0.2.3'), await put('nobody', '192.0.2.4')];
    expect(known).toBe(unknown);
    expect(known).toContain('Try again in 15\u00a0minutes.');
  });

  test('of others do not lock out who signed in here before, until the password changes', async () => {
    const cookies = cookiesOf(await right('nora', '', '192.0.2.5'));
    await behind.post('/signout', {}, { cookie: cookies });
    const known = cookies.split('; ')[1] ?? '';
    for (let host = 1; host <= 5; host += 1) {
      await Promise.all(Array.from({ length: 10 }, () => wrong('nora', '', `203.0.113.${host}`)));
    }
    expect((await right('nora', '', '192.0.2.5')).status).toBe(429);
    expect((await right('nora', `${known}x`, '192.0.2.5')).status).toBe(429);
    expect((await right('nora', known, '192.0.2.5')).status).toBe(303);
    expect((await right('bob', known, '192.0.2.3')).status).toBe(429);
    await behind.database
      .knex('user')
      .where({ login: 'nora' })
      .update({ password: await hashPassword('demo') });
    expect((await right('nora', known, '192.0.2.5')).status).toBe(429);
  });

  test('are refused for want of a free hand, quickly, while pages go on', async () => {
    const cookie = cookiesOf(await right('admin', '', '192.0.2.6'));
    const flood = Array.from({ length: 200 }, (_, n) => wrong(`max${n}`, '', `10.0.${n % 200}.1`));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const started = performance.now();
    expect((await behind.get('/home', { cookie })).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(1000);
    const answers = await Promise.all(flood);
    const busy = answers.filter(({ headers }) => headers.get('retry-after') === '5');
    expect(busy.length).toBeGreaterThan(20);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422, 429]));
  });
});

describe('a visitor whose session has ended', () => {
  const ended = 'lintel=ended';
  const next = (answer: Response) =>
    new URL(answer.headers.get('location') ?? '', panel.address).searchParams.get('next');
  const post = (headers: Record<string, string>) =>
    panel.post('/settings', { theme: 'dark' }, { cookie: ended, headers });

  test('goes back to the page whose form was sent', async () => {
    const answer = await post({ referer: `${panel.address}/list/service?page=2` });
    expect(answer.status).toBe(303);
    expect(next(answer)).toBe('/list/service?page=2');
  });

  test('goes back to the page that fetched a part of it', async () => {
    const headers = { 'sec-fetch-dest': 'empty', referer: `${panel.address}/home` };
    expect(next(await panel.get('/block/tickets', { cookie: ended, headers }))).toBe('/home');
  });

  test.each(['https://evil.example/home', 'nonsense', '', 'ORIGIN//evil.example', 'ORIGIN/signin?next=x'])(
    'and goes nowhere else: %s',
    async (referer) => {
      const answer = await post({ referer: referer.replace('ORIGIN', panel.address) });
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/signin']);
    },
  );

  test('is taken on at once when signed in meanwhile', async () => {
    const cookie = await panel.signIn('bob');
    const answer = await panel.get('/signin?next=%2Flist%2Fticket', { cookie });
    expect(answer.headers.get('location')).toBe('/list/ticket');
    expect((await panel.get('/signin?next=%2F%2Fevil.example', { cookie })).headers.get('location')).toBe('/');
  });
});

describe('the list of sign-ins', () => {
  test('marks the browser that asks, each its own', async () => {
    await panel.database.knex('session').delete();
    const cookies = [await panel.signIn('admin'), await panel.signIn('admin')];
    for (const cookie of [...cookies, ...cookies]) {
      for (const path of ['/list/session', '/home']) {
        const page = await (await panel.get(path, { cookie })).text();
        expect(page.match(/>This browser</g), path).toHaveLength(1);
      }
    }
    const pages = await Promise.all(
      cookies.map(async (cookie) => (await panel.get('/block/sessions', { cookie })).text()),
    );
    expect(pages[0]).not.toBe(pages[1]);
  });
});
