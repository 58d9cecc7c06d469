/** The address of a list page holds its state: `?sort=-expires&page=2`. */
import { declaredSort } from '../list.ts';
import type { Column, Provider, Sort, Window } from '../provider.ts';

export const PAGE_SIZE = 25;

export interface ListState {
  readonly page: number;
  readonly sort: readonly Sort[];
  /** Whether the visitor chose the sort. */
  readonly isChosen: boolean;
}

/** So many columns at most are sorted by: each way of sorting is a statement of its own. */
const SORTS = 2;

/** Reads the state; what is no page number or no sortable column of those is left out. */
export function readListState(params: URLSearchParams, columns: readonly Column[]): ListState {
  const words = (params.get('sort') ?? '').split(',', 2 * SORTS);
  const sorts = words.map((word) => ({ column: word.replace(/^-/, ''), descending: word.startsWith('-') }));
  const sort = sorts
    .filter(({ column }) => columns.some(({ name, sortable }) => sortable && name === column))
    .filter(({ column }, index, all) => all.findIndex((other) => other.column === column) === index)
    .slice(0, SORTS);
  const page = Number(params.get('page'));
  return {
    page: Number.isSafeInteger(page) && page > 0 && page < 1e9 ? page : 1,
    sort: sort.length > 0 ? sort : declaredSort(columns),
    isChosen: sort.length > 0,
  };
}

export function windowOf({ page }: ListState): Window {
  return { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
}

export function lastPage(total: number): number {
  return Math.max(1, Math.ceil(total / PAGE_SIZE));
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

/** What the template of a list page needs to draw sort links and the pager. */
export function viewListState(state: ListState, provider: Provider, total: number) {
  const chosen = state.isChosen ? state.sort : [];
  const pages = lastPage(total);
  const to = (page: number, sort = chosen) => {
    const words = sort.map(({ column, descending }) => `${descending ? '-' : ''}${column}`).join(',');
    const params = new URLSearchParams({ ...(words && { sort: words }), ...(page > 1 && { page: String(page) }) });
    return params.size > 0 ? `?${params.toString()}` : `/list/${encodeURIComponent(provider.name)}`;
  };
  const [first] = state.sort;
  const sortAddress = (column: string) =>
    to(1, [{ column, descending: first?.column === column && !first.descending }]);
  return {
    sorts: Object.fromEntries(
      provider.columns.filter(({ sortable }) => sortable).map(({ name }) => [name, sortAddress(name)]),
    ),
    pager: {
      steps: steps(state.page, pages).map((page) => ({
        page,
        address: page && to(page),
        isCurrent: page === state.page,
      })),
      page: state.page,
      pages,
      total,
      first: total === 0 ? 0 : (state.page - 1) * PAGE_SIZE + 1,
      last: Math.min(total, state.page * PAGE_SIZE),
      previous: state.page > 1 ? to(state.page - 1) : undefined,
      next: state.page < pages ? to(state.page + 1) : undefined,
    },
  };
}
