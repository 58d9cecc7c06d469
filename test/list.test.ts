import { describe, expect, test } from 'vitest';
import * as columns from '../src/columns/index.ts';
import type { FunctionDescription } from '../src/function.ts';
import { levelTest } from '../src/level.ts';
import { bindList, declaredSort, type ListNames } from '../src/list.ts';
import { type ButtonDefinition, type ColumnDefinition, defineProvider, type RowQuery } from '../src/provider.ts';
import { codeProvider } from '../src/sources/index.ts';

const form = (name: string, level?: string): FunctionDescription => ({ name, type: 'form', level: levelTest(level) });
const functions = new Map(
  [form('ticket.edit'), form('ticket.new'), form('ticket.delete', 'admin')].map((one) => [one.name, one]),
);
const kinds = Object.values(columns);

function namesFor(level: number): ListNames {
  return { level, functions, kindOf: ({ type }) => kinds.find(({ types }) => types.includes(type)) ?? columns.text };
}

function listOf(change: {
  columns?: ColumnDefinition[];
  buttons?: ButtonDefinition[];
  level?: number;
  keyname?: 'subject' | 'status';
}) {
  const definition = defineProvider({
    name: 'ticket',
    level: 'registered',
    key: 'id',
    keyname: change.keyname ?? 'subject',
    columns: change.columns ?? [{ name: 'subject' }],
    buttons: change.buttons ?? [],
    sample: [{ id: 1, customer_id: 1, subject: '', status: 'new', flag: 'on', currency: 'EUR' }],
    rows: async () => [],
  });
  const provider = codeProvider(definition, undefined);
  const queries: RowQuery[] = [];
  const prepare = (query: RowQuery) => {
    queries.push(query);
    return provider.prepare(query);
  };
  const { columns: all, buttons } = provider;
  const list = bindList(
    { provider: { ...provider, prepare }, columns: all, buttons, sort: declaredSort(all), limit: undefined },
    namesFor(change.level ?? 5),
  );
  return { list, query: queries[0] };
}

describe('a bound list', () => {
  test('asks for the fields it shows and those that keys, owners, conditions and icons need, each once', () => {
    const { query } = listOf({
      columns: [
        { name: 'subject' },
        { name: 'sum', type: 'money' },
        { name: 'state', type: 'prop', props: [{ name: 'flag' }, { name: 'not-a-field' }] },
      ],
      buttons: [
        {
          name: 'edit',
          type: 'edit',
          func: 'ticket.edit',
          conditions: [{ kind: 'hide', field: 'status', value: 'new' }],
        },
      ],
    });
    expect(query?.fields).toEqual(['id', 'subject', 'customer_id', 'sum', 'currency', 'state', 'flag', 'status']);
  });

  test('does not ask for a column of another level, nor for what its button needs', () => {
    const { list, query } = listOf({
      columns: [{ name: 'subject' }, { name: 'margin', level: 'admin' }],
      buttons: [
        {
          name: 'delete',
          type: 'edit',
          func: 'ticket.delete',
          conditions: [{ kind: 'hide', field: 'cost', value: '1' }],
        },
        {
          name: 'edit',
          type: 'edit',
          func: 'ticket.edit',
          conditions: [{ kind: 'hide', field: 'note', value: '1', level: '7' }],
        },
      ],
    });
    expect(query?.fields).toEqual(['id', 'subject', 'customer_id']);
    expect(list.actions.map(({ name }) => name)).toEqual(['edit']);
    expect(list.actions[0]?.isOffered(['1', 'x', 1])).toBe(true);
  });

  test('asks for a hidden column and does not show it', () => {
    const { list, query } = listOf({
      columns: [{ name: 'subject' }, { name: 'urgency', hidden: true, sorted: 'asc' }],
    });
    expect(query?.fields).toContain('urgency');
    expect(list.columns.map(({ name }) => name)).toEqual(['subject']);
    expect(query?.sort).toEqual([
      { column: 'urgency', descending: false },
      { column: 'id', descending: false },
    ]);
  });

  test('is sorted by its key last, so that no two rows are equal', () => {
    expect(listOf({}).query?.sort).toEqual([{ column: 'id', descending: false }]);
    expect(listOf({ columns: [{ name: 'id', sorted: 'desc' }] }).query?.sort).toEqual([
      { column: 'id', descending: true },
    ]);
  });

  test('leads to its own new button when it is empty, if the level may', () => {
    const add: ButtonDefinition = { name: 'new', type: 'new', func: 'ticket.new' };
    expect(listOf({ buttons: [add] }).list.emptyAction).toMatchObject({
      name: 'new',
      address: '/form/ticket.new',
      needsRow: false,
    });
    expect(listOf({ buttons: [{ ...add, level: 'admin' }] }).list.emptyAction).toBeUndefined();
    expect(listOf({ buttons: [{ ...add, func: 'ticket.delete' }] }).list.emptyAction).toBeUndefined();
    expect(listOf({ buttons: [add] }).list.actions).toEqual([]);
  });

  test('leads from its page to what a button opens that needs no row, if the level may', () => {
    const open: ButtonDefinition = { name: 'all', type: 'func', func: 'ticket.new' };
    const { list } = listOf({ buttons: [open, { ...open, name: 'gone', func: 'ticket.delete' }] });
    expect(list.links).toMatchObject([{ name: 'all', address: '/form/ticket.new', needsRow: false }]);
    expect(list.actions).toEqual([]);
  });

  test('knows equal questions by an equal number', () => {
    const identity = (change: Parameters<typeof listOf>[0]) => listOf(change).list.identity;
    expect(identity({})).toBe(identity({}));
    expect(
      new Set(
        [{}, { keyname: 'status' as const }, { columns: [{ name: 'subject', sorted: 'desc' as const }] }].map(identity),
      ).size,
    ).toBe(3);
  });
});

