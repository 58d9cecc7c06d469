/** Rows from elsewhere: from services that speak JSON and from panels of the family. Loaded once a definition has a source. */

import { placeholdersIn } from '../placeholders.ts';
import type { RowQuery, RowSource, Rows } from '../provider.ts';
import type { SourceDescription } from '../source-description.ts';
import { at, MOST_ROWS, type ReadRow, rowReader } from './answer-rows.ts';
import { createPanels, type Panels } from './billmgr.ts';
import { type Caller, type CallerOptions, createCaller } from './caller.ts';
import { type PageGiven, type Pages, pagedRows } from './paged.ts';
import { filler, NobodyAsked, requestOf, type Secret } from './request.ts';

export interface RemoteOptions extends CallerOptions {
  readonly secret: Secret;
}

export interface RemoteRows {
  rows(source: SourceDescription, query: RowQuery): RowSource;
  close(): Promise<void>;
}

export function createRemoteRows(options: RemoteOptions): RemoteRows {
  const caller = createCaller(options);
  const tools = { caller, secret: options.secret, panels: createPanels(caller, options.secret) };
  return {
    rows(source, query) {
      const read = rowReader(source, query.fields);
      const rows = pagedRows(
        source.panel ? tools.panels.pages(source, source.panel, read) : servicePages(source, read, tools),
        query,
      );
      return (scope, window, signal) => rows(scope, window, signal).catch(noneForNobody);
    },
    close: () => caller.close(),
  };
}

function noneForNobody(error: unknown): Rows {
  if (error instanceof NobodyAsked) return { rows: [], total: 0 };
  throw error;
}

interface Tools {
  readonly caller: Caller;
  readonly secret: Secret;
  readonly panels: Panels;
}

/** The pages of a service of its own kind. */
function servicePages(source: SourceDescription, read: ReadRow, { caller, secret }: Tools): Pages {
  const sent = [source.address, ...source.params.map(({ value }) => value)];
  const pathOf = (column: string) => source.values.find(({ name }) => name === column)?.path ?? column;
  return {
    hasPages: source.paging !== 'none',
    sorts: sent.some((text) => placeholdersIn(text).some(({ word }) => word === 'sort')),
    size: source.size,
    async ask(asked, scope, signal): Promise<PageGiven> {
      const call = requestOf(source, filler(asked, scope, secret, pathOf));
      const answer = await caller.call(call, signal);
      const total = Number(at(answer, source.total) ?? Number.NaN);
      const rows = rowsIn(at(answer, source.rows), source.rows).map((row) => read(row, scope.customer));
      return { rows, total: source.total !== undefined && Number.isSafeInteger(total) ? total : undefined };
    },
  };
}

function rowsIn(found: unknown, path: string | undefined): readonly unknown[] {
  if (!Array.isArray(found)) throw new Error(`There are no rows at ${path ?? 'the top'} of the answer`);
  if (found.length > MOST_ROWS) throw new Error(`An answer has more than ${MOST_ROWS} rows`);
  return found;
}
