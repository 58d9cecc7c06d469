import { randomBytes } from 'node:crypto';
import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createSessions, createUsers } from '../../src/store/index.ts';
import { type Panel, startPanel } from '../support/panel.ts';

let panel: Panel;
beforeAll(async () => {
  panel = await startPanel();
});
afterAll(() => panel.stop());

interface Stream {
  readonly answer: IncomingMessage;
  readonly heard: string[];
  readonly isOver: () => boolean;
  readonly request: ClientRequest;
}

const streams: Stream[] = [];
afterEach(() => {
  for (const { request } of streams.splice(0)) request.destroy();
});

async function listen(cookie: string, { age = 0, headers = {}, address = panel.address } = {}): Promise<Stream> {
  const heard: string[] = [];
  let isOver = false;
  const request = get(`${address}/events?age=${age}`, { headers: { cookie, ...headers }, agent: false });
  request.on('error', () => {
    isOver = true;
  });
  const answer = await new Promise<IncomingMessage>((resolve) => request.on('response', resolve));
  answer.setEncoding('utf8');
  answer.on('data', (text: string) => {
    for (const [, event] of text.matchAll(/^event: (.*)$/gm)) if (event) heard.push(event);
  });
  answer.on('close', () => {
    isOver = true;
  });
  const stream = { answer, heard, isOver: () => isOver, request };
  streams.push(stream);
  if (answer.statusCode === 200) await vi.waitFor(() => expect(heard).toContain('beat'));
  return stream;
}

const customerOf = async (login: string) =>
  (await panel.database.knex('user').where({ login }).first('customer_id')).customer_id as number;

describe('the events of a page', () => {
  test('come as they are, neither kept nor compressed', async () => {
    const { answer } = await listen(await panel.signIn('alice'), { headers: { 'accept-encoding': 'gzip, br' } });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    expect(answer.headers['content-encoding']).toBeUndefined();
  });

  test('say that something was changed, and neither what nor to others', async () => {
    const [alice, bob] = [await listen(await panel.signIn('alice')), await listen(await panel.signIn('bob'))];
    const customer = await customerOf('alice');
    for (let count = 0; count < 50; count += 1) panel.engine.changed(customer);
    await vi.waitFor(() => expect(alice.heard).toEqual(['beat', 'changed']));
    expect(bob.heard).toEqual(['beat']);
  });

  test('begin with what was changed since the page was drawn', async () => {
    const cookie = await panel.signIn('alice');
    panel.engine.changed(await customerOf('alice'));
    const late = await listen(cookie, { age: 5000 });
    await vi.waitFor(() => expect(late.heard).toEqual(['beat', 'changed']));
  });

  test('are for those who are signed in, and for our own pages', async () => {
    expect(await (await panel.get('/events')).text()).toBe('event: ended\ndata:\n\n');
    const cookie = await panel.signIn('alice');
    expect((await panel.get('/events', { cookie, headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(204);
  });

  test('end with the session, wherever it is ended', async () => {
    const [own, other] = [await panel.signIn('alice'), await panel.signIn('alice')];
    const [here, there] = [await listen(own), await listen(other)];
    await panel.post('/signout', {}, { cookie: own });
    await vi.waitFor(() => expect(here.isOver()).toBe(true));
    expect(here.heard.at(-1)).toBe('ended');
    expect(there.isOver()).toBe(false);
    await panel.post('/signout', { everywhere: 'yes' }, { cookie: other });
    await vi.waitFor(() => expect(there.heard.at(-1)).toBe('ended'));
  });

  test('are for eight pages of a user: the first one is told no more', async () => {
    const cookie = await panel.signIn('bob');
    const first = await listen(cookie);
    for (let count = 0; count < 7; count += 1) await listen(cookie);
    expect(first.isOver()).toBe(false);
    await listen(cookie);
    await vi.waitFor(() => expect(first.isOver()).toBe(true));
    expect(first.heard.at(-1)).toBe('full');
  });

  test('do not keep a session alive', async () => {
    const cookie = await panel.signIn('alice');
    const endOf = async () => {
      const [last] = await panel.database.knex('session').orderBy('expires', 'desc').limit(1).pluck('expires');
      return last as string;
    };
    const before = await endOf();
    panel.clock = new Date(panel.clock.getTime() + 10 * 60_000);
    await listen(cookie);
    await panel.get('/block/tickets', { cookie, headers: { 'x-refresh': 'yes' } });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await endOf()).toBe(before);
    await panel.get('/block/tickets', { cookie });
    panel.clock = new Date(panel.clock.getTime() + 10_000);
    await panel.get('/block/tickets', { cookie });
    await vi.waitFor(async () => expect(await endOf()).not.toBe(before));
  });

  test('do not keep the server from stopping', async () => {
    const short = await startPanel({ customers: 1 });
    const stream = await listen(await short.signIn('alice'), { address: short.address });
    const started = performance.now();
    await short.stop();
    expect(performance.now() - started).toBeLessThan(450);
    expect(stream.isOver()).toBe(true);
  });

  test('cost little memory, 500 pages of them', async () => {
    const { database } = panel;
    const users = createUsers(database);
    const sessions = createSessions(database, { clock: () => panel.clock, random: randomBytes });
    const { id: _, ...alice } = await database.knex('user').where({ login: 'alice' }).first();
    const logins = Array.from({ length: 63 }, (_one, number) => `alice${number}`);
    await database.knex('user').insert(logins.map((login) => ({ ...alice, login })));
    const cookies = await Promise.all(
      logins.map(async (login) => {
        const user = await users.byLogin(login);
        if (!user) throw new Error('Nobody');
        return `lintel=${await sessions.open(user, { address: '', agent: '' })}`;
      }),
    );
    const before = process.memoryUsage().rss;
    const all = await Promise.all(cookies.flatMap((cookie) => Array.from({ length: 8 }, () => listen(cookie))));
    const grown = process.memoryUsage().rss - before;
    panel.engine.changed(alice.customer_id as number);
    await vi.waitFor(() => expect(all.every(({ heard }) => heard.includes('changed'))).toBe(true), { timeout: 5000 });
    // Both ends of each connection are in this process.
    expect(all).toHaveLength(504);
    expect(grown / all.length).toBeLessThan(120_000);
  });
});
