import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Panel, startPanel } from '../support/panel.ts';

let panel: Panel;
beforeAll(async () => {
  panel = await startPanel();
});
afterAll(() => panel.stop());

describe('signing in', () => {
  test('says the same whether the name or the password is wrong', async () => {
    const [name, password] = await Promise.all([
      panel.post('/signin', { login: 'nobody', password: 'demo' }),
      panel.post('/signin', { login: 'alice', password: 'wrong' }),
    ]);
    expect([name.status, password.status]).toEqual([422, 422]);
    const clean = async (answer: Response, login: string) => (await answer.text()).replace(login, '');
    expect(await clean(name, 'nobody')).toBe(await clean(password, 'alice'));
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

  test('ends with signing out: the old cookie is worth nothing', async () => {
    const cookie = await panel.signIn('bob');
    expect((await panel.get('/home', { cookie })).status).toBe(200);
    await panel.post('/signout', {}, { cookie });
    expect((await panel.get('/home', { cookie })).status).toBe(302);
  });

  test('is refused with fields that are no text, too long or missing', async () => {
    for (const fields of [{}, { login: 'alice' }, { login: 'x'.repeat(5000), password: 'demo' }]) {
      expect((await panel.post('/signin', fields as Record<string, string>)).status).toBe(422);
    }
    expect((await panel.post('/signin', { 'login[a]': 'b', 'password[]': 'c' })).status).toBe(422);
    expect((await panel.post('/signin', { login: 'x'.repeat(20_000), password: 'demo' })).status).toBe(413);
  });
});

describe('a write', () => {
  test.each([
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'none' }, 303],
    [{ 'sec-fetch-site': '', origin: 'https://evil.example' }, 403],
    [{ 'sec-fetch-site': '' }, 403],
  ])('from %o is answered %i', async (headers, status) => {
    const cookie = await panel.signIn('bob');
    expect((await panel.post('/settings', { theme: 'dark' }, { cookie, headers })).status).toBe(status);
  });

  test('from an older browser passes with our own origin', async () => {
    const cookie = await panel.signIn('bob');
    const headers = { 'sec-fetch-site': '', origin: panel.address };
    expect((await panel.post('/settings', { theme: 'light' }, { cookie, headers })).status).toBe(303);
  });
});
