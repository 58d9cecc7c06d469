import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BoundBlock } from '../../src/block.ts';
import { createBlockRows } from '../../src/block-rows.ts';
import type { StopSignal } from '../../src/deadline.ts';
import { createGuard } from '../../src/guard.ts';
import { CLOSED } from '../../src/keep.ts';
import type { RowSource, Rows, Scope } from '../../src/provider.ts';
import { sharedSource } from '../../src/sources/shared.ts';
import { type Bed, startBed } from '../support/bed.ts';

let bed: Bed;
let alice: Scope;
beforeAll(async () => {
  bed = await startBed({ customers: 1 });
  alice = await bed.scopeOf('alice');
});
afterAll(() => bed.stop());

const visitor = (number: number): Scope => ({ ...alice, customer: number, user: number, session: `of ${number}` });

/** A block of rows as a plan holds it, of a provider behind its guard. */
function blockOf(name: string, source: RowSource, timeout = 400): BoundBlock {
  const guarded = createGuard()(name, () => source)({ fields: [], sort: [] });
  const list = { func: name, identity: name, limit: 5, at: { owner: undefined }, source: guarded };
  return { name, list, timeout, cache: 0, stale: 0 } as unknown as BoundBlock;
}

/** What blocks ask for, and what went into the log. */
function asking() {
  const lines: { name: string; incident: string }[] = [];
  const rows = createBlockRows({
    reports: undefined as never,
    notices: undefined as never,
    onFailure({ name }) {
      const incident = `incident ${lines.length}`;
      lines.push({ name, incident });
      return incident;
    },
  });
  return { lines, ask: (scope: Scope, ...blocks: BoundBlock[]) => rows.ask(blocks, { scope, shelf: CLOSED }) };
}

const good: RowSource = async () => ({ rows: [[1]], total: 1 });
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('fifty visitors beside a provider that never answers', () => {
  /** When the good block of each has come, in milliseconds; the 99th of a hundred. */
  const lastOf = async (hangs: boolean) => {
    const { ask, lines } = asking();
    const blocks = [blockOf('odd', hangs ? () => new Promise(() => {}) : good), blockOf('good', good)];
    const started = performance.now();
    const asked = Array.from({ length: 50 }, (_, number) => ask(visitor(number), ...blocks));
    const times = await Promise.all(
      asked.map(async ({ coming }) => {
        await coming.get('good');
        return performance.now() - started;
      }),
    );
    await Promise.all(asked.map(({ whole }) => whole));
    const states = asked.map(({ outcomes }) => [outcomes.get('good')?.state, outcomes.get('odd')?.state].join(' '));
    return { last: Math.max(...times), whole: performance.now() - started, states: new Set(states), lines };
  };

  test('have all other blocks as soon as without it', async () => {
    const [without, beside] = [await lastOf(false), await lastOf(true)];
    expect(without.states).toEqual(new Set(['ready ready']));
    expect(beside.states).toEqual(new Set(['ready failed']));
    expect(beside.last).toBeLessThan(without.last + 100);
    expect(beside.whole).toBeLessThan(1500);
    expect(beside.lines.length).toBeGreaterThan(0);
    expect(beside.lines.every(({ name }) => name === 'odd')).toBe(true);
  });
});

describe('a visitor who leaves', () => {
  test('stops what nobody else waits for, and is no failure', async () => {
    const { ask, lines } = asking();
    const signals: StopSignal[] = [];
    const slow: RowSource = (_scope, _window, signal) => {
      signals.push(signal as StopSignal);
      return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    };
    const asked = ask(visitor(1), blockOf('odd', slow, 5000), blockOf('good', good));
    await asked.coming.get('good');
    asked.leave();
    await asked.whole;
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(lines).toEqual([]);
  });

  test('spoils nothing for those who wait for the same, not even as the first', async () => {
    const { ask, lines } = asking();
    const block = blockOf('odd', () => pause(50).then((): Rows => ({ rows: [[1]], total: 1 })), 5000);
    const [first, second] = [ask(visitor(1), block), ask(visitor(1), block)];
    first.leave();
    await second.whole;
    expect(second.outcomes.get('odd')?.state).toBe('ready');
    expect(lines).toEqual([]);
  });

  test('of a thousand who ask for what is shared, was not the one whom the call is for', async () => {
    const { ask, lines } = asking();
    let calls = 0;
    const read = createGuard()('news', () => async (_scope, _window, signal) => {
      calls += 1;
      await pause(100);
      if (signal?.aborted) throw signal.reason;
      return { rows: [[1, 'For all']], total: 1 };
    });
    const shared = sharedSource(read, { fields: ['id', 'text'], owner: undefined, seconds: 30 });
    const block = blockOf('news', shared({ fields: ['id', 'text'], sort: [] }), 5000);
    const asked = Array.from({ length: 1000 }, (_, number) => ask(visitor(number), block));
    for (const one of asked.slice(0, 10)) one.leave();
    const stayed = asked.slice(10);
    await Promise.all(stayed.map(({ whole }) => whole));
    expect(calls).toBe(1);
    expect(new Set(stayed.map(({ outcomes }) => outcomes.get('news')?.state))).toEqual(new Set(['ready']));
    expect(lines).toEqual([]);
  });
});
