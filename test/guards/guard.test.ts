import { afterEach, describe, expect, test, vi } from 'vitest';
import { Deadline, LateError, LeftError, Stop, type StopSignal } from '../../src/deadline.ts';
import { createGuard } from '../../src/guard.ts';
import type { RowSource, Rows, Scope } from '../../src/provider.ts';
import { BusyError, GarbageError, PausedError } from '../../src/provider-error.ts';
import type { LimitsOptions } from '../../src/provider-limits.ts';

const ROWS: Rows = { rows: [[1, 'good']], total: 1 };

const visitor = (user: number): Scope => ({
  customer: user,
  user,
  name: '',
  login: '',
  level: 5,
  language: 'en',
  zone: 'UTC',
  theme: 'system',
  rows: 25,
  now: new Date(0),
  session: 'one',
});

/** Asks a provider through its guard. */
function guarded(source: (signal: StopSignal, scope: Scope) => Promise<Rows>, options?: LimitsOptions) {
  const prepare = () => ((scope, _window, signal) => source(signal as StopSignal, scope)) as RowSource;
  const ask = createGuard(options)('tickets', prepare)({ fields: [], sort: [] });
  return (user = 1, signal: StopSignal = new Stop()) => ask(visitor(user), { limit: 5, offset: 0 }, signal);
}

const untilStopped = (signal: StopSignal) =>
  new Promise<Rows>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
const never = () => new Promise<Rows>(() => {});
const late = () => new LateError('No rows after 1 ms');
const left = () => new LeftError('The visitor is gone');
const failureOf = (rows: Promise<unknown>) => rows.then(() => undefined).catch((error: unknown) => error);

afterEach(() => {
  vi.useRealTimers();
});

describe('a call that several wait for', () => {
  test('goes on when one leaves, and is stopped when the last one does', async () => {
    let signal: StopSignal | undefined;
    const ask = guarded((given) => untilStopped((signal = given)));
    const stops = [new Stop(), new Stop()];
    const rows = stops.map((stop) => failureOf(ask(1, stop)));
    stops[0]?.end(left());
    expect(signal?.aborted).toBe(false);
    stops[1]?.end(left());
    expect(signal?.aborted).toBe(true);
    expect(await rows[1]).toBeInstanceOf(LeftError);
  });

  test('is joined by nobody once somebody waited as long as they may', async () => {
    let calls = 0;
    const ask = guarded(() => {
      calls += 1;
      return never();
    });
    const stops = [new Stop(), new Stop()];
    for (const stop of stops) ask(1, stop).catch(() => {});
    stops[0]?.end(late());
    expect(calls).toBe(1);
    ask(1).catch(() => {});
    await vi.waitFor(() => expect(calls).toBe(2));
  });

  test('is not begun for who is gone already', async () => {
    const stop = new Stop();
    stop.end(left());
    let isStopped = false;
    const ask = guarded((signal) => {
      isStopped = signal.aborted;
      return untilStopped(signal);
    });
    expect(await failureOf(ask(1, stop))).toBeInstanceOf(LeftError);
    expect(isStopped).toBe(false);
  });
});

describe('a provider with very many calls', () => {
  test('has 32 at once, and those after it get their turn', async () => {
    let running = 0;
    let most = 0;
    const ask = guarded(async () => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      return ROWS;
    });
    const all = await Promise.all(Array.from({ length: 200 }, (_, user) => ask(user)));
    expect(all).toHaveLength(200);
    expect(most).toBe(32);
  });

  test('turns the rest away with one failure for all of them', async () => {
    const ask = guarded(never);
    const stops: Stop[] = [];
    const turnedAway = new Set<unknown>();
    for (let user = 0; user < 1100; user += 1) {
      const stop = new Stop();
      stops.push(stop);
      ask(user, stop).catch((error: unknown) => turnedAway.add(error));
    }
    await vi.waitFor(() => expect(turnedAway.size).toBe(1));
    expect([...turnedAway][0]).toBeInstanceOf(BusyError);
    for (const stop of stops) stop.end(left());
  });

  test('that does not listen keeps the places of calls that go on', async () => {
    let calls = 0;
    const ask = guarded(() => {
      calls += 1;
      return never();
    });
    const failures: unknown[] = [];
    for (let user = 0; user < 60; user += 1) {
      const stop = new Stop();
      const rows = failureOf(ask(user, stop));
      await new Promise((resolve) => setImmediate(resolve));
      stop.end(left());
      failures.push(await rows);
    }
    expect(calls).toBe(32);
    expect(failures.at(-1)).toBeInstanceOf(BusyError);
  });

  test('that listens gives the places back', async () => {
    let calls = 0;
    const ask = guarded((signal) => {
      calls += 1;
      return untilStopped(signal);
    });
    for (let user = 0; user < 60; user += 1) {
      const stop = new Stop();
      const rows = failureOf(ask(user, stop));
      await Promise.resolve();
      stop.end(left());
      await rows;
    }
    expect(calls).toBe(60);
  });
});

