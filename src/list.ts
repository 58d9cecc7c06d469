/** Binds a provider to what a page wants of it: which columns and row actions, in which order, how many rows. */
import type { ColumnKind } from './column.ts';
import { addressOf, type FunctionDescription } from './function.ts';
import type { Button, Column, Condition, Filter, Provider, Row, RowSource, Sort } from './provider.ts';
import { type BoundTotals, bindTotals } from './totals.ts';

export interface BoundList {
  readonly func: string;
  readonly address: string;
  readonly columns: readonly BoundColumn[];
  readonly actions: readonly BoundAction[];
  /** Where its page leads beside: what its buttons open that need no row. */
  readonly links: readonly BoundAction[];
  /** What can be done with several rows at once. */
  readonly groups: readonly BoundAction[];
  /** Where an empty list leads: the list's own `new` button. */
  readonly emptyAction: BoundAction | undefined;
  readonly sort: readonly Sort[];
  readonly limit: number | undefined;
  readonly source: RowSource;
  /** What its columns say of all rows. */
  readonly totals?: BoundTotals | undefined;
  /** Equal for lists that ask the same question: rows that are kept are known by it. */
  readonly identity: number;
  /** Indexes into a row. */
  readonly at: { readonly key: number; readonly keyname: number; readonly owner: number | undefined };
  readonly index: (field: string) => number;
}

export interface BoundColumn extends Column {
  readonly kind: ColumnKind;
  /** Index of the column's value in a row. */
  readonly at: number;
}

export interface BoundAction {
  readonly name: string;
  readonly icon: string | undefined;
  readonly isDefault: boolean;
  readonly address: string;
  /** Whether the key of a row is added to the address, as `elid`. */
  readonly needsRow: boolean;
  isOffered(row: Row): boolean;
}

export interface ListChoice {
  readonly provider: Provider;
  readonly columns: readonly Column[];
  readonly buttons: readonly Button[];
  /** Buttons for several rows at once. */
  readonly groups?: readonly Button[];
  readonly sort: readonly Sort[];
  readonly filter?: Filter | undefined;
  readonly limit: number | undefined;
  /** Fields that are asked for beside those of columns and buttons. */
  readonly fields?: readonly string[];
}

export interface ListNames {
  readonly level: number;
  readonly functions: ReadonlyMap<string, FunctionDescription>;
  kindOf(column: Column): ColumnKind;
}

/** A customer's list is sorted by the database, then by the key, so that the order is total and stable. */
export function bindList(choice: ListChoice, names: ListNames): BoundList {
  const { provider } = choice;
  const { level } = names;
  const columns = choice.columns
    .filter((column) => column.level(level))
    .map((column) => ({ ...column, props: column.props.filter((prop) => prop.level?.(level) !== false) }));
  const buttons = choice.buttons.filter((button) => isAllowed(button, names));
  const conditions = buttons.flatMap((button) => button.conditions.filter((condition) => condition.level(level)));
  const { owner } = provider;
  const fields = [
    ...new Set([
      provider.key,
      provider.keyname,
      ...(owner === undefined ? [] : [owner]),
      ...fieldsOf(columns, provider.fields ?? [], names),
      ...conditions.map((condition) => condition.field),
      ...(choice.fields ?? []),
    ]),
  ];
  const index = (field: string) => fields.indexOf(field);
  const { filter } = choice;
  const sort = withKey(choice.sort, provider.key);
  const bound = (button: Button) => bindAction(button, names, index);
  const shown = columns
    .filter((column) => !column.hidden)
    .map((column) => ({ ...column, kind: names.kindOf(column), at: index(column.name) }));
  const totals = bindTotals(shown, owner);
  const query = { fields, sort, filter, totals: totals?.query };
  const emptyButton = provider.buttons.find((button) => button.type === 'new' && isAllowed(button, names));
  let identity: number | undefined;
  return {
    func: provider.name,
    address: `/list/${encodeURIComponent(provider.name)}`,
    columns: shown,
    actions: buttons.filter(isOfRow).map(bound),
    links: buttons.filter(({ type }) => type === 'func').map(bound),
    groups: (choice.groups ?? []).filter((button) => isAllowed(button, names)).map(bound),
    emptyAction: emptyButton && bound(emptyButton),
    sort,
    limit: choice.limit,
    source: provider.prepare(query),
    totals,
    get identity() {
      identity ??= identify(JSON.stringify([provider.name, provider.identity, query]));
      return identity;
    },
    at: {
      key: index(provider.key),
      keyname: index(provider.keyname),
      owner: owner === undefined ? undefined : index(owner),
    },
    index,
  };
}

/** The fields that columns are drawn from; a prop may be one of those that rows are known to have. */
export function fieldsOf(
  columns: readonly Column[],
  known: readonly string[],
  names: Pick<ListNames, 'kindOf'>,
): string[] {
  return columns.flatMap((column) => [
    column.name,
    ...(names.kindOf(column).fields?.(column) ?? []),
    ...column.props.filter(({ name, value }) => value !== undefined || known.includes(name)).map(({ name }) => name),
  ]);
}

const identities = new Map<string, number>();

/** A number for a question, the same each time. */
function identify(question: string): number {
  let identity = identities.get(question);
  if (identity === undefined) identities.set(question, (identity = identities.size));
  return identity;
}

/** The key goes the way of the last column: so an index on that column serves both. */
function withKey(sort: readonly Sort[], key: string): readonly Sort[] {
  const descending = sort.at(-1)?.descending ?? false;
  return sort.some(({ column }) => column === key) ? sort : [...sort, { column: key, descending }];
}

function isAllowed(button: Button, { functions, level }: ListNames): boolean {
  const target = button.func === undefined ? undefined : functions.get(button.func);
  return button.level(level) && target?.level(level) === true;
}

/** Whether a button is for several rows at once. */
export const isGroup = ({ type }: Button): boolean => type === 'group' || type === 'groupwindow';

const NEEDS_ROW = new Set(['edit', 'editlist', 'group', 'groupwindow']);
const isOfRow = ({ type }: Button) => NEEDS_ROW.has(type ?? 'edit');

function bindAction(button: Button, { functions, level }: ListNames, index: (field: string) => number): BoundAction {
  const target = functions.get(button.func ?? '');
  const conditions = button.conditions.filter((condition) => condition.level(level));
  return {
    name: button.name,
    icon: button.icon,
    isDefault: button.isDefault,
    address: target ? addressOf(target) : '',
    needsRow: isOfRow(button),
    isOffered: offer(conditions, index),
  };
}

function offer(conditions: readonly Condition[], index: (field: string) => number): (row: Row) => boolean {
  const tests = conditions.map(({ kind, field, value }) => {
    const at = index(field);
    return { kind, matches: (row: Row) => String(row[at] ?? '') === value };
  });
  const hides = tests.filter((test) => test.kind === 'hide');
  const shows = tests.filter((test) => test.kind === 'show');
  return (row) =>
    !hides.some((test) => test.matches(row)) && (shows.length === 0 || shows.some((test) => test.matches(row)));
}

/** The first sort a set of columns declares: by rank, then in their order. */
export function declaredSort(columns: readonly Column[]): readonly Sort[] {
  return columns
    .flatMap((column) => (column.sorted ? [{ column: column.name, ...column.sorted }] : []))
    .sort((a, b) => a.rank - b.rank)
    .map(({ column, descending }) => ({ column, descending }));
}
