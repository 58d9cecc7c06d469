import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Panel, startPanel } from '../support/panel.ts';

let panel: Panel;
let alice: string;
beforeAll(async () => {
  panel = await startPanel({ customers: 11 });
  alice = await panel.signIn('alice');
});
afterAll(() => panel.stop());

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** As it is, with any method and any header. */
function send(method: string, path: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(panel.address + path, { method, headers: { cookie: alice, ...headers } }, (answer) => {
      let body = '';
      answer.on('data', (chunk) => (body += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    sent.once('error', reject).end();
  });
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const FOREIGN = 'https://evil.example';
const unsafe = () =>
  panel.routes.flatMap(({ path, methods }) =>
    methods.filter((method) => !SAFE.has(method)).map((method) => ({ method, path: path.replace(/:\w+/g, 'x') })),
  );

/** From another server, and believed by its signature. */
const NOTIFICATION = '/payment/notify/x';

describe('every write', () => {
  test('is known to this test', () => {
    expect(unsafe()).toEqual(
      expect.arrayContaining([
        { method: 'POST', path: '/signin' },
        { method: 'POST', path: '/signout' },
        { method: 'POST', path: '/settings' },
      ]),
    );
  });

  test.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'nonsense' },
    { 'sec-fetch-site': 'same-origin, cross-site' },
    { 'sec-fetch-site': 'cross-site', origin: 'OURS' },
    { 'sec-fetch-site': 'none', origin: 'OURS' },
    { origin: FOREIGN },
    { origin: 'null' },
    { origin: 'OURS.evil.example' },
    { origin: '', referer: 'OURS/home' },
    {},
  ])('is refused with %o', async (headers) => {
    for (const { method, path } of unsafe().filter((one) => one.path !== NOTIFICATION)) {
      const given = Object.entries(headers).map(([name, value]) => [name, value.replace('OURS', panel.address)]);
      const answer = await send(method, path, Object.fromEntries(given));
      expect([method, path, answer.status]).toEqual([method, path, 403]);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    expect((await panel.get('/home', { cookie: alice })).status).toBe(200);
  });

  test.each([
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'same-origin', origin: FOREIGN },
    { origin: 'OURS' },
  ])('passes with %o', async (headers) => {
    for (const { method, path } of unsafe().filter((one) => one.path !== '/signout')) {
      const given = Object.entries(headers).map(([name, value]) => [name, value.replace('OURS', panel.address)]);
      const { status } = await send(method, path, Object.fromEntries(given));
      expect([method, path, status]).not.toEqual([method, path, 403]);
    }
  });
});

describe('a method that an address does not have', () => {
  const ours = { 'sec-fetch-site': 'same-origin' };

  test('is answered 405, with those that it has and a page', async () => {
    for (const { path, methods } of panel.routes) {
      const known = panel.routes.filter((one) => one.path === path).flatMap((one) => one.methods);
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'GET'].filter(
        (one) => !known.includes(one),
      )) {
        const answer = await send(method, path.replace(/:\w+/g, 'x'), ours);
        expect([method, path, answer.status]).toEqual([method, path, 405]);
        expect(String(answer.headers.allow).split(', ').sort()).toEqual([...new Set(known)].sort());
        expect(answer.body).toContain('This cannot be done here');
      }
      expect(methods.length).toBeGreaterThan(0);
    }
  });

  test('is 404 where there is nothing', async () => {
    expect((await send('DELETE', '/nowhere', ours)).status).toBe(404);
  });

  test('may be asked about', async () => {
    const { status, headers, body } = await send('OPTIONS', '/signin', {});
    expect([status, headers.allow, body]).toEqual([200, 'HEAD, GET, POST', '']);
  });

  test.each(['/home', '/signin', '/list/ticket', '/nowhere', '/livez'])('is never HEAD: %s', async (path) => {
    const [head, get] = [await send('HEAD', path, {}), await send('GET', path, {})];
    expect([head.status, head.body]).toEqual([get.status, '']);
    for (const name of ['content-type', 'content-length', 'etag', 'cache-control', 'location']) {
      expect([name, head.headers[name]]).toEqual([name, get.headers[name]]);
    }
  });
});
