import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lastPage, PAGE_SIZE, readListState, viewListState, windowOf } from '../../src/pipeline/list-page.ts';
import { defineProvider } from '../../src/provider.ts';
import { codeProvider } from '../../src/sources/index.ts';

const provider = codeProvider(
  defineProvider({
    name: 'ticket',
    key: 'id',
    columns: [
      { name: 'subject', sortable: true },
      { name: 'updated', sortable: true, sorted: 'desc' },
      { name: 'status', sortable: true },
      { name: 'note' },
    ],
    sample: [{ id: 1 }],
    rows: async () => [],
  }),
  undefined,
);
const read = (query: string) => readListState(new URLSearchParams(query), provider.columns);
const words = ({ sort }: ReturnType<typeof read>) =>
  sort.map(({ column, descending }) => `${descending ? '-' : ''}${column}`);

describe('the address of a list page', () => {
  test.each([
    ['', ['-updated']],
    ['sort=subject', ['subject']],
    ['sort=-subject', ['-subject']],
    ['sort=subject,-status', ['subject', '-status']],
    ['sort=subject,-subject,status', ['subject', 'status']],
    ['sort=nothing,subject', ['subject']],
    ['sort=note', ['-updated']],
    ['sort=id', ['-updated']],
    ["sort=';drop table ticket", ['-updated']],
    ['sort=constructor', ['-updated']],
    ['sort=--subject', ['-updated']],
  ])('says how it is sorted: %s', (query, sort) => {
    expect(words(read(query))).toEqual(sort);
  });

  test.each([
    ['', 1],
    ['page=3', 3],
    ['page=0', 1],
    ['page=-2', 1],
    ['page=2.5', 1],
    ['page=x', 1],
    ['page=1e99', 1],
    ['page=99999999999', 1],
  ])('says which page it is: %s', (query, page) => {
    expect(read(query).page).toBe(page);
  });

  test('asks for a bounded number of different things', () => {
    const word = fc.constantFrom('subject', '-subject', 'updated', '-updated', 'status', '-status', 'note', '');
    const asked = new Set<string>();
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40, size: 'max' }), (all) => {
        asked.add(words(read(`sort=${all.join(',')}`)).join());
      }),
      { numRuns: 2000, seed: 1 },
    );
    expect(asked.size).toBeLessThanOrEqual(1 + 6 + 6 * 4);
  });

  test('comes back to the same state from each link it leads to', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.constantFrom('', 'subject', '-status,subject'), (page, sort) => {
        const state = read(`page=${page}&sort=${sort}`);
        const { pager } = viewListState(state, provider, 1000);
        for (const step of pager.steps) {
          if (!step.address) continue;
          const { searchParams } = new URL(step.address, 'http://panel.example/list/ticket');
          expect(readListState(searchParams, provider.columns)).toEqual({ ...state, page: step.page });
        }
      }),
      { seed: 1 },
    );
  });
});

describe('the links of a list page', () => {
  const steps = (page: number, total: number) =>
    viewListState(read(`page=${page}`), provider, total).pager.steps.map((step) => step.page ?? '…');

  test.each([
    [1, 0, [1]],
    [1, 25, [1]],
    [1, 26, [1, 2]],
    [1, 1000, [1, 2, '…', 40]],
    [2, 1000, [1, 2, 3, '…', 40]],
    [20, 1000, [1, '…', 19, 20, 21, '…', 40]],
    [40, 1000, [1, '…', 39, 40]],
  ])('lead from page %d of %d rows to the first, the last and those around', (page, total, wanted) => {
    expect(steps(page, total)).toEqual(wanted);
  });

  test('turn the order of the column that is sorted by, and begin upwards with another', () => {
    const { sorts } = viewListState(read('sort=subject'), provider, 100);
    expect(sorts).toEqual({ subject: '?sort=-subject', updated: '?sort=updated', status: '?sort=status' });
  });

  test('count the rows that are shown', () => {
    const shown = (page: number, total: number) => {
      const { first, last } = viewListState(read(`page=${page}`), provider, total).pager;
      return [first, last];
    };
    expect([shown(1, 0), shown(1, 7), shown(2, 60), shown(3, 60)]).toEqual([
      [0, 0],
      [1, 7],
      [26, 50],
      [51, 60],
    ]);
  });

  test('cut the pages without a gap or a row twice', () => {
    expect([1, 2, 3].map((page) => windowOf(read(`page=${page}`)))).toEqual(
      [0, PAGE_SIZE, 2 * PAGE_SIZE].map((offset) => ({ limit: PAGE_SIZE, offset })),
    );
    expect([0, 1, 25, 26].map(lastPage)).toEqual([1, 1, 1, 2]);
  });
});
