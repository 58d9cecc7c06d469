/** createEngine: the whole line, read → merge → check → bind → load → render, kept current while its content changes. */

import type { AskedBlock } from './asked-block.ts';
import type { Asset } from './assets.ts';
import { createBlockRows } from './block-rows.ts';
import { createChanges, type Listening } from './changes.ts';
import { type Customise, createCustomise } from './customise.ts';
import { formatsOf } from './formats.ts';
import { createForms, type FormRequest, type FormResult, type GoOn } from './forms.ts';
import { frameOf } from './frame.ts';
import { createHome, type Visit } from './home.ts';
import { CLOSED, createKeep, type Owner, ownerOf } from './keep.ts';
import { createLists } from './lists.ts';
import { type ContentOptions, type Health, type Observer, openContent } from './live-content.ts';
import { startOf } from './navigation.ts';
import { createNotices, hasNotices, type Seen } from './notices.ts';
import { createPage, type Page } from './page.ts';
import { type Audience, audienceOf, nobody } from './pages.ts';
import type { Parts } from './parts.ts';
import type { PaymentMethod } from './payment.ts';
import type { CsvFile } from './pipeline/csv.ts';
import type { OnFailure } from './pipeline/load.ts';
import type { Scope } from './provider.ts';
import { createReports } from './reports.ts';
import { createTold } from './told.ts';
import { blockNames, type Viewer, type Why, whyOf } from './why.ts';
import { type Words, wordsOf } from './words.ts';

export type { AskedBlock, CsvFile, Health, Observer, Page, Parts, Viewer, Visit, Why };

export interface EngineOptions extends ContentOptions {
  /** Gives the secret key of a form that is opened: at least 16 letters, digits, `-` and `_`. */
  readonly newKey: () => string;
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
  home(scope: Scope, visit?: Visit): Promise<Page>;
  /** The home page, in parts when some of its blocks are late. */
  homeSoon(scope: Scope, visit?: Visit): Promise<Page | Parts>;
  /** One block of the home page; undefined when there is none of that name for this level. */
  block(scope: Scope, name: string, visit?: Visit): Promise<Page | undefined>;
  /** Why a block is on the home page of a level, or is not; undefined when no layout has one of that name. */
  why(viewer: Viewer, block: string): Why | undefined;
  /** The blocks of a level's layout, shown or not. */
  blockNames(level: number): readonly string[];
  /** The visitor's own home page, arranged. */
  readonly customise: Customise;
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
  /** A write changed what an owner is shown: the next request sees it, in each process, and open pages are told. */
  changed(owner: Owner): void;
  /** Calls back after each change of what the visitor is shown, until the function that it gives is called. */
  listen(scope: Scope, listening: Listening): () => void;
  close(): Promise<void>;
}

export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { log } = options;
  const content = await openContent(options);
  const keep = createKeep();
  const changes = createChanges({
    database: options.database,
    keep,
    origin: options.newId(),
    onFailure: (err) => log.error({ err }, 'what other processes changed is not known'),
  });
  const forms = createForms({
    database: options.database,
    kinds: content.catalogue.controls,
    methods: content.catalogue.methods,
    pages: () => content.pages,
    newKey: options.newKey,
    changed(scope, customers) {
      for (const owner of [ownerOf(scope), ...customers]) changes.changed(owner);
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

  const rows = createBlockRows({ reports, notices, onFailure, observe: options.observer?.onAsked });
  const home = createHome({ content, keep, rows, onFailure });
  const { database, manager } = options;
  const customise = createCustomise({ content, keep, rows, database, manager });

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
    home: home.page,
    homeSoon: home.soon,
    customise,
    block: home.block,
    why: (viewer, name) => whyOf(content.pages.revision, viewer, name, content.catalogue.features),
    blockNames: (level) => blockNames(content.pages.revision, level),
    async dismiss(scope, name, notice) {
      const found = home.named(scope.level, name);
      if (!found || !hasNotices(found)) return false;
      const { outcomes, whole } = rows.ask([found], { scope, shelf: CLOSED });
      await whole;
      await notices.dismiss(scope, outcomes.get(name), notice);
      changes.changed(ownerOf(scope));
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
    changed: changes.changed,
    listen: (scope, listening) => changes.listen(ownerOf(scope), listening),
    async close() {
      await changes.close();
      await content.close();
    },
  };
}
