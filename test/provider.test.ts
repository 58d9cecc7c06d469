import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { billing } from '../src/billing/index.ts';
import { createCatalogue } from '../src/catalogue.ts';
import { iconNames, PACKAGE, readContent } from '../src/content.ts';
import type { Provider, Row, RowQuery, Rows, Scope, Sort, Value, Window } from '../src/provider.ts';
import { compileContent } from '../src/revision.ts';
import { type Bed, startBed } from './support/bed.ts';

/** Everything of a provider that a host application may rely on, whether it is a definition or code. */
const files = readContent([PACKAGE]);
const definitions = files.documents.flatMap(({ path, bytes }) =>
  path.startsWith('data/')
    ? [
        ...Buffer.from(bytes)
          .toString()
          .matchAll(/<metadata name="([^"]+)" type="list"/g),
      ].map(([, name = '']) => name)
    : [],
);
const names = [...definitions, ...billing.providers.map(({ name }) => name)];
const LEVELS = [5, 7];
const ALL: Window = { limit: undefined, offset: 0 };

let bed: Bed;
let providers: Map<string, Provider>;
let people: Scope[];
beforeAll(async () => {
  bed = await startBed();
  people = await Promise.all(['alice', 'max', 'admin'].map((login) => bed.scopeOf(login)));
  for (const { user } of people) await openSessions(user);
  const { functions } = await compileContent(files, {
    catalogue: createCatalogue(billing),
    manager: 'billmgr',
    icons: iconNames(files),
    database: bed.database,
  });
  providers = new Map([...functions.values()].flatMap(({ name, provider }) => (provider ? [[name, provider]] : [])));
});
afterAll(() => bed.stop());

/** Rows for the list of sign-ins, some of them equal in all but the key. */
async function openSessions(user: number): Promise<void> {
  const session = {
    user_id: user,
    created: '2026-03-14T08:00:00Z',
    seen: '2026-03-14T09:00:00Z',
    expires: '2026-03-28T08:00:00Z',
  };
  const rows = Array.from({ length: 30 }, (_, number) => ({
    ...session,
    id: `${user}-${number}`.padStart(12, '0').padEnd(64, '0'),
    address: `192.0.2.${number % 4}`,
    agent: number % 3 === 0 ? 'Firefox on Linux' : 'Safari on iPhone',
  }));
  await bed.database.knex('session').insert(rows);
}

const providerOf = (name: string) => providers.get(name) as Provider;
const fieldsOf = ({ key, keyname, owner, columns }: Provider) => [
  ...new Set([key, keyname, ...(owner === undefined ? [] : [owner]), ...columns.map(({ name }) => name)]),
];
/** Two customers; for a list that is staff's alone, staff. */
const askers = ({ level }: Provider) => people.filter((scope) => level(scope.level));

async function ask(provider: Provider, scope: Scope, query: Partial<RowQuery> = {}, window = ALL): Promise<Rows> {
  const sort = query.sort ?? [{ column: provider.key, descending: false }];
  return provider.prepare({ fields: query.fields ?? fieldsOf(provider), sort })(scope, window, undefined);
}

test('the providers of the catalogue are all tried', () => {
  expect([...providers.keys()].sort()).toEqual([...names].sort());
  expect(names.length).toBeGreaterThan(6);
  for (const provider of providers.values())
    expect(
      LEVELS.some((level) => provider.level(level)),
      provider.name,
    ).toBe(true);
});

/** Lists in which a customer may have nothing. */
const FOR_SOME: readonly string[] = ['announcement'];

