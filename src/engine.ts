/** createEngine: the whole line, read → merge → check → bind → load → render, kept current while its content changes. */
import { hash } from 'node:crypto';
import type { Asset } from './assets.ts';
import { type Additions, createCatalogue } from './catalogue.ts';
import { iconNames, readContent, watchContent } from './content.ts';
import type { Database } from './database.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { placeAt } from './diagnostics/source.ts';
import { formatsOf } from './formats.ts';
import { addressOf, type FunctionDescription } from './function.ts';
import { createKeep, type Shelf } from './keep.ts';
import { LayoutError } from './layout-error.ts';
import { type BoundList, bindList } from './list.ts';
import { type Audience, createPages, isStaff, type Pages } from './pages.ts';
import { type ListState, lastPage, readListState, viewListState, windowOf } from './pipeline/list-page.ts';
import { type LoadContext, loadList, NOTHING, type Outcome } from './pipeline/load.ts';
import { TemplateError } from './pipeline/render.ts';
import type { Frame, Segment } from './pipeline/segments.ts';
import type { Scope, Window } from './provider.ts';
import { compileContent } from './revision.ts';

export interface EngineOptions {
  /** Content folders, the hosting provider's own first. */
  readonly folders: readonly string[];
  readonly manager: string;
  readonly database: Database;
  readonly additions?: Additions;
  /** Follows changes of the content folders. */
  readonly watch: boolean;
  readonly log: EngineLog;
  readonly newId: () => string;
}

/** What the engine has to say, as structured entries. */
export interface EngineLog {
  info(entry: object, message: string): void;
  error(entry: object, message: string): void;
}

/** A whole answer: kept ones are given again to the same visitor, encodings included. */
export interface Page {
  readonly body: Buffer;
  /** Quoted, and weak: the same for every encoding. */
  readonly etag: string;
  /** The body as it was compressed for an earlier request. */
  readonly encoded: Map<string, Buffer>;
}

export interface Health {
  readonly revision: number;
  /** What is wrong with the content on disk; while there are errors, the revision before stays. */
  readonly problems: readonly Diagnostic[];
}

export interface Engine {
  readonly languages: readonly string[];
  readonly health: Health;
  hasHome(level: number): boolean;
  /** Where a level begins that has no home page. */
  firstList(level: number): string | undefined;
  home(scope: Scope): Promise<Page>;
  /** One block of the home page; undefined when there is none of that name for this level. */
  block(scope: Scope, name: string): Promise<Page | undefined>;
  /** A page of a list; undefined when there is no list of that name for this level. */
  list(scope: Scope, func: string, params: URLSearchParams): Promise<Page | undefined>;
  /** The function of that name, if this level may call it. */
  function(level: number, name: string): FunctionDescription | undefined;
  /** A page of `templates/pages/` that has no rows. */
  page(name: string, audience: Audience, data?: object, scope?: Scope): Page;
  asset(address: string): Asset | undefined;
  /** A write changed rows of the customer: the next request sees it. */
  changed(customer: number): void;
  close(): Promise<void>;
}

/** Seconds for which rows are kept when neither block nor definition says it. */
const CACHE = 5;
/** An audience that every content must be able to serve: rendering for it shows what is wrong with a template. */
const PROBE: Omit<Audience, 'level'> = { language: 'en', theme: 'system' };

