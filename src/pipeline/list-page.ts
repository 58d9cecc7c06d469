/** The address of a list page holds its state: `?find=shop&status=active&sort=-expires,name&rows=50&page=2`. */
import { readFind } from '../find.ts';
import { declaredSort } from '../list.ts';
import { COUNTED, type Column, type Sort, type Window } from '../provider.ts';

/** How many rows a page may be asked to have. */
export const ROWS = [10, 25, 50, 100] as const;
/** For who never chose. */
export const PAGE_SIZE = 25;

/** A list as one visitor may see it: all that the address of its page can speak of. */
export interface Visible {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Columns that can be asked for one value, and the values. */
  readonly states: ReadonlyMap<string, readonly string[]>;
  /** Whether any column can be searched. */
  readonly canFind: boolean;
  /** Rows on a page, as the visitor wants them. */
  readonly rows: number;
}

export interface ListState {
  readonly page: number;
  readonly rows: number;
  readonly sort: readonly Sort[];
  readonly find: string;
  /** Column → the one value it must have. */
  readonly states: Readonly<Record<string, string>>;
  /** What the address itself says; the rest is as the list or the visitor has it. */
  readonly says: { readonly sort: boolean; readonly rows: boolean };
}

/** So many columns at most are sorted by: each way of sorting is a statement of its own. */
const SORTS = 3;

/** Words of the address that no column can be asked by. */
const WORDS = ['find', 'sort', 'rows', 'page', 'out', 'done', 'elid', 'back'];

/** Whether the address can ask a column for a value. */
export const canBeAsked = (column: string): boolean => !WORDS.includes(column);

/** Reads the state; what is no page number, no column or no value of this list is left out. */
export function readListState(params: URLSearchParams, list: Visible): ListState {
  const sort = readSort(params.get('sort') ?? '', list.columns);
  const page = Number(params.get('page'));
  const rows = ROWS.find((size) => String(size) === params.get('rows'));
  const states = [...list.states].flatMap(([column, values]) => {
    const value = values.find((known) => known === params.get(column));
    return value === undefined ? [] : [[column, value] as const];
  });
  return {
    page: Number.isSafeInteger(page) && page > 0 && page < 1e9 ? page : 1,
    rows: rows ?? list.rows,
    sort: sort.length > 0 ? sort : declaredSort(list.columns),
    find: list.canFind ? readFind(params.get('find') ?? '') : '',
    states: Object.fromEntries(states),
    says: { sort: sort.length > 0, rows: rows !== undefined },
  };
}

function readSort(text: string, columns: readonly Column[]): readonly Sort[] {
  return text
    .split(',', 2 * SORTS)
    .map((word) => ({ column: word.replace(/^-/, ''), descending: word.startsWith('-') }))
    .filter(({ column }) => columns.some(({ name, sortable }) => sortable && name === column))
    .filter(({ column }, index, all) => all.findIndex((other) => other.column === column) === index)
    .slice(0, SORTS);
}

export const isFiltered = ({ find, states }: ListState): boolean => find !== '' || Object.keys(states).length > 0;

/** One row more than the page shows: so it is known whether there is a next one, however many there are. */
export function windowOf({ page, rows }: ListState): Window {
  return { limit: rows + 1, offset: (page - 1) * rows };
}

/** The last page of what was counted. */
export function lastPage(total: number, rows: number): number {
  return Math.max(1, Math.ceil(Math.min(total, COUNTED) / rows));
}

/** The address of a list in a state, relative to the page of the list unless `path` is given. */
export function writeListState(state: ListState, path?: string, out?: string): string {
  const { find, states, sort, says, rows, page } = state;
  const params = new URLSearchParams({
    ...(find && { find }),
    ...states,
    ...(says.sort && { sort: writeSort(sort) }),
    ...(says.rows && { rows: String(rows) }),
    ...(page > 1 && { page: String(page) }),
    ...(out && { out }),
  });
  // A comma is as good in an address as its number, and easier to read.
  return params.size > 0 ? `${path ?? ''}?${params.toString().replaceAll('%2C', ',')}` : (path ?? '?');
}

