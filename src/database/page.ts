import type { Knex, PageFilter, PageQuery, Statement } from './contract.ts';
import { parameterNames, readSelect, writeSelect } from './select.ts';

/** Stands for the author's SELECT while knex writes what is around it: knex would take a `?` in it for a value. */
const hole = '/* select */';
const limit = Number.MAX_SAFE_INTEGER;
const names = new Map<unknown, string>([
  [limit, 'limit'],
  [limit - 1, 'offset'],
]);
/** Stands for the value of that name. */
const hold = (name: string) => `\0${name}`;
const nameOf = (value: unknown) => names.get(value) ?? String(value).slice(1);

/** What the two kinds of database write differently. */
export interface Dialect {
  readonly client: 'sqlite' | 'postgres';
  /** An aggregate of one array per row; `??` takes the fields. */
  readonly cells: string;
  /** The column `??` contains what the pattern `?` says. */
  readonly contains: string;
  /** The column `??` is one of the JSON list `?`. */
  readonly among: string;
  /** How the author's parameter of that place, from 1, is written in a statement that binds so many others. */
  readonly placeholder: (index: number, others: number) => string;
  /** The last word on the statement as knex wrote it. */
  readonly finish: (sql: string) => string;
}

/**
 * One statement that answers with one row, `cells` and `total`. Sorting and cutting happen in a derived table whose
 * order both databases keep while they aggregate it; the count is a query of its own, so that an index can answer it,
 * a page behind the last row still knows it, and it ends where nobody wants to know more. `required` names columns that
 * are never NULL.
 */
export function writePage(
  knex: Knex,
  dialect: Dialect,
  page: PageQuery,
  required: ReadonlySet<string> = new Set(),
): Statement {
  const { fields, sort, limited, filter = NOTHING } = page;
  const { contains, among, equal } = filter;
  for (const name of [...fields, ...sort.map(({ column }) => column), ...contains, ...among, ...equal]) refuseOdd(name);
  const [where, bindings] = conditions(filter, dialect);
  if (page.totals) return writeTotals(knex, dialect, { page, totals: page.totals, where, bindings });
  const rows = knex
    .select([...fields])
    .from(knex.raw(`(${hole}) as page`))
    .orderBy(sort.map((one) => order(one, dialect.client === 'sqlite' || required.has(one.column))))
    .as('page');
  if (where) rows.whereRaw(where, bindings);
  if (limited) rows.limit(limit).offset(limit - 1);
  const statement = knex.select(knex.raw(`${dialect.cells} as cells`, [[...fields]])).from(rows);
  if (limited) statement.select(knex.raw(`(${countOf(where, page.counted)}) as total`, bindings));
  return fill(statement.toSQL().toNative(), dialect, page.select);
}

interface Added {
  readonly page: PageQuery;
  readonly totals: NonNullable<PageQuery['totals']>;
  readonly where: string;
  readonly bindings: string[];
}

/** One statement with a row for each combination of the fields `by`. */
function writeTotals(knex: Knex, dialect: Dialect, { page, totals, where, bindings }: Added): Statement {
  const { by, sums, counts } = totals;
  for (const name of [...by, ...sums, ...counts]) refuseOdd(name);
  const added = [
    ...sums.map((column, index) => knex.raw('sum(??) as ??', [column, `sum_${index}`])),
    ...counts.map((column, index) => knex.raw('count(??) as ??', [column, `count_${index}`])),
  ];
  const aliases = [...sums.map((_, index) => `sum_${index}`), ...counts.map((_, index) => `count_${index}`)];
  const rows = knex
    .select([...by, ...added])
    .from(knex.raw(`(${hole}) as page`))
    .as('page');
  if (by.length > 0) rows.groupBy([...by]);
  if (where) rows.whereRaw(where, bindings);
  const statement = knex.select(knex.raw(`${dialect.cells} as cells`, [[...by, ...aliases]])).from(rows);
  return fill(statement.toSQL().toNative(), dialect, page.select);
}

const NOTHING = { contains: [], among: [], equal: [] };

/** The condition of a filter and its bindings. */
function conditions({ contains, among, equal }: PageFilter, dialect: Dialect): [string, string[]] {
  const found = [
    ...contains.map((column) => [dialect.contains, column, 'find'] as const),
    ...among.map((column) => [dialect.among, column, `among ${column}`] as const),
  ];
  const is = equal.map((column) => ['?? = ?', column, `equal ${column}`] as const);
  const either = found.map(([sql]) => sql).join(' or ');
  const all = [either && `(${either})`, ...is.map(([sql]) => sql)].filter(Boolean).join(' and ');
  return [all, [...found, ...is].flatMap(([, column, value]) => [column, hold(value)])];
}

function countOf(where: string, counted: number | undefined): string {
  const from = `from (${hole}) as page${where && ` where ${where}`}`;
  return counted === undefined
    ? `select count(*) ${from}`
    : `select count(*) from (select 1 as one ${from} limit ${counted + 1}) as page`;
}

/** NULL comes first when ascending and last when descending: SQLite has it so, and where there is none it is settled too. */
function order({ column, descending }: PageQuery['sort'][number], isSettled: boolean) {
  if (isSettled) return { column, order: descending ? 'desc' : 'asc' };
  return { column, order: descending ? 'desc' : 'asc', nulls: descending ? 'last' : 'first' } as const;
}

/** knex reads a dot, a star and ` as ` in a name of its own, and a question mark as a value. */
function refuseOdd(name: string): void {
  if (/[?\\.*`"\0]|\sas\s/i.test(name))
    throw new Error(`The column "${name}" needs a plain name: give it one with "as"`);
}

function fill(written: Knex.SqlNative, dialect: Dialect, text: string): Statement {
  const select = readSelect(text, dialect.client);
  const own = parameterNames(select);
  const others = written.bindings.map(nameOf);
  const inner = writeSelect(select, (name) => dialect.placeholder(own.indexOf(name) + 1, others.length));
  const parameters = dialect.client === 'sqlite' ? [...own, ...others] : [...others, ...own];
  return { sql: dialect.finish(written.sql).replaceAll(hole, () => inner), parameters };
}

/** The values in binding order; one that is missing is a mistake of the caller. */
export function bind({ parameters, sql }: Statement, values: Readonly<Record<string, unknown>>): unknown[] {
  return parameters.map((name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`No value is given for :${name} of ${sql}`);
    return storable(value);
  });
}

/** PostgreSQL refuses text with a NUL in it, which nothing stored can equal: such a text asks for what is not there. */
export function storable<T>(value: T): T | string {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value;
}
