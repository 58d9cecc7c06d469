import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as columnKinds from '../../src/columns/index.ts';
import { filterOf, soughtOf, visibleList } from '../../src/pipeline/list-filter.ts';
import { lastPage, readListState, viewListState, windowOf, writeListState } from '../../src/pipeline/list-page.ts';
import { defineProvider } from '../../src/provider.ts';
import { codeProvider } from '../../src/sources/index.ts';

const provider = codeProvider(
  defineProvider({
    name: 'ticket',
    key: 'id',
    columns: [
      { name: 'subject', sortable: true },
      { name: 'updated', sortable: true, sorted: 'desc' },
      {
        name: 'status',
        type: 'msg',
        sortable: true,
        props: [
          { name: 'waiting', on: 'p-wait' },
          { name: 'new', on: 'p-new' },
        ],
      },
      { name: 'status_text' },
      { name: 'note' },
    ],
    sample: [{ id: 1 }],
    rows: async () => [],
  }),
  undefined,
);
const texts: Readonly<Record<string, string>> = {
  status: 'Status',
  status_new: 'New',
  status_waiting: 'Waits for you',
  status_closed: 'Closed',
  status_text: 'In words',
};
const kindOf = ({ type }: { type: string }) =>
  Object.values(columnKinds).find(({ types }) => types.includes(type)) ?? columnKinds.text;
const list = visibleList({ name: 'ticket', columns: provider.columns, rows: 25 }, Object.keys(texts), kindOf);
const read = (query: string) => readListState(new URLSearchParams(query), list);
const answer = (total: number) => ({ total, shown: 25, hasNext: true });
const view = (query: string, total = 1000) => viewListState(read(query), list, answer(total));
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
    expect(asked.size).toBeLessThanOrEqual(1 + 6 + 6 * 4 + 6 * 4 * 2);
  });

  test.each([
    ['', 25],
    ['rows=50', 50],
    ['rows=7', 25],
    ['rows=1e2', 25],
    ['rows=1000000', 25],
  ])('says how many rows a page has: %s', (query, rows) => {
    expect(read(query).rows).toBe(rows);
  });

  test.each([
    ['find=%20two%0Awords%20', { find: 'two words', states: {} }],
    ['find=%00', { find: '', states: {} }],
    [`find=${'x'.repeat(500)}`, { find: 'x'.repeat(100), states: {} }],
    ['status=waiting', { find: '', states: { status: 'waiting' } }],
    ['status=', { find: '', states: {} }],
    ['status=text', { find: '', states: {} }],
    ['status=__proto__', { find: '', states: {} }],
    ['subject=x&id=1', { find: '', states: {} }],
  ])('says which rows are wanted: %.40s', (query, wanted) => {
    expect(read(query)).toMatchObject(wanted);
    expect(Object.keys(read(query).states)).toEqual(Object.keys(wanted.states));
  });

  test('comes back to the same state from each link it leads to', () => {
    const word = fc.constantFrom('', 'sort=subject', 'sort=-status,subject', 'find=a%26b', 'status=new', 'rows=50');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.array(word, { maxLength: 4 }), (page, said) => {
        const state = read(`page=${page}&${said.join('&')}`);
        const { pager, here } = viewListState(state, list, answer(1000));
        const back = (address: string) =>
          readListState(new URL(address, 'http://panel.example/list/ticket').searchParams, list);
        expect(back(here)).toEqual(state);
        for (const step of pager.steps)
          if (step.address) expect(back(step.address)).toEqual({ ...state, page: step.page });
      }),
      { seed: 1 },
    );
  });

  test('is short and legible', () => {
    expect(writeListState(read('page=2&find=два+слова&status=new&sort=-status,subject&rows=50'), '/list/ticket')).toBe(
      '/list/ticket?find=%D0%B4%D0%B2%D0%B0+%D1%81%D0%BB%D0%BE%D0%B2%D0%B0&status=new&sort=-status,subject&rows=50&page=2',
    );
  });
});