export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { database, log } = options;
  const catalogue = createCatalogue(options.additions);
  const keep = createKeep();
  let health: Health = { revision: 0, problems: [] };

  const compile = async (): Promise<Pages> => {
    const files = await readContent(options.folders);
    const revision = await compileContent(files, {
      catalogue,
      manager: options.manager,
      icons: iconNames(files),
      database,
    });
    if (revision.diagnostics.some(({ severity }) => severity === 'error')) throw new LayoutError(revision.diagnostics);
    const pages = createPages(revision, files, stripFor);
    for (const plan of revision.plans.values()) pages.home(plan, { ...PROBE, level: plan.level });
    return pages;
  };
  const stripFor =
    (pages: Pages): Segment =>
    (frame) => {
      const errors = health.problems.filter(({ severity }) => severity === 'error');
      if (!isStaff(frame.scope.level) || errors.length === 0) return '';
      return pages.part('strip', audienceOf(frame.scope), { problems: errors.map(briefly), revision: health.revision })(
        frame,
      );
    };

  let pages = await compile().catch((error: unknown) => {
    throw error instanceof TemplateError ? new LayoutError([templateProblem(error)]) : error;
  });
  health = { revision: 1, problems: pages.revision.diagnostics };

  const reload = async () => {
    try {
      const next = await compile();
      pages = next;
      health = { revision: health.revision + 1, problems: next.revision.diagnostics };
      log.info({ revision: health.revision }, 'content changed');
    } catch (error) {
      const problems =
        error instanceof LayoutError
          ? error.diagnostics
          : error instanceof TemplateError
            ? [templateProblem(error)]
            : undefined;
      if (!problems) throw error;
      health = { revision: health.revision, problems };
      log.error(
        { revision: health.revision, problems: problems.map(briefly) },
        'content has errors, the revision before stays',
      );
    }
  };
  // One reload at a time: a change during a reload starts another one after it.
  let reloading = Promise.resolve();
  const followed = () => {
    reloading = reloading
      .then(reload)
      .catch((error: unknown) => log.error({ err: error }, 'content could not be read'));
  };
  const watcher = options.watch ? await watchContent(options.folders, followed) : undefined;

  const loadContext: LoadContext = {
    onFailure({ block, func, error, isForeign }) {
      const incident = options.newId();
      const message = isForeign ? 'provider returned a row of another customer' : 'provider failed';
      log.error({ incident, block, func, err: error, alarm: isForeign || undefined }, message);
      return incident;
    },
  };

  /** Rows of a list, from the shelf while they may be kept; `until` is when they stop being so. */
  const rowsOf = async (list: BoundList, scope: Scope, block: BlockLimits, shelf: Shelf) => {
    const now = scope.now.getTime();
    const key = `rows|${scope.user}|${scope.level}|${scope.language}|${scope.zone}|${block.window.limit}|${block.window.offset}|${list.identity}`;
    const kept = shelf.get<{ outcome: Outcome; until: number }>(key, now);
    if (kept) return kept;
    const outcome = await loadList(list, block, scope, loadContext);
    const loaded = { outcome, until: outcome.state === 'ready' ? now + (block.cache ?? CACHE) * 1000 : now };
    shelf.put(key, loaded, loaded.until, now);
    return loaded;
  };

  const home = async (scope: Scope): Promise<Page> => {
    const now = scope.now.getTime();
    const shelf = keep.shelf(ownerOf(scope));
    const key = `home|${health.revision}|${scope.user}|${scope.level}|${scope.language}|${scope.zone}|${scope.theme}`;
    const isKept = !isStaff(scope.level);
    const kept = isKept ? shelf.get<Page>(key, now) : undefined;
    if (kept) return kept;
    const plan = pages.revision.plans.get(scope.level);
    if (!plan) throw new Error(`Level ${scope.level} has no home page`);
    const segment = pages.home(plan, audienceOf(scope));
    const outcomes = new Map<string, Outcome>();
    let until = Number.POSITIVE_INFINITY;
    await Promise.all(
      plan.blocks.map(async ({ list, name, timeout, cache }) => {
        if (!list) return;
        const loaded = await rowsOf(
          list,
          scope,
          { name, timeout, cache, window: { limit: list.limit, offset: 0 } },
          shelf,
        );
        until = Math.min(until, loaded.until);
        outcomes.set(name, loaded.outcome);
      }),
    );
    const page = createPage(segment(frameOf(scope, outcomes)));
    if (isKept) shelf.put(key, page, Math.min(until, now + CACHE * 1000), now);
    return page;
  };

  const block = async (scope: Scope, name: string): Promise<Page | undefined> => {
    const found = pages.revision.plans.get(scope.level)?.blocks.find((block) => block.name === name);
    if (!found) return undefined;
    const { list, timeout, cache } = found;
    const segment = pages.block(found, audienceOf(scope));
    if (!list) return createPage(segment(frameOf(scope)));
    const limits = { name, timeout, cache, window: { limit: list.limit, offset: 0 } };
    const { outcome } = await rowsOf(list, scope, limits, keep.shelf(ownerOf(scope)));
    return createPage(segment(frameOf(scope, undefined, outcome)));
  };

  const allowed = (level: number, name: string) => {
    const found = pages.revision.functions.get(name);
    return found?.level(level) ? found : undefined;
  };

  const list = async (scope: Scope, func: string, params: URLSearchParams): Promise<Page | undefined> => {
    const provider = allowed(scope.level, func)?.provider;
    if (!provider) return undefined;
    const { columns, buttons } = provider;
    let state: ListState = readListState(params, provider);
    const bound = bindList(
      { provider, columns, buttons, sort: state.sort, limit: undefined },
      pages.revision.names(scope.level),
    );
    const load = () =>
      loadList(bound, { name: func, timeout: LIST_TIMEOUT, window: windowOf(state) }, scope, loadContext);
    let outcome = await load();
    if (outcome.state === 'ready' && outcome.rows.length === 0 && state.page > 1) {
      state = { ...state, page: lastPage(outcome.total) };
      outcome = await load();
    }
    const total = outcome.state === 'ready' ? outcome.total : 0;
    const data = {
      ...viewListState(state, provider, total),
      func,
      address: addressOf({ name: func, type: 'list', level: provider.level }),
    };
    return createPage(pages.page('list', audienceOf(scope), data, bound)(frameOf(scope, undefined, outcome)));
  };

  return {
    get languages() {
      return pages.revision.content.messages.languages;
    },
    get health() {
      return health;
    },
    hasHome: (level) => pages.revision.plans.has(level),
    firstList(level) {
      const first = [...pages.revision.functions.values()].find(
        ({ type, level: test }) => type === 'list' && test(level),
      );
      return first && addressOf(first);
    },
    home,
    block,
    list,
    function: allowed,
    page: (name, audience, data, scope) =>
      createPage(pages.page(name, audience, data)(frameOf(scope ?? nobody(audience)))),
    asset: (address) => pages.addresses.get(address),
    changed: (customer) => keep.drop(`customer ${customer}`),
    async close() {
      await watcher?.close();
      await reloading;
    },
  };
}

