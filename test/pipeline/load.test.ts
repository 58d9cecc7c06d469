import { describe, expect, test } from 'vitest';
import type { StopSignal } from '../../src/deadline.ts';
import { createGuard } from '../../src/guard.ts';
import type { BoundList } from '../../src/list.ts';
import { load, type OnFailure, startDeadlines } from '../../src/pipeline/load.ts';
import type { Row, RowQuery, RowSource, Rows, Scope } from '../../src/provider.ts';

const scope = { customer: 7, user: 1 } as Scope;
const rowsOf = (...rows: Row[]) => ({ rows, total: rows.length });

async function outcomeOf(source: RowSource, { isOwned = true, milliseconds = 50 } = {}) {
  const failures: Parameters<OnFailure>[0][] = [];
  const list = {
    func: 'ticket',
    source: createGuard()('ticket', () => source)({} as RowQuery),
    at: { key: 0, keyname: 0, owner: isOwned ? 1 : undefined },
  } as unknown as BoundList;
  const deadlines = startDeadlines();
  const wanted = { name: 'tickets', list, window: { limit: 5, offset: 0 }, deadline: deadlines.after(milliseconds) };
  const outcome = await load(wanted, scope, (failure) => `incident-${failures.push(failure)}`);
  deadlines.clear();
  return { outcome, failures };
}

describe('a list that is loaded', () => {
  test('has its rows and their number', async () => {
    const { outcome, failures } = await outcomeOf(async () => ({ rows: [['1', 7]], total: 12 }));
    expect(outcome).toEqual({ state: 'ready', rows: [['1', 7]], total: 12 });
    expect(failures).toEqual([]);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('down');
      },
    ],
    ['rejects', () => Promise.reject(new Error('down'))],
    ['rejects with nothing', () => Promise.reject()],
    ['gives nothing', async () => undefined],
    ['gives rows that are none', async () => ({ rows: null, total: 1 })],
    ['never answers', () => new Promise(() => {})],
  ])('has failed when its provider %s', async (_, source) => {
    const { outcome, failures } = await outcomeOf(source as RowSource);
    expect(outcome).toEqual({ state: 'failed', incident: 'incident-1' });
    expect(failures).toMatchObject([{ name: 'tickets', func: 'ticket', isForeign: false }]);
  });

  test.each([
    [
      'another customer',
      [
        ['1', 7],
        ['2', 8],
      ],
    ],
    ['nobody', [['1', null]]],
    ['a customer whose number is text', [['1', '7']]],
    ['a row that is too short', [['1']]],
  ])('has failed, with an alarm, when a row is of %s', async (_, rows) => {
    const { outcome, failures } = await outcomeOf(async () => rowsOf(...(rows as Row[])));
    expect(outcome.state).toBe('failed');
    expect(failures).toMatchObject([{ isForeign: true }]);
  });

  test('may have any rows when it is no customer’s', async () => {
    const { outcome } = await outcomeOf(async () => rowsOf(['1', 8], ['2', 9]), { isOwned: false });
    expect(outcome).toMatchObject({ state: 'ready', total: 2 });
  });

  test('stops its provider when the time is over, and not before', async () => {
    const signals: (StopSignal | undefined)[] = [];
    const watched =
      (rows: Promise<Rows>): RowSource =>
      (_scope, _window, signal) => {
        signals.push(signal);
        return rows;
      };
    await outcomeOf(watched(Promise.resolve(rowsOf())));
    await outcomeOf(watched(new Promise(() => {})));
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(signals.map((signal) => signal?.aborted)).toEqual([false, true]);
  });

  test('waits no longer for one than for another', async () => {
    const started = performance.now();
    await Promise.all([20, 40, 60].map((milliseconds) => outcomeOf(() => new Promise(() => {}), { milliseconds })));
    expect(performance.now() - started).toBeLessThan(400);
  });
});
