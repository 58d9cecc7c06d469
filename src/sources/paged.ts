/** The wanted rows of a peer that gives them by pages or all at once; what it cannot do itself is done here. */
import type { StopSignal } from '../deadline.ts';
import type { RowQuery, RowSource, Rows, Scope, Sort, Window } from '../provider.ts';
import { MOST_ROWS } from './answer-rows.ts';
import { cut, type Named } from './code.ts';

export interface PageAsked {
  /** From 1. */
  readonly page: number;
  readonly size: number;
  /** What the peer sorts by; undefined leaves it to the peer. */
  readonly sort: Sort | undefined;
}

export interface PageGiven {
  readonly rows: readonly Named[];
  /** How many rows there are on all pages, when the peer says it. */
  readonly total: number | undefined;
}

export interface Pages {
  /** Whether it gives pages at all; otherwise it is asked once, for everything. */
  readonly hasPages: boolean;
  /** Whether it sorts. */
  readonly sorts: boolean;
  readonly size: number;
  ask(asked: PageAsked, scope: Scope, signal: StopSignal | undefined): Promise<PageGiven>;
}

/** A peer that sorts is asked for the pages that are wanted. Else, and to find and to add up, all pages are read. */
export function pagedRows(pages: Pages, query: RowQuery): RowSource {
  const [sort] = query.sort;
  return async (scope, window, signal) => {
    const reading = { pages, sort: pages.sorts ? sort : undefined, scope, signal };
    const isFound = query.filter !== undefined && window.sought !== undefined;
    const isAdded = query.totals !== undefined && window.rowsOnly !== true;
    if (!pages.hasPages || isFound || isAdded || !pages.sorts || window.limit === undefined) {
      return cut(await readAll(reading), query, window);
    }
    return readWindow(reading, query, window);
  };
}

interface Reading {
  readonly pages: Pages;
  readonly sort: Sort | undefined;
  readonly scope: Scope;
  readonly signal: StopSignal | undefined;
}

/** The pages on which the window lies, one after the other: the first says whether there is a next. */
async function readWindow(reading: Reading, query: RowQuery, window: Window): Promise<Rows> {
  const { size } = reading.pages;
  const { offset, limit = size } = window;
  const first = Math.floor(offset / size);
  const found: Named[] = [];
  let total = 0;
  for (let page = first; page * size < offset + limit; page++) {
    const given = await askPage(reading, page + 1);
    // It does not page, whatever it is asked: these are all.
    if (given.rows.length > size) return cut(given.rows, query, window);
    found.push(...given.rows);
    const until = page * size + given.rows.length;
    total = given.total ?? until;
    if (given.rows.length < size || until >= (given.total ?? Number.POSITIVE_INFINITY)) break;
  }
  const shown = found.slice(offset - first * size, offset - first * size + limit);
  return { rows: shown.map((row) => query.fields.map((field) => row[field] ?? null)), total };
}

async function readAll(reading: Reading): Promise<readonly Named[]> {
  const { size, hasPages } = reading.pages;
  const found: Named[] = [];
  for (let page = 1; ; page++) {
    const { rows, total = Number.POSITIVE_INFINITY } = await askPage(reading, page);
    found.push(...rows);
    if (found.length > MOST_ROWS) throw new Error(`There are more than ${MOST_ROWS} rows to sort`);
    if (!hasPages || rows.length !== size || found.length >= total) return found;
  }
}

/** A page; one that is shorter than it should be would leave rows out that nobody misses. */
async function askPage({ pages, sort, scope, signal }: Reading, page: number): Promise<PageGiven> {
  const { size, hasPages } = pages;
  const given = await pages.ask({ page, size, sort }, scope, signal);
  const { rows, total = 0 } = given;
  if (hasPages && rows.length < size && (page - 1) * size + rows.length < total) {
    throw new Error(`Page ${page} has ${rows.length} rows of ${size}, but there are ${total}: does the size fit?`);
  }
  return given;
}