describe('an action', () => {
  const offered = (conditions: ButtonDefinition['conditions'], status: string | number | boolean | null) => {
    const { list } = listOf({ buttons: [{ name: 'edit', type: 'edit', func: 'ticket.edit', conditions }] });
    const at = list.index('status');
    return list.actions[0]?.isOffered(Array.from({ length: at + 1 }, (_, index) => (index === at ? status : 'x')));
  };
  const hide = (value: string) => ({ kind: 'hide', field: 'status', value }) as const;
  const show = (value: string) => ({ kind: 'show', field: 'status', value }) as const;

  test.each([
    ['no condition', [], 'new', true],
    ['a hide that matches', [hide('new')], 'new', false],
    ['a hide that does not', [hide('new')], 'open', true],
    ['one of several hides', [hide('new'), hide('open')], 'open', false],
    ['a show that matches', [show('new')], 'new', true],
    ['a show that does not', [show('new')], 'open', false],
    ['one of several shows', [show('new'), show('open')], 'open', true],
    ['a hide and a show that both match', [hide('new'), show('new')], 'new', false],
    ['a hide of a number', [hide('1')], 1, false],
    ['a hide of nothing', [hide('')], null, false],
    ['a show of truth', [show('true')], true, true],
  ])('is offered, or not, with %s', (_, conditions, status, isOffered) => {
    expect(offered(conditions, status)).toBe(isOffered);
  });
});

describe('the declared sort', () => {
  test('goes by rank, then by the order of the columns', () => {
    const column = (name: string, sorted: { rank: number; descending: boolean } | undefined) =>
      ({ name, sorted }) as Parameters<typeof declaredSort>[0][number];
    const sort = declaredSort([
      column('c', { rank: 2, descending: true }),
      column('none', undefined),
      column('b', { rank: 1, descending: false }),
      column('a', { rank: 1, descending: true }),
    ]);
    expect(sort.map(({ column, descending }) => `${descending ? '-' : ''}${column}`)).toEqual(['b', '-a', '-c']);
  });
});