describe('a provider that fails again and again', () => {
  test('is tried by one call while the others are told at once, and is left alone for longer each time', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const told: boolean[] = [];
    let calls = 0;
    const answers: ((isWell: boolean) => void)[] = [];
    const ask = guarded(
      () =>
        new Promise<Rows>((resolve, reject) => {
          calls += 1;
          answers.push((isWell) => (isWell ? resolve(ROWS) : reject(new Error('down'))));
        }),
      { onPause: (_func, isPaused) => told.push(isPaused) },
    );
    const fail = async () => {
      const failed = failureOf(ask());
      await vi.waitFor(() => expect(answers).toHaveLength(1));
      answers.pop()?.(false);
      return failed;
    };
    for (let time = 0; time < 5; time += 1) await fail();
    const refused = (await failureOf(ask(2))) as PausedError;
    expect(refused).toBeInstanceOf(PausedError);
    expect(refused.cause).toEqual(new Error('down'));
    for (const pause of [2000, 4000, 8000, 15_000, 15_000]) {
      vi.setSystemTime(Date.now() + pause - 1);
      expect(await failureOf(ask(2))).toBeInstanceOf(PausedError);
      vi.setSystemTime(Date.now() + 1);
      const trial = failureOf(ask(1));
      await vi.waitFor(() => expect(answers).toHaveLength(1));
      expect(await failureOf(ask(2))).toBeInstanceOf(PausedError);
      answers.pop()?.(false);
      expect(await trial).toEqual(new Error('down'));
    }
    expect(calls).toBe(10);
    expect(told).toEqual([true]);
    vi.setSystemTime(Date.now() + 15_000);
    const well = ask();
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    answers.pop()?.(true);
    expect(await well).toBe(ROWS);
    expect(told).toEqual([true, false]);
  });

  test('is not well because who tried it left', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const told: boolean[] = [];
    let isDown = true;
    const ask = guarded((signal) => (isDown ? Promise.reject(new Error('down')) : untilStopped(signal)), {
      onPause: (_func, isPaused) => told.push(isPaused),
    });
    for (let time = 0; time < 5; time += 1) await failureOf(ask());
    isDown = false;
    vi.setSystemTime(Date.now() + 2000);
    const stop = new Stop();
    const trial = failureOf(ask(1, stop));
    await Promise.resolve();
    stop.end(left());
    expect(await trial).toBeInstanceOf(LeftError);
    expect(await failureOf(ask(2))).toBeInstanceOf(PausedError);
    expect(told).toEqual([true]);
  });

  test('is not left alone because visitors leave', async () => {
    let calls = 0;
    const ask = guarded((signal) => {
      calls += 1;
      return untilStopped(signal);
    });
    for (let time = 0; time < 20; time += 1) {
      const stop = new Stop();
      const rows = failureOf(ask(1, stop));
      await Promise.resolve();
      stop.end(left());
      await rows;
    }
    expect(calls).toBe(20);
  });
});

describe('what a provider returns', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['no rows', { total: 1 }],
    ['no total', { rows: [] }],
    ['rows that are none', { rows: [null], total: 1 }],
    ['values that are none', { rows: [[{}]], total: 1 }],
    ['more rows than a page holds', { rows: Array.from({ length: 20_001 }, () => [1]), total: 20_001 }],
    ['more text than a page holds', { rows: [['x'.repeat(8_000_001)]], total: 1 }],
  ])('fails when it is %s', async (_what, found) => {
    expect(await failureOf(guarded(() => Promise.resolve(found as Rows))())).toBeInstanceOf(Error);
  });

  test('comes through when it is rows', async () => {
    expect(await guarded(() => Promise.resolve(ROWS))()).toBe(ROWS);
  });

  test('may be an error that is none', async () => {
    expect(await failureOf(guarded(() => Promise.reject(undefined))())).toBeInstanceOf(GarbageError);
  });
});

describe('the end of a time', () => {
  test('is later when the process was held up, and not when it was not', async () => {
    const ends: string[] = [];
    const held = new Deadline(30);
    held.addEventListener('abort', () => ends.push('held'));
    const until = performance.now() + 80;
    while (performance.now() < until);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(ends).toEqual([]);
    await vi.waitFor(() => expect(ends).toEqual(['held']));
  });
});
