import { hash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDemo } from '../../src/billing/demo/index.ts';
import type { Database } from '../../src/database.ts';
import {
  createSessions,
  createUsers,
  migrations,
  type SessionOptions,
  type Sessions,
  type User,
  type Users,
} from '../../src/store/index.ts';
import { type Bed, createOpener, postgresBed, sqliteBed } from '../database/beds.ts';

const postgres = await postgresBed();
const beds: Bed[] = [await sqliteBed(), ...(typeof postgres === 'string' ? [] : [postgres])];
const named = beds.map((bed) => [bed.name, bed] as const);
if (typeof postgres === 'string') test.skip(postgres, () => {});
afterAll(() => Promise.all(beds.map((bed) => bed.stop())));

const minute = 60_000;
const hour = 60 * minute;
const from = { address: '192.0.2.7', agent: 'Firefox on Linux' };
const alice = {
  id: 2,
  login: 'alice',
  name: 'Alice Morgan',
  level: 5,
  customer: 1,
  language: null,
  zone: 'Europe/Berlin',
  theme: 'system',
  rows: null,
  start: null,
  preference: null,
};

const userOf = async (sessions: Sessions, token: string) => (await sessions.find(token))?.user;

describe.each(named)('the store on %s', (_, bed) => {
  const opener = createOpener();
  let db: Database;
  let users: Users;
  beforeAll(async () => {
    db = await opener.open(await bed.create(), { migrations });
    await db.migrate();
    await createDemo(db, { customers: 0, today: new Date('2026-03-14T09:26:53Z') });
    users = createUsers(db);
  });
  afterAll(() => opener.close());

  describe('knows a user', () => {
    test('by login and password', async () => {
      expect(await users.check('alice', 'demo')).toEqual(alice);
      expect(await users.check('admin', 'demo')).toMatchObject({ level: 7, customer: null });
    });

    test('whose phone began the login with a capital and ended it with a space', async () => {
      expect(await users.check(' Alice ', 'demo')).toEqual(alice);
    });

    test.each([
      ['alice', 'Demo'],
      ['alice', ''],
      ['nobody', 'demo'],
      ['', ''],
      ['alice\0', 'demo'],
      ["' or 1=1 --", 'demo'],
      ['%', 'demo'],
    ])('but not %j with %j', async (login, password) => {
      expect(await users.check(login, password)).toBeUndefined();
    });

    test('no faster when there is none: the time tells nothing', async () => {
      const timed = async (login: string) => {
        const started = performance.now();
        await users.check(login, 'wrong');
        return performance.now() - started;
      };
      const fastest = async (login: string) =>
        Math.min(await timed(login), await timed(login), await timed(login), await timed(login));
      const [known, unknown] = [await fastest('alice'), await fastest('nobody')];
      expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(3);
    });

    test('by a mark that no other password, text or user makes', async () => {
      const mark = await users.mark('alice', 'text');
      expect(await users.isMark(' Alice', 'text', mark)).toBe(true);
      for (const [login, text, given] of [
        ['alice', 'other', mark],
        ['bob', 'text', mark],
        ['nobody', 'text', mark],
        ['nobody', 'text', await users.mark('nobody', 'text')],
        ['alice', 'text', ''],
        ['alice', 'text', mark.slice(1)],
        ['alice', 'text', 'é'.repeat(mark.length)],
      ] as const) {
        expect(await users.isMark(login, text, given)).toBe(false);
      }
      const { password } = await db.knex('user').where({ login: 'alice' }).first('password');
      await db
        .knex('user')
        .where({ login: 'alice' })
        .update({ password: `${password}x` });
      expect(await users.isMark('alice', 'text', mark)).toBe(false);
      await db.knex('user').where({ login: 'alice' }).update({ password });
    });

    test('by number', async () => {
      expect(await users.byId(2)).toEqual(alice);
      expect(await users.byId(99)).toBeUndefined();
    });

    test('by login', async () => {
      expect(await users.byLogin('alice')).toEqual(alice);
      expect(await users.byLogin('nobody')).toBeUndefined();
    });

    test('and changes what the user may set, and nothing else', async () => {
      const bob = (await users.byLogin('bob')) as User;
      await users.update(bob.id, { theme: 'dark', language: 'ru' });
      await users.update(bob.id, {});
      await users.update(bob.id, { zone: 'Asia/Tokyo', level: 7 } as object);
      expect(await users.byId(bob.id)).toEqual({ ...bob, theme: 'dark', language: 'ru', zone: 'Asia/Tokyo' });
      await users.update(bob.id, { language: null });
      expect(await users.byId(bob.id)).toMatchObject({ language: null });
    });
  });

  describe('keeps a session', () => {
    let now = Date.parse('2026-03-14T09:26:53Z');
    const start = (options: Partial<SessionOptions> = {}) =>
      createSessions(db, { clock: () => new Date(now), random: randomBytes, ...options });
    const row = (token: string) => db.knex('session').where('id', hash('sha256', token)).first();

    test('under the hash of a token that nobody guesses', async () => {
      const sessions = start();
      const tokens = [await sessions.open(alice as User, from), await sessions.open(alice as User, from)];
      expect(new Set(tokens).size).toBe(2);
      for (const token of tokens) {
        expect(token).toMatch(/^[\w-]{43}$/);
        expect(await userOf(sessions, token)).toEqual(alice);
        expect(JSON.stringify(await db.knex('session').select())).not.toContain(token);
      }
      expect(await row(String(tokens[0]))).toMatchObject({ ...from, user_id: 2, created: '2026-03-14T09:26:53Z' });
    });

    test.each(['', 'x', 'A'.repeat(43), '\0', "' or 1=1 --"])('that %j does not open', async (token) => {
      expect(await userOf(start(), token)).toBeUndefined();
    });

    test('that shows what was changed about its user', async () => {
      const sessions = start();
      const token = await sessions.open(alice as User, from);
      await users.update(2, { theme: 'dark' });
      expect(await userOf(sessions, token)).toEqual({ ...alice, theme: 'dark' });
      await users.update(2, { theme: 'system' });
    });

    test('until it is closed, and no other', async () => {
      const sessions = start();
      const [closed, other] = [await sessions.open(alice as User, from), await sessions.open(alice as User, from)];
      await sessions.close(closed);
      expect(await userOf(sessions, closed)).toBeUndefined();
      expect(await userOf(sessions, other)).toEqual(alice);
    });

    test('until all of its user are closed', async () => {
      const sessions = start();
      const bob = (await users.byLogin('bob')) as User;
      const tokens = [await sessions.open(alice as User, from), await sessions.open(alice as User, from)];
      const ofBob = await sessions.open(bob, from);
      await sessions.closeAll(2);
      expect(await Promise.all(tokens.map((token) => userOf(sessions, token)))).toEqual([undefined, undefined]);
      expect(await userOf(sessions, ofBob)).toMatchObject({ login: 'bob' });
    });

    test('until all others of its user are closed', async () => {
      const sessions = start({ keepSeconds: 5 });
      const bob = (await users.byLogin('bob')) as User;
      const [own, other] = [await sessions.open(alice as User, from), await sessions.open(alice as User, from)];
      const ofBob = await sessions.open(bob, from);
      for (const token of [own, other, ofBob]) await userOf(sessions, token);
      const { name = '' } = (await sessions.find(own)) ?? {};
      await sessions.closeOthers(2, name);
      expect(await Promise.all([own, other, ofBob].map((token) => userOf(sessions, token)))).toEqual([
        alice,
        undefined,
        expect.objectContaining({ login: 'bob' }),
      ]);
      expect(await db.knex('session').where({ user_id: 2 }).select('id')).toEqual([{ id: hash('sha256', own) }]);
      expect(name).toBe(hash('sha256', own).slice(0, 12));
    });

    test('until nobody used it for long', async () => {
      const sessions = start({ idleHours: 2 });
      const token = await sessions.open(alice as User, from);
      now += 2 * hour - 1000;
      expect(await userOf(sessions, token)).toEqual(alice);
      await expect.poll(async () => (await row(token)).seen).toBe(`${new Date(now).toISOString().slice(0, 19)}Z`);
      now += 2 * hour - 1000;
      expect(await userOf(sessions, token)).toEqual(alice);
      await expect.poll(async () => (await row(token)).seen).toBe(`${new Date(now).toISOString().slice(0, 19)}Z`);
      now += 2 * hour;
      expect(await userOf(sessions, token)).toBeUndefined();
    });

    test('but not for ever, however much it is used', async () => {
      const sessions = start({ idleHours: 20, absoluteDays: 2 });
      const token = await sessions.open(alice as User, from);
      for (let hours = 0; hours < 48; hours += 12) {
        expect(await userOf(sessions, token)).toEqual(alice);
        await expect.poll(async () => (await row(token)).seen).toBe(`${new Date(now).toISOString().slice(0, 19)}Z`);
        now += 12 * hour;
      }
      expect(await userOf(sessions, token)).toBeUndefined();
    });

    test('without writing on each request', async () => {
      const sessions = start();
      const token = await sessions.open(alice as User, from);
      const { seen } = await row(token);
      for (let count = 0; count < 10; count += 1) {
        now += 5000;
        await userOf(sessions, token);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect((await row(token)).seen).toBe(seen);
    });

    test('and sweeps out those that ended', async () => {
      const sessions = start();
      now += 400 * 24 * hour;
      await sessions.open(alice as User, from);
      expect(await db.knex('session').count({ n: '*' })).toEqual([{ n: 1 }]);
    });

    test('in memory for as long as it may, but not past a change made here', async () => {
      const sessions = start({ keepSeconds: 5 });
      const token = await sessions.open(alice as User, from);
      await userOf(sessions, token);
      await users.update(2, { theme: 'light' });
      expect(await userOf(sessions, token)).toMatchObject({ theme: 'system' });
      sessions.forget(2);
      expect(await userOf(sessions, token)).toMatchObject({ theme: 'light' });
      await users.update(2, { theme: 'system' });
      now += 5000;
      expect(await userOf(sessions, token)).toMatchObject({ theme: 'system' });
      const late = userOf(sessions, token);
      await sessions.close(token);
      await late;
      expect(await userOf(sessions, token)).toBeUndefined();
    });
  });
});
