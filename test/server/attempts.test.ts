import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Attempt, type Attempts, createAttempts } from '../../src/server/attempts.ts';

const MINUTE = 60_000;
const alice: Attempt = { login: 'alice', network: '192.0.2.7', browser: undefined };

let attempts: Attempts;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-14T09:26:53Z') });
  attempts = createAttempts();
});
afterEach(() => vi.useRealTimers());

const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);
/** How many of so many tries are let through. */
async function allowed(count: number, attemptOf: (n: number) => Attempt): Promise<number> {
  const waits = await Promise.all(Array.from({ length: count }, (_, n) => attempts.count(attemptOf(n))));
  return waits.filter((wait) => wait === undefined).length;
}

describe('tries at one account from one place', () => {
  test('are ten, also when all come at once, and then none for a quarter of an hour', async () => {
    expect(await allowed(50, () => alice)).toBe(10);
    expect(await attempts.count(alice)).toBe(900);
    pass(14 * MINUTE);
    expect(await attempts.count(alice)).toBe(60);
    pass(MINUTE);
    expect(await attempts.count(alice)).toBeUndefined();
  });

  test('wait twice as long each time of a day, up to eight hours', async () => {
    const waits: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      expect(await allowed(12, () => alice)).toBe(10);
      const wait = (await attempts.count(alice)) ?? 0;
      waits.push(wait / 60);
      pass(wait * 1000);
    }
    expect(waits).toEqual([15, 30, 60, 120, 240, 480, 480]);
    pass(24 * 60 * MINUTE);
    await allowed(10, () => alice);
    expect(await attempts.count(alice)).toBe(900);
  });

  test('are forgotten when one is right', async () => {
    expect(await allowed(9, () => alice)).toBe(9);
    expect(await attempts.count(alice)).toBeUndefined();
    await attempts.forgive(alice);
    expect(await allowed(20, () => alice)).toBe(10);
    expect(await attempts.count(alice)).toBe(900);
  });

  test('are no matter of other accounts and other places', async () => {
    await allowed(11, () => alice);
    expect(await attempts.count({ ...alice, login: 'bob' })).toBeUndefined();
    expect(await attempts.count({ ...alice, network: '192.0.2.8' })).toBeUndefined();
  });
});

describe('tries from one network', () => {
  test('are thirty wrong ones, whoever they are for', async () => {
    expect(await allowed(40, (n) => ({ ...alice, login: `user${n}` }))).toBe(30);
    expect(await attempts.count({ ...alice, login: 'another' })).toBe(900);
    expect(await attempts.count({ ...alice, network: '2001:db8:0:1' })).toBeUndefined();
  });

  test('do not count when they are right', async () => {
    for (let count = 0; count < 100; count += 1) {
      const attempt = { ...alice, login: `user${count}` };
      expect(await attempts.count(attempt)).toBeUndefined();
      await attempts.forgive(attempt);
    }
  });

  test('are not made fewer by signing in to an account of one’s own', async () => {
    let wrong = 0;
    for (let count = 0; count < 100; count += 1) {
      if ((await attempts.count({ ...alice, login: `user${count}` })) === undefined) wrong += 1;
      const own = { ...alice, login: 'mallory' };
      if ((await attempts.count(own)) === undefined) await attempts.forgive(own);
    }
    expect(wrong).toBe(30);
  });
});

describe('tries at one account from everywhere', () => {
  const elsewhere = (n: number) => ({ ...alice, network: `198.51.100.${n}` });

  test('are fifty, and refused ones count nowhere', async () => {
    expect(await allowed(200, elsewhere)).toBe(50);
    expect(await attempts.count({ ...elsewhere(199), login: 'bob' })).toBeUndefined();
  });

  test('do not lock out a browser that signed in before, which has its own ten', async () => {
    await allowed(200, elsewhere);
    await allowed(200, (n) => ({ ...alice, login: `user${n}` }));
    expect(await attempts.count(alice)).toBeGreaterThan(0);
    expect(await allowed(20, () => ({ ...alice, browser: 'b1' }))).toBe(10);
    expect(await attempts.count({ ...alice, browser: 'b2' })).toBeUndefined();
  });
});
