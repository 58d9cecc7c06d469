import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Panel, startPanel } from '../support/panel.ts';

let panel: Panel;
let alice: string;
beforeAll(async () => {
  panel = await startPanel();
  alice = await panel.signIn('alice');
});
afterAll(() => panel.stop());

describe('every answer', () => {
  test.each(['/home', '/signin', '/nowhere', '/livez', '/list/ticket'])(
    'carries the headers and a request id: %s',
    async (path) => {
      const { headers } = await panel.get(path, { cookie: alice });
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-request-id')).toMatch(/^[\w-]{12}$/);
    },
  );

  test.each(['evil.example', '127.evil.example', 'localhost.evil.example'])(
    'is refused for a host name that is not ours: %s',
    async (host) => {
      const { hostname, port } = new URL(panel.address);
      const { request } = await import('node:http');
      const status = await new Promise((resolve) =>
        request({ hostname, port, path: '/home', headers: { host } }, (answer) => resolve(answer.statusCode)).end(),
      );
      expect(status).toBe(421);
    },
  );

  test('is compressed for who wants it, with the same text', async () => {
    const plain = await panel.get('/home', { cookie: alice, headers: { 'accept-encoding': 'identity' } });
    for (const encoding of ['br', 'gzip']) {
      const answer = await panel.get('/home', { cookie: alice, headers: { 'accept-encoding': encoding } });
      expect(answer.headers.get('content-encoding')).toBe(encoding);
      expect(await answer.clone().text()).toBe(await plain.clone().text());
    }
  });
});

describe('an asset', () => {
  test('is kept for good under a name that changes with its bytes', async () => {
    const [stylesheet] = /\/assets\/lintel-[\da-f]{10}\.css/.exec(await (await panel.get('/signin')).text()) ?? [];
    const answer = await panel.get(stylesheet ?? '');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect((await panel.get('/assets/lintel.css')).status).toBe(404);
    expect((await panel.get('/assets/..%2f..%2fpackage.json')).status).toBe(404);
  });
});

describe('the health of the server', () => {
  test('is told without a session', async () => {
    expect(await (await panel.get('/livez')).json()).toEqual({ status: 'ok' });
    expect(await (await panel.get('/readyz')).json()).toEqual({ status: 'ok', revision: 1, errors: 0 });
  });
});

describe('an unknown and a forbidden address', () => {
  test('are the same 404', async () => {
    const text = async (path: string) => {
      const answer = await panel.get(path, { cookie: alice });
      expect(answer.status, path).toBe(404);
      return (await answer.text()).replace(/<code>[\w-]+<\/code>/, '');
    };
    expect(await text('/list/customer')).toBe(await text('/list/nothing'));
    expect(await text('/list/ticket.queue')).toBe(await text('/list/nothing'));
    expect(await text('/block/queue')).toBe(await text('/block/nothing'));
    expect(await text('/form/nothing')).toBe(await text('/list/nothing'));
  });
});

describe('a list page', () => {
  test('shows pages of 25 rows, in the order asked for', async () => {
    const max = await panel.signIn('max');
    await panel.post('/settings', { language: 'en' }, { cookie: max });
    const rows = async (query: string) => {
      const page = await (await panel.get(`/list/service${query}`, { cookie: max })).text();
      return [...page.matchAll(/data-label="Name">([^<]*)</g)].map(([, name]) => name ?? '');
    };
    const [first, second] = [await rows('?sort=name'), await rows('?sort=name&page=2')];
    expect(first).toHaveLength(25);
    expect([...first, ...second]).toEqual([...first, ...second].sort());
    const keys = async (query: string) => {
      const page = await (await panel.get(`/list/service${query}`, { cookie: max })).text();
      return [...page.matchAll(/class="act" href="[^"]*elid=(\d+)"/g)].map(([, key]) => key);
    };
    const shown = [...(await keys('?sort=name')), ...(await keys('?sort=name&page=2'))];
    expect(shown.length).toBeGreaterThan(30);
    expect(new Set(shown).size).toBe(shown.length);
    const backwards = await rows('?sort=-name');
    expect(backwards).toEqual([...backwards].sort().reverse());
  });

  test.each([
    '?page=-1',
    '?page=abc',
    '?page=1e99',
    '?sort=password',
    '?sort=customer_id',
    '?sort=id;drop',
    '?page=999999',
  ])('takes a bad state for none: %s', async (query) => {
    expect((await panel.get(`/list/service${query}`, { cookie: alice })).status).toBe(200);
  });
});