describe('the filter of a list page', () => {
  test('offers the values of a column that have a text, those with an icon first', () => {
    expect([...list.states]).toEqual([['status', ['waiting', 'new', 'closed']]]);
  });

  test('asks nothing that the state does not ask', () => {
    const filter = (query: string) => filterOf(read(query), list, kindOf);
    expect(filter('sort=subject&page=2')).toBeUndefined();
    expect(filter('status=new')).toEqual({ texts: [], coded: [], states: ['status'] });
    expect(filter('find=x')).toEqual({
      texts: ['subject', 'updated', 'status_text', 'note'],
      coded: ['status'],
      states: [],
    });
  });

  test('finds a value by the text that the visitor sees', () => {
    const state = read('find=WAITS&status=new');
    const filter = filterOf(state, list, kindOf) ?? { texts: [], coded: [], states: [] };
    const sought = soughtOf(filter, state, list, { keys: Object.keys(texts), text: (key) => texts[key] });
    expect(sought).toEqual({ find: 'WAITS', coded: { status: ['waiting'] }, states: { status: 'new' } });
  });
});

describe('the links of a list page', () => {
  const steps = (page: number, total: number) =>
    view(`page=${page}`, total).pager.steps.map((step) => step.page ?? '…');

  test.each([
    [1, 0, [1]],
    [1, 25, [1]],
    [1, 26, [1, 2]],
    [1, 1000, [1, 2, '…', 40]],
    [2, 1000, [1, 2, 3, '…', 40]],
    [20, 1000, [1, '…', 19, 20, 21, '…', 40]],
    [40, 1000, [1, '…', 39, 40]],
    [1, 1001, [1, 2]],
    [900, 1001, [1, '…', 899, 900, 901]],
  ])('lead from page %d of %d rows to the first, the last that is known and those around', (page, total, wanted) => {
    expect(steps(page, total)).toEqual(wanted);
  });

  const orders = (query: string) =>
    Object.fromEntries(
      Object.entries(view(query).sorts).map(([column, { address, also }]) => [column, [address, also]]),
    );

  test('turn the order of the column that is sorted by, and begin upwards with another', () => {
    expect(orders('sort=subject')).toEqual({
      subject: ['?sort=-subject', undefined],
      updated: ['?sort=updated', '?sort=subject,updated'],
      status: ['?sort=status', '?sort=subject,status'],
    });
  });

  test('put a column behind those before, or turn it where it is', () => {
    const { subject, updated, status } = orders('sort=subject,-updated&find=x&page=3');
    expect(subject).toEqual(['?find=x&sort=-subject', '?find=x&sort=-subject,-updated']);
    expect(updated).toEqual(['?find=x&sort=updated', '?find=x&sort=subject,updated']);
    expect(status).toEqual(['?find=x&sort=status', '?find=x&sort=subject,-updated,status']);
  });

  test('add nothing to an order that the visitor did not choose', () => {
    expect(orders('').subject).toEqual(['?sort=subject', undefined]);
    expect(view('').sorts.updated).toMatchObject({
      address: '?sort=updated',
      direction: 'descending',
      rank: undefined,
    });
  });

  test('say the rows that are shown', () => {
    const shown = (page: number, rows: number) => {
      const { first, last } = viewListState(read(`page=${page}`), list, {
        total: 60,
        shown: rows,
        hasNext: false,
      }).pager;
      return [first, last];
    };
    expect([shown(1, 0), shown(1, 7), shown(2, 25), shown(3, 10)]).toEqual([
      [0, 0],
      [1, 7],
      [26, 50],
      [51, 60],
    ]);
  });

  test('cut the pages without a gap or a row twice, and see one row further', () => {
    expect([1, 2, 3].map((page) => windowOf(read(`page=${page}&rows=10`)))).toEqual(
      [0, 10, 20].map((offset) => ({ limit: 11, offset })),
    );
    expect([0, 1, 25, 26, 1e6].map((total) => lastPage(total, 25))).toEqual([1, 1, 1, 2, 40]);
  });
});
