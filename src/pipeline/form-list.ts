import { type BoundColumn, type BoundList, fieldsOf, type ListNames } from '../list.ts';
import type { Column, Row, Value } from '../provider.ts';
import type { Ready } from './load.ts';

/** The rows that a form shows, as a list that nobody sorts, and with the outcome that is drawn. */
export function listInForm(
  func: string,
  columns: readonly Column[],
  rows: readonly Readonly<Record<string, Value>>[],
  names: ListNames,
): { list: BoundList; outcome: Ready } {
  const allowed = columns.filter((column) => column.level(names.level));
  const known = Object.keys(rows[0] ?? {});
  const fields = [...new Set([...fieldsOf(allowed, known, names), ...known])];
  const index = (field: string) => fields.indexOf(field);
  const bound = allowed
    .filter(({ hidden }) => !hidden)
    .map((column): BoundColumn => ({ ...column, kind: names.kindOf(column), at: index(column.name) }));
  const list: BoundList = {
    func,
    address: '',
    columns: bound,
    actions: [],
    links: [],
    groups: [],
    emptyAction: undefined,
    sort: [],
    limit: undefined,
    source: () => Promise.reject(new Error('The rows of a form are given')),
    identity: -1,
    at: { key: -1, keyname: -1, owner: undefined },
    index,
  };
  const values = rows.map((row): Row => fields.map((field) => row[field] ?? null));
  return { list, outcome: { state: 'ready', rows: values, total: values.length } };
}
