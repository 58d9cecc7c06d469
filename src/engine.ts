/** createEngine: the whole line, read → merge → check → bind → load → render, kept current while its content changes. */
import { crc32 } from 'node:zlib';
import type { Asset } from './assets.ts';
import type { BoundBlock } from './block.ts';
import { bytesOf } from './bytes.ts';
import { formatsOf } from './formats.ts';
import { createForms, type FormRequest, type FormResult, type GoOn } from './forms.ts';
import { CLOSED, createKeep, type Owner, type Shelf } from './keep.ts';
import type { BoundList } from './list.ts';
import { createLists } from './lists.ts';
import { type ContentOptions, type Health, openContent } from './live-content.ts';
import { startOf } from './navigation.ts';
import { createNotices, hasNotices, type Seen } from './notices.ts';
import { type Audience, audienceOf, frameOf, isStaff } from './pages.ts';
import type { PaymentMethod } from './payment.ts';
import type { CsvFile } from './pipeline/csv.ts';
import { type Deadlines, load, type OnFailure, type Outcome, startDeadlines } from './pipeline/load.ts';
import type { Scope } from './provider.ts';
import { createReports } from './reports.ts';
import { createTold } from './told.ts';
import { type Words, wordsOf } from './words.ts';

export type { CsvFile };

export interface EngineOptions extends ContentOptions {
  /** Gives the secret key of a form that is opened: at least 16 letters, digits, `-` and `_`. */
  readonly newKey: () => string;
}

/** A whole answer: kept ones are given again to the same visitor, encodings included. */
export interface Page {
  readonly body: Buffer;
  /** Quoted, and weak: the same for every encoding. */
  readonly etag: string;
  /** The body as it was compressed for an earlier request. */
  readonly encoded: Map<string, Buffer>;
}

/** A page to answer with, or where to go on. `opened` is to be called once a person has the page in front of them. */
export type FormAnswered = { readonly page: Page; readonly status: number; opened?(): Promise<void> } | GoOn;

export interface Engine {
  readonly languages: readonly string[];
  readonly health: Health;
  readonly methods: readonly PaymentMethod[];
  /** Whether a level may call a function. */
  allows(level: number, func: string): boolean;
  hasHome(level: number): boolean;
  /** Where a visitor begins: at the page of that name, if the level may open it, else at home, else at its first list. */
  startOf(level: number, wanted: string | null): string;
  /** `notice` is what the visitor is told at the top. */
  home(scope: Scope, notice?: string): Promise<Page>;
  /** One block of the home page; undefined when there is none of that name for this level. */
  block(scope: Scope, name: string): Promise<Page | undefined>;
  /** Puts a notice of a block away for the visitor; false when there is no such block for this level. */
  dismiss(scope: Scope, block: string, notice: Seen): Promise<boolean>;
  /** A page of a list; undefined when there is no list of that name for this level. */
  list(scope: Scope, func: string, params: URLSearchParams, notice?: string): Promise<Page | undefined>;
  /** The page of a report; undefined when there is no report of that name for this level. */
  report(scope: Scope, func: string, params: URLSearchParams): Promise<Page | undefined>;
  /** The rows of one of its bands, for a spreadsheet. */
  reportCsv(scope: Scope, func: string, params: URLSearchParams): Promise<CsvFile | undefined>;
  /** All rows of a list in the state of its page, for a spreadsheet; rejects when the first of them cannot be had. */
  csv(scope: Scope, func: string, params: URLSearchParams): Promise<CsvFile | undefined>;
  /** A form as it is opened; undefined when there is none of that name, or no such row, for this visitor. */
  form(scope: Scope, request: FormRequest, notice?: string): Promise<FormAnswered | undefined>;
  /** What became of a form that was sent. */
  submit(scope: Scope, request: FormRequest): Promise<FormAnswered | undefined>;
  /** What a form that was done tells this visitor, for ten minutes. */
  told(scope: Scope, key: string): Promise<string | undefined>;
  /** The guide for customers. */
  help(scope: Scope): Page;
  /** A page of `templates/pages/` that has no rows. */
  page(name: string, audience: Audience, data?: object, scope?: Scope): Page;
  /** The words of a group of messages. */
  words(group: string, { language, zone }: Pick<Scope, 'language' | 'zone'>): Words;
  asset(address: string): Asset | undefined;
  /** A write changed rows of the customer: the next request sees it. */
  changed(customer: number): void;
  close(): Promise<void>;
}