interface BlockLimits {
  readonly name: string;
  readonly timeout: number;
  readonly cache: number | undefined;
  readonly window: Window;
}

const LIST_TIMEOUT = 5000;

function ownerOf({ customer, user }: Scope): string {
  return customer === null ? `user ${user}` : `customer ${customer}`;
}

function audienceOf({ language, theme, level }: Scope): Audience {
  return { language, theme, level };
}

function frameOf(scope: Scope, outcomes: ReadonlyMap<string, Outcome> = new Map(), outcome: Outcome = NOTHING): Frame {
  return { scope, formats: formatsOf(scope.language, scope.zone), outcomes, outcome, row: [] };
}

/** The scope of a page before sign-in. */
function nobody({ language, theme }: Audience): Scope {
  return { customer: null, user: 0, name: '', login: '', level: 0, language, zone: 'UTC', theme, now: new Date(0) };
}

function createPage(markup: string): Page {
  const body = Buffer.from(markup);
  return { body, etag: `W/"${hash('sha1', body, 'base64url')}"`, encoded: new Map() };
}

function templateProblem({ template, line, column, message }: TemplateError): Diagnostic {
  const text = `${'\n'.repeat(line - 1)}${' '.repeat(column - 1)}`;
  const source = { path: `templates/${template}`, text };
  const range = { start: text.length, end: text.length };
  return { code: 'invalid-template', severity: 'error', message, source, range };
}

/** A finding as the log and the strip show it. */
function briefly({ code, severity, message, source, range, hint }: Diagnostic) {
  return { code, severity, message, path: source.path, ...placeAt(source, range.start), hint: hint ?? '' };
}