const writeSort = (sort: readonly Sort[]) =>
  sort.map(({ column, descending }) => `${descending ? '-' : ''}${column}`).join(',');

/** What came of asking for the rows of a state. */
export interface Answer {
  readonly total: number;
  readonly shown: number;
  readonly hasNext: boolean;
}

/** What the template of a list page needs for sorting, paging and filtering; texts are added by who knows the language. */
export function viewListState(state: ListState, list: Visible, { total, shown, hasNext }: Answer) {
  const path = `/list/${encodeURIComponent(list.name)}`;
  const to = (change: Partial<ListState>) => {
    const address = writeListState({ ...state, page: 1, ...change });
    return address === '?' ? path : address;
  };
  const { page, rows } = state;
  const isMore = total > COUNTED;
  const pages = isMore ? undefined : lastPage(total, rows);
  return {
    here: writeListState(state, path),
    csv: writeListState({ ...state, page: 1 }, path, 'csv'),
    sorts: Object.fromEntries(
      list.columns.filter(({ sortable }) => sortable).map(({ name }) => [name, viewSort(state, name, to)]),
    ),
    pager: {
      steps: steps(page, pages ?? page + (hasNext ? 1 : 0)).map((step) => ({
        page: step,
        address: step && to({ page: step }),
        isCurrent: step === page,
      })),
      page,
      pages: pages ?? page + 1,
      /** Rows up to which was counted, and whether there are more. */
      total: Math.min(total, COUNTED),
      isMore,
      first: shown === 0 ? 0 : (page - 1) * rows + 1,
      last: (page - 1) * rows + shown,
      previous: page > 1 ? to({ page: page - 1 }) : undefined,
      next: hasNext ? to({ page: page + 1 }) : undefined,
    },
    sizes: {
      choices: [...new Set<number>([...ROWS, rows])].sort((a, b) => a - b),
      current: rows,
      /** Where to go on with another number of rows: the address stops saying one. */
      back: writeListState({ ...state, page: 1, says: { ...state.says, rows: false } }, path),
    },
    filter: {
      isActive: isFiltered(state),
      canFind: list.canFind,
      find: state.find,
      /** What the filter leaves as it is. */
      kept: [
        ...(state.says.sort ? [{ name: 'sort', value: writeSort(state.sort) }] : []),
        ...(state.says.rows ? [{ name: 'rows', value: String(rows) }] : []),
      ],
      clear: to({ find: '', states: {} }),
      action: path,
    },
  };
}

/** A click sorts by the column alone, a second one the other way; `also` puts it behind those that are sorted by already. */
function viewSort({ sort, says }: ListState, column: string, to: (change: Partial<ListState>) => string) {
  const at = sort.findIndex((one) => one.column === column);
  const found = sort[at];
  const turned = { column, descending: found?.descending === false };
  const others = says.sort && sort.some((one) => one.column !== column);
  const by = (next: readonly Sort[]) => to({ sort: next, says: { ...says, sort: true } });
  const more = found ? sort.map((one) => (one === found ? turned : one)) : [...sort, turned];
  return {
    address: by([at === 0 ? turned : { column, descending: false }]),
    also: others && more.length <= SORTS ? by(more) : undefined,
    direction: found && (at === 0 || says.sort) ? (found.descending ? 'descending' : 'ascending') : undefined,
    /** Its place among several. */
    rank: found && others ? at + 1 : undefined,
  };
}

/** The pages to offer: the first, the last, those around the current one; undefined for a gap. */
function steps(current: number, pages: number): (number | undefined)[] {
  const wanted = [...new Set([1, current - 1, current, current + 1, pages])].filter(
    (page) => page >= 1 && page <= pages,
  );
  return wanted
    .sort((a, b) => a - b)
    .flatMap((page, index) => (page - (wanted[index - 1] ?? 0) > 1 ? [undefined, page] : [page]));
}
