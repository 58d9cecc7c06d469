import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrange, REGIONS } from '../../src/arrangement.ts';
import { movable, movesTo, ordered } from '../../src/order.ts';
import { NO_PREFERENCE, readPreference, writePreference } from '../../src/preference.ts';
import { after, changes, judge, plans } from './pages.ts';

/** `npm run preferences` judges 100,000. */
const CASES = Number(process.env.CASES ?? 3000);

describe('a visitor’s own page', () => {
  test('shows only what is allowed, keeps locks, has each block once, survives a new layout, and is restored', {
    timeout: 600_000,
  }, () => {
    fc.assert(fc.property(plans, changes, plans, judge), { numRuns: CASES });
  });

  test('is judged at all: a page that shows a hidden block is found out', () => {
    const wrong = fc.property(plans, changes, (plan, done) => {
      const own = after(plan, done);
      return arrange(plan, own).blocks.length === plan.blocks.length;
    });
    expect(fc.check(wrong, { numRuns: 500 }).failed).toBe(true);
  });
});

describe('an order', () => {
  const things = fc
    .uniqueArray(fc.constantFrom(...'abcdefgh'.split('')), { minLength: 1 })
    .chain((names) =>
      fc.tuple(
        ...names.map((name) =>
          fc.record({ name: fc.constant(name), place: fc.constantFrom(...REGIONS), isFixed: fc.boolean() }),
        ),
      ),
    );

  test('is reached exactly by its moves, and by none when it is the first one', () => {
    const wanted = things.chain((list) => {
      const names = list.filter(({ isFixed }) => !isFixed).map(({ name }) => name);
      return fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(names, { minLength: names.length }),
        fc.array(fc.nat(2), { minLength: 8, maxLength: 8 }),
      );
    });
    const property = fc.property(wanted, ([list, names, at]) => {
      const order = new Map<string, string[]>(REGIONS.map((region) => [region, []]));
      for (const [index, name] of names.entries()) order.get(REGIONS[at[index] ?? 0] ?? 'top')?.push(name);
      const moves = movesTo(list, order, []);
      expect([...movable(list, moves, REGIONS)]).toEqual([...order]);
      expect(movesTo(list, movable(list, [], REGIONS), moves)).toEqual([]);
    });
    fc.assert(property, { numRuns: 2000 });
  });

  test('puts a new thing after the nearest one before it, and lets what is gone be gone', () => {
    const list = (names: string) => names.split('').map((name) => ({ name, place: 'left', isFixed: false }));
    const moves = movesTo(list('abcd'), new Map([['left', 'dabc'.split('')]]), []);
    expect(moves).toEqual([{ name: 'd', to: 'left', after: [] }]);
    expect(ordered(list('abxcd'), moves, ['left']).get('left')).toEqual('dabxc'.split(''));
    const last = movesTo(list('abcd'), new Map([['left', 'bcda'.split('')]]), []);
    expect(last).toEqual([{ name: 'a', to: 'left', after: ['d', 'c', 'b'] }]);
    expect(ordered(list('abcx'), last, ['left']).get('left')).toEqual('bcax'.split(''));
  });
});

describe('a stored preference', () => {
  test('reads any text without a complaint', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((value) => JSON.stringify({ moves: value, blocks: { a: value } })),
    );
    const property = fc.property(texts, plans, (text, plan) => {
      const own = readPreference(text);
      arrange(plan, own);
      writePreference(own);
    });
    fc.assert(property, { numRuns: 2000 });
  });

  test('is nothing when nothing is changed', () => {
    expect(writePreference(NO_PREFERENCE)).toBeNull();
    expect(readPreference(null)).toBe(NO_PREFERENCE);
    expect(readPreference('')).toBe(NO_PREFERENCE);
  });
});
