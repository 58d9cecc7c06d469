/** The pages of lists and the same rows for spreadsheets: what the address says, bound, loaded and drawn. */
import { formatsOf } from './formats.ts';
import { frameOf } from './frame.ts';
import type { FunctionDescription } from './function.ts';
import { type BoundList, bindList, isGroup } from './list.ts';
import type { LiveContent } from './live-content.ts';
import { audienceOf } from './pages.ts';
import type { CsvFile } from './pipeline/csv.ts';
import { filterOf, type ListTexts, soughtOf, visibleList } from './pipeline/list-filter.ts';
import {
  type ListState,
  lastPage,
  readListState,
  type Visible,
  viewListState,
  windowOf,
} from './pipeline/list-page.ts';
import { load, type OnFailure, type Outcome, startDeadlines } from './pipeline/load.ts';
import { textsOf, viewList } from './pipeline/view.ts';
import type { Filter, Provider, Row, Scope, Window } from './provider.ts';
import { scopeValues } from './query.ts';
import type { Revision } from './revision.ts';

export interface Lists {
  /** The page of a list; undefined when there is no list of that name for this level. */
  page(scope: Scope, func: string, params: URLSearchParams, notice?: string): Promise<string | undefined>;
  csv(scope: Scope, func: string, params: URLSearchParams): Promise<CsvFile | undefined>;
}

export interface ListsContext {
  readonly content: LiveContent;
  /** The function of that name, if this level may call it. */
  allowed(level: number, name: string): FunctionDescription | undefined;
  readonly onFailure: OnFailure;
}

/** Milliseconds that the provider of a whole list has. */
const TIMEOUT = 5000;
/** Rows of a spreadsheet, and how many are read at a time. */
const CSV = { rows: 100_000, chunk: 5000 };

/** A list in one state of its page, for one visitor. */
interface Opened {
  readonly provider: Provider;
  readonly visible: Visible;
  readonly texts: ListTexts;
  readonly state: ListState;
  readonly filter: Filter | undefined;
  readonly bound: BoundList;
}