/** Seconds for which rows are kept when neither block nor definition says it. */
const CACHE = 5;

export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { log } = options;
  const content = await openContent(options);
  const keep = createKeep();
  const forms = createForms({
    database: options.database,
    kinds: content.catalogue.controls,
    methods: content.catalogue.methods,
    pages: () => content.pages,
    newKey: options.newKey,
    changed(scope, customers) {
      for (const owner of [ownerOf(scope), ...customers]) keep.drop(owner);
    },
  });

  const notices = createNotices(options.database, () => content.pages);

  const onFailure: OnFailure = ({ name, func, error, isForeign }) => {
    const incident = options.newId();
    const message = isForeign ? 'provider returned a row of another customer' : 'provider failed';
    log.error({ incident, block: name, func, err: error, alarm: isForeign || undefined }, message);
    return incident;
  };

  const reports = createReports({ content, allowed: (level, name) => allowed(level, name), onFailure });

  /** The outcome of a block's rows, from the shelf while it may be kept; `until` is when it stops being so. */
  const outcomeOf = async (block: RowsBlock, scope: Scope, deadlines: Deadlines, shelf: Shelf): Promise<Kept> => {
    const { list, band, name } = block;
    const now = scope.now.getTime();
    const given = band && reports.usual(band.func, scope);
    const asked = given ? JSON.stringify([band.diagrams.map((one) => one.name), given]) : list.limit;
    const key = `${list.identity} ${asked} ${block.cache} ${audienceKey(scope)}`;
    const kept = shelf.get<Kept>(key, now);
    if (kept) return kept;
    const deadline = deadlines.after(block.timeout);
    const window = { limit: list.limit, offset: 0 };
    const outcome = given
      ? await reports.band({ band: { ...band, list }, name, given, deadline }, scope)
      : await load({ name, list, window, deadline }, scope, onFailure);
    const until = outcome.state === 'ready' ? now + (block.cache ?? CACHE) * 1000 : now;
    shelf.put(key, { outcome, until }, until, now);
    return { outcome, until };
  };

  const outcomesOf = async (blocks: readonly BoundBlock[], scope: Scope, shelf: Shelf) => {
    const deadlines = startDeadlines();
    const lists = blocks.flatMap((block) => withRows(block) ?? []);
    const kept = await Promise.all(lists.map((block) => outcomeOf(block, scope, deadlines, shelf)));
    deadlines.clear();
    const outcomes = new Map(kept.map(({ outcome }, index) => [lists[index]?.name ?? '', outcome]));
    const until = Math.min(...kept.map((one) => one.until));
    if (!blocks.some(hasNotices)) return { outcomes, until };
    const shown = await notices.show(blocks, outcomes, { scope, shelf });
    return { outcomes, until: Math.min(until, shown) };
  };

  const home = async (scope: Scope, notice = ''): Promise<Page> => {
    const now = scope.now.getTime();
    const shelf = keep.shelf(ownerOf(scope), now);
    const key = `home ${content.health.revision} ${scope.theme} ${audienceKey(scope)}`;
    // What staff see depends on the health of the content too.
    const isKept = !isStaff(scope.level) && notice === '';
    const kept = isKept ? shelf.get<Page>(key, now) : undefined;
    if (kept) return kept;
    const plan = content.pages.revision.plans.get(scope.level);
    if (!plan) throw new Error(`Level ${scope.level} has no home page`);
    const segment = content.pages.home(plan, audienceOf(scope));
    const { outcomes, until } = await outcomesOf(plan.blocks, scope, shelf);
    const page = createPage(segment(frameOf(scope, { outcomes, notice })));
    if (!isKept || shelf === CLOSED) return page;
    const own: Page = { ...page, body: Buffer.from(page.body) };
    shelf.put(key, own, Math.min(until, now + CACHE * 1000), now);
    return own;
  };

  const blockNamed = (level: number, name: string) =>
    content.pages.revision.plans.get(level)?.blocks.find((block) => block.name === name);

  const block = async (scope: Scope, name: string): Promise<Page | undefined> => {
    const found = blockNamed(scope.level, name);
    if (!found) return undefined;
    const segment = content.pages.block(found, audienceOf(scope));
    const { outcomes } = await outcomesOf([found], scope, keep.shelf(ownerOf(scope), scope.now.getTime()));
    return createPage(segment(frameOf(scope, { outcomes, outcome: outcomes.get(name) })));
  };

  const allowed = (level: number, name: string) => {
    const found = content.pages.revision.functions.get(name);
    return found?.level(level) ? found : undefined;
  };

  const lists = createLists({ content, allowed, onFailure });

  const answered = (scope: Scope, result: FormResult | undefined, notice?: string): FormAnswered | undefined => {
    if (!result || 'to' in result) return result;
    const { segment, outcome } = content.pages.form(result.draw, audienceOf(scope));
    const { status, opened } = result;
    return { page: createPage(segment(frameOf(scope, { outcome, notice }))), status, ...(opened && { opened }) };
  };

  return {
    get languages() {
      return content.pages.revision.content.messages.languages;
    },
    get health() {
      return content.health;
    },
    methods: content.catalogue.methods,
    allows: (level, func) => allowed(level, func) !== undefined,
    hasHome: (level) => content.pages.revision.plans.has(level),
    startOf: (level, wanted) => startOf(content.pages.revision, level, wanted),
    home,
    block,
    async dismiss(scope, name, notice) {
      const found = blockNamed(scope.level, name);
      if (!found || !hasNotices(found)) return false;
      const { outcomes } = await outcomesOf([found], scope, CLOSED);
      await notices.dismiss(scope, outcomes.get(name), notice);
      keep.drop(ownerOf(scope));
      return true;
    },
    async list(scope, func, params, notice) {
      const body = await lists.page(scope, func, params, notice);
      return body === undefined ? undefined : createPage(body);
    },
    csv: lists.csv,
    async report(scope, func, params) {
      const body = await reports.page(scope, func, params);
      return body === undefined ? undefined : createPage(body);
    },
    reportCsv: reports.csv,
    form: async (scope, request, notice) => answered(scope, await forms.open(scope, request), notice),
    submit: async (scope, request) => answered(scope, await forms.send(scope, request)),
    told: createTold(options.database, () => content.pages),
    help: (scope) => createPage(content.pages.help(audienceOf(scope))(frameOf(scope))),
    page: (name, audience, data, scope) =>
      createPage(content.pages.page(name, audience, data)(frameOf(scope ?? nobody(audience)))),
    words: (group, { language, zone }) =>
      wordsOf(content.pages.revision.content.messages, group, formatsOf(language, zone)),
    asset: (address) => content.pages.addresses.get(address),
    changed: (customer) => keep.drop(customer),
    close: () => content.close(),
  };
}

interface Kept {
  readonly outcome: Outcome;
  readonly until: number;
}

type RowsBlock = BoundBlock & { readonly list: BoundList };

function withRows(block: BoundBlock): RowsBlock | undefined {
  const list = block.list ?? block.band?.list;
  return list && { ...block, list };
}

function ownerOf({ customer, user }: Scope): Owner {
  return customer ?? `user ${user}`;
}

/** All that rows may depend on, beside what is asked. */
function audienceKey({ user, customer, level, language, zone }: Scope): string {
  return `${user} ${customer} ${level} ${language} ${zone}`;
}

/** The scope of a page before sign-in. */
function nobody({ language, theme }: Audience): Scope {
  return {
    customer: null,
    user: 0,
    name: '',
    login: '',
    level: 0,
    language,
    zone: 'UTC',
    theme,
    rows: 0,
    now: new Date(0),
    session: '',
  };
}

/** The tag tells pages apart that one visitor was shown one after the other: the length and a checksum are enough. */
function createPage(markup: string): Page {
  const body = bytesOf(markup);
  return { body, etag: `W/"${body.length.toString(36)}-${crc32(body).toString(36)}"`, encoded: new Map() };
}