describe.each(names)('the provider %s', (name) => {
  test('declares fields that it has', () => {
    const provider = providerOf(name);
    expect(fieldsOf(provider).filter((field) => !provider.fields?.includes(field))).toEqual([]);
    const conditions = provider.buttons.flatMap(({ conditions }) => conditions.map(({ field }) => field));
    expect(conditions.filter((field) => !provider.fields?.includes(field))).toEqual([]);
  });

  test('gives the fields that are asked for, in that order', async () => {
    const provider = providerOf(name);
    for (const scope of askers(provider)) {
      const fields = fieldsOf(provider);
      const { rows } = await ask(provider, scope, { fields });
      const turned = await ask(provider, scope, { fields: [...fields].reverse() });
      expect(turned.rows).toEqual(rows.map((row) => [...row].reverse()));
      for (const row of rows) expect(row).toHaveLength(fields.length);
    }
  });

  test('gives each customer rows, all of them the customer’s own', async () => {
    const provider = providerOf(name);
    for (const scope of askers(provider)) {
      const { rows, total } = await ask(provider, scope);
      if (!FOR_SOME.includes(name)) expect(rows.length, scope.login).toBeGreaterThan(0);
      expect(total).toBe(rows.length);
      if (provider.owner === undefined) continue;
      const at = fieldsOf(provider).indexOf(provider.owner);
      for (const row of rows) expect(row[at], scope.login).toBe(scope.customer);
    }
  });

  test('gives keys that no two rows share, and that are something', async () => {
    const provider = providerOf(name);
    for (const scope of askers(provider)) {
      const keys = (await ask(provider, scope, { fields: [provider.key] })).rows.map(([key]) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.filter((key) => key === null || key === '')).toEqual([]);
    }
  });

  test('gives nothing to a customer and a user that are not there', async () => {
    const provider = providerOf(name);
    if (provider.owner === undefined) return;
    for (const customer of [999_999, -1, null]) {
      const stranger = { ...(people[0] as Scope), customer, user: 999_999 };
      expect(await ask(provider, stranger), String(customer)).toEqual({ rows: [], total: 0 });
    }
  });

  test('is sorted by each sortable column, up and down, and the same way each time', async () => {
    const provider = providerOf(name);
    const sortable = provider.columns.filter((column) => column.sortable || column.sorted).map((column) => column.name);
    expect(sortable.length).toBeGreaterThan(0);
    for (const scope of askers(provider)) {
      for (const sort of sortable.flatMap((column) =>
        [true, false].map((descending) => withKey(provider, column, descending)),
      )) {
        const fields = sort.map(({ column }) => column);
        const [once, again] = [
          await ask(provider, scope, { fields, sort }),
          await ask(provider, scope, { fields, sort }),
        ];
        expect(again).toEqual(once);
        once.rows.slice(1).forEach((row, index) => {
          expect(order(once.rows[index] ?? [], row, sort), JSON.stringify([sort, once.rows[index], row])).toBeLessThan(
            0,
          );
        });
      }
    }
  });

  test('is cut exactly, and knows how many rows there are', async () => {
    const provider = providerOf(name);
    const [column = provider.key] = provider.columns.filter(({ sortable }) => sortable).map(({ name }) => name);
    for (const scope of askers(provider)) {
      const query = { sort: withKey(provider, column, true) };
      const { rows, total } = await ask(provider, scope, query);
      for (const [limit, offset] of [
        [1, 0],
        [2, 1],
        [5, 2],
        [total, 0],
        [total + 9, 0],
        [3, total - 1],
        [3, total],
        [3, total + 50],
        [undefined, 2],
      ] as const) {
        const cut = await ask(provider, scope, query, { limit, offset: Math.max(0, offset) });
        const expected = rows.slice(offset, limit === undefined ? undefined : offset + limit);
        expect(cut, `limit ${limit}, offset ${offset}`).toEqual({ rows: expected, total });
      }
    }
  });

  test('does not change what others asked for at the same time', async () => {
    const provider = providerOf(name);
    const asked = [...askers(provider), ...askers(provider).reverse()];
    const alone = await Promise.all(asked.map((scope) => ask(provider, scope)));
    const source = provider.prepare({
      fields: fieldsOf(provider),
      sort: [{ column: provider.key, descending: false }],
    });
    expect(await Promise.all(asked.map((scope) => source(scope, ALL, undefined)))).toEqual(alone);
  });
});

describe.each(billing.providers.map((provider) => [provider.name, provider] as const))(
  'the code provider %s',
  (name, { sample, columns, key, keyname }) => {
    test('has a sample with every field that it declares', () => {
      for (const row of sample) {
        const fields = [key, keyname ?? key, ...columns.map((column) => column.name)];
        expect(
          fields.filter((field) => row[field] === undefined),
          name,
        ).toEqual([]);
      }
    });

    test('has a sample whose values are of the kinds that its rows have', async () => {
      const provider = providerOf(name);
      const fields = fieldsOf(provider);
      const kinds = (value: Value | undefined) => (value === null ? 'nothing' : typeof value);
      const [scope] = askers(provider);
      const [first] = (await ask(provider, scope as Scope, { fields })).rows;
      expect(fields.map((field) => kinds(sample[0]?.[field]))).toEqual((first ?? []).map(kinds));
    });
  },
);

function withKey({ key }: Provider, column: string, descending: boolean): Sort[] {
  const sort = [{ column, descending }];
  return column === key ? sort : [...sort, { column: key, descending: false }];
}

/** Negative when `a` comes before `b`: nothing first, numbers before text, text by code points. */
function order(a: Row, b: Row, sort: readonly Sort[]): number {
  for (const [index, { descending }] of sort.entries()) {
    const found = compare(a[index] ?? null, b[index] ?? null);
    if (found !== 0) return descending ? -found : found;
  }
  return 0;
}

function compare(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}