export function createLists({ content, allowed, onFailure }: ListsContext): Lists {
  const kept = createKept();

  const open = (scope: Scope, func: string, params: URLSearchParams): Opened | undefined => {
    const provider = allowed(scope.level, func)?.provider;
    if (!provider) return undefined;
    const { revision } = content.pages;
    const { messages } = revision.content;
    const names = revision.names(scope.level);
    const keys = messages.keys(func);
    // A column that the visitor may not see is neither sorted by nor searched.
    const columns = provider.columns.filter((column) => column.level(scope.level));
    const visible = visibleList({ name: func, columns, rows: scope.rows }, keys, names.kindOf);
    const state = readListState(params, visible);
    const filter = filterOf(state, visible, names.kindOf);
    const { sort } = state;
    const bound = kept(revision, JSON.stringify([func, scope.level, sort, filter]), () => {
      const buttons = provider.buttons.filter((button) => !isGroup(button));
      const groups = provider.buttons.filter(isGroup);
      return bindList({ provider, columns, buttons, groups, sort, filter, limit: undefined }, names);
    });
    const texts = { keys, text: (key: string) => messages.text(scope.language, func, key) };
    return { provider, visible, texts, state, filter, bound };
  };

  const ask = (opened: Opened, scope: Scope, window: Window): Promise<Outcome> => {
    const { bound, filter, state, visible, texts } = opened;
    const deadlines = startDeadlines();
    const sought = filter && soughtOf(filter, state, visible, texts);
    const wanted = { name: bound.func, list: bound, window: { ...window, sought }, deadline: deadlines.after(TIMEOUT) };
    return load(wanted, scope, onFailure).finally(deadlines.clear);
  };

  /** The rows of the state's page; of the last page, when it is behind that. */
  const askPage = async (opened: Opened, scope: Scope): Promise<[ListState, Outcome]> => {
    const { state } = opened;
    const outcome = await ask(opened, scope, windowOf(state));
    if (outcome.state !== 'ready' || outcome.rows.length > 0 || state.page === 1) return [state, outcome];
    const last = { ...state, page: lastPage(outcome.total, state.rows) };
    return [last, await ask(opened, scope, windowOf(last))];
  };

  return {
    async page(scope, func, params, notice) {
      const opened = open(scope, func, params);
      if (!opened) return undefined;
      const { visible, bound, texts } = opened;
      const [state, found] = await askPage(opened, scope);
      const { pages } = content;
      const rows = found.state === 'ready' ? found.rows.slice(0, state.rows) : [];
      const hasNext = found.state === 'ready' && found.rows.length > rows.length;
      const total = found.state === 'ready' ? found.total : 0;
      const view = viewListState(state, visible, { total, shown: rows.length, hasNext });
      const data = { ...view, states: viewStates(opened, texts), func, address: bound.address };
      const outcome = found.state === 'ready' ? { ...found, rows } : found;
      return pages.page('list', audienceOf(scope), data, bound)(frameOf(scope, { outcome, notice }));
    },

    async csv(scope, func, params) {
      const opened = open(scope, func, params);
      if (!opened) return undefined;
      const { bound, texts } = opened;
      const { pages } = content;
      const view = viewList(bound, textsOf(pages.revision.content.messages, scope.language));
      const { createCsv } = await import('./pipeline/csv.ts');
      const csv = createCsv({
        list: bound,
        titles: view.columns.map(({ title }) => title),
        message: texts.text,
        text: (key, values) => pages.text(scope.language, key, values),
      });
      const read = async (offset: number) => {
        const outcome = await ask(opened, scope, { limit: CSV.chunk, offset, rowsOnly: true });
        if (outcome.state === 'ready') return outcome.rows;
        throw new Error(`The list "${func}" could not be read (${outcome.incident})`);
      };
      const first = await read(0);
      const write = (rows: readonly Row[]) => csv.lines(rows, formatsOf(scope.language, scope.zone), scope.now);
      const name = `${func.replace(/[^\w.-]/g, '_')}-${scopeValues(['today'], scope).today}.csv`;
      return { name, chunks: chunks(first, { read, write, head: csv.head, cut: csv.cut, key: bound.at.key }) };
    },
  };
}

/** The state columns with their titles and the texts of their values. */
function viewStates({ visible, state }: Opened, { text }: ListTexts) {
  return [...visible.states].map(([name, values]) => ({
    name,
    title: text(name) ?? name,
    value: state.states[name] ?? '',
    options: values.map((value) => ({
      value,
      title: text(`${name}_${value}`) ?? value,
      isCurrent: state.states[name] === value,
    })),
  }));
}

interface Chunking {
  read(offset: number): Promise<readonly Row[]>;
  write(rows: readonly Row[]): string;
  readonly head: string;
  cut(rows: number): string;
  /** Index of the key in a row. */
  readonly key: number;
}

/** Reads on only when the visitor has taken what was read. A row that moves back into the next chunk meanwhile is not written twice. */
async function* chunks(first: readonly Row[], { read, write, head, cut, key }: Chunking): AsyncGenerator<string> {
  yield head + write(first);
  let before = new Set(first.map((row) => row[key]));
  let length = first.length;
  for (let offset = CSV.chunk; length === CSV.chunk; offset += CSV.chunk) {
    const rows = await read(offset);
    if (offset >= CSV.rows && rows.length > 0) return yield cut(CSV.rows);
    yield write(rows.filter((row) => !before.has(row[key] ?? null)));
    before = new Set(rows.map((row) => row[key]));
    length = rows.length;
  }
}

/** So many ways of asking are kept bound; those bound first go first. */
const WAYS = 500;

/** Lists as they were bound for a revision: a statement is written once, not for each request. */
function createKept() {
  let known = new Map<string, BoundList>();
  let of: Revision | undefined;
  return (revision: Revision, key: string, bind: () => BoundList): BoundList => {
    if (of !== revision) known = new Map();
    of = revision;
    let bound = known.get(key);
    if (bound === undefined) {
      known.set(key, (bound = bind()));
      const [oldest] = known.keys();
      if (known.size > WAYS && oldest !== undefined) known.delete(oldest);
    }
    return bound;
  };
}
