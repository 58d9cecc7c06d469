import { type Database, parameterNames, readSelect } from '../database.ts';
import type { StopSignal } from '../deadline.ts';
import { finder } from '../find.ts';
import { levelTest } from '../level.ts';
import {
  type Button,
  type Column,
  type Filter,
  type Given,
  ownerField,
  type Provider,
  type ProviderDefinition,
  type Read,
  type Row,
  type RowQuery,
  type Rows,
  type Scope,
  type Sort,
  type Sought,
  type Totals,
  type Value,
  type Window,
} from '../provider.ts';
import { GarbageError } from '../provider-error.ts';
import { scopeValues } from '../query.ts';

/** More than that is not sorted and counted here. */
const MOST_ROWS = 200_000;

export type Named = Readonly<Record<string, Value>>;

/** Makes a provider of a TypeScript definition: its rows are sorted, counted and cut here. */
export function codeProvider(definition: ProviderDefinition, database: Database | undefined): Provider {
  const level = levelTest(definition.level);
  const columns = definition.columns.map(completeColumn);
  return {
    name: definition.name,
    level,
    key: definition.key,
    keyname: definition.keyname ?? definition.key,
    owner: ownerField(definition.owner, level),
    columns,
    buttons: (definition.buttons ?? []).map(completeButton),
    cache: definition.cache,
    identity: definition.name,
    fields: [...new Set([...columns.map(({ name }) => name), ...definition.sample.flatMap(Object.keys)])],
    prepare: (query) => async (scope, window, signal) => {
      const { given = {} } = window;
      const read: Read = (select) => readNamed(database, select, { scope, given, signal });
      const rows = await definition.rows(scope, { read, signal: signal && abortSignal(signal), given });
      // Nobody waits any more: what is too late is not sorted either.
      if (signal?.aborted) throw signal.reason;
      if (!Array.isArray(rows)) throw new GarbageError(`"${definition.name}" returned no rows`);
      if (rows.length > MOST_ROWS) throw new GarbageError(`"${definition.name}" returned ${rows.length} rows at once`);
      return cut(rows, query, window);
    },
  };
}

function completeColumn(column: ProviderDefinition['columns'][number]): Column {
  const { sorted } = column;
  return {
    type: 'data',
    sortable: false,
    currency: undefined,
    align: undefined,
    hidden: false,
    ...column,
    sorted: sorted === undefined ? undefined : { rank: 1, descending: sorted === 'desc' },
    level: levelTest(column.level),
    props: (column.props ?? []).map((prop) => ({ on: undefined, off: undefined, animated: false, ...prop })),
  };
}

function completeButton(button: NonNullable<ProviderDefinition['buttons']>[number]): Button {
  return {
    type: undefined,
    func: undefined,
    icon: undefined,
    isDefault: false,
    ...button,
    level: levelTest(button.level),
    conditions: (button.conditions ?? []).map((condition) => ({ ...condition, level: levelTest(condition.level) })),
  };
}

/** The signal as code from elsewhere knows it. */
function abortSignal(stop: StopSignal): AbortSignal {
  const controller = new AbortController();
  stop.addEventListener('abort', () => controller.abort(stop.reason));
  return controller.signal;
}

interface Reading {
  readonly scope: Scope;
  readonly given: Given;
  readonly signal: StopSignal | undefined;
}

async function readNamed(database: Database | undefined, select: string, { scope, given, signal }: Reading) {
  if (!database) throw new Error('No database is open');
  const parameters = parameterNames(readSelect(select, database.client));
  const described = await database.describe(select, parameters);
  if ('problem' in described) throw new Error(described.problem);
  const fields = described.columns;
  const { rows } = await database
    .prepare({ select, fields, sort: [], limited: false })
    .rows(scopeValues(parameters, scope, given), signal);
  return rows.map((row) => Object.fromEntries(fields.map((field, index) => [field, row[index] ?? null])));
}

export function cut(all: readonly Named[], query: RowQuery, { limit, offset, sought, rowsOnly }: Window): Rows {
  const { fields, sort, filter, totals } = query;
  const found = filter && sought ? all.filter(filterTest(filter, sought)) : [...all];
  const sorted = found.sort((a, b) => compareBy(sort, a, b));
  const shown = sorted.slice(offset, limit === undefined ? undefined : offset + limit);
  const rows = shown.map((row): Row => fields.map((field) => row[field] ?? null));
  return { rows, total: found.length, ...(totals && !rowsOnly && { totals: addUp(found, totals) }) };
}

/** As a database adds up: a row for each combination; of nothing, one when there is nothing to be apart by. */
function addUp(found: readonly Named[], { by, sums, counts }: Totals): readonly Row[] {
  const groups = new Map<string, Named[]>(by.length === 0 ? [['[]', []]] : []);
  for (const row of found) {
    const key = JSON.stringify(by.map((field) => row[field] ?? null));
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  const valuesOf = (rows: readonly Named[], field: string) => rows.flatMap((row) => row[field] ?? []);
  const sumOf = (values: readonly Value[]) =>
    values.length === 0 ? null : values.reduce((sum: number, value) => sum + Number(value), 0);
  return [...groups].map(([key, rows]) => [
    ...(JSON.parse(key) as Row),
    ...sums.map((field) => sumOf(valuesOf(rows, field))),
    ...counts.map((field) => valuesOf(rows, field).length),
  ]);
}

function filterTest({ texts, coded, states }: Filter, sought: Sought): (row: Named) => boolean {
  const contains = finder(sought.find);
  const textOf = (row: Named, column: string) => String(row[column] ?? '');
  const isFound = (row: Named) =>
    texts.some((column) => contains(textOf(row, column))) ||
    coded.some((column) => sought.coded[column]?.includes(textOf(row, column)));
  return (row) =>
    (texts.length + coded.length === 0 || isFound(row)) &&
    states.every((column) => textOf(row, column) === sought.states[column]);
}

function compareBy(sort: readonly Sort[], a: Named, b: Named): number {
  for (const { column, descending } of sort) {
    const order = compareValues(a[column] ?? null, b[column] ?? null);
    if (order !== 0) return descending ? -order : order;
  }
  return 0;
}

/** As a database orders them: nothing first, then numbers, then text by code points. */
function compareValues(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  if (typeof a === 'string' || typeof b === 'string') return String(a) < String(b) ? -1 : 1;
  return Number(a) - Number(b);
}
