/** The content as it is served: compiled anew when its files change, while the last good revision stays. */
import { arrange } from './arrangement.ts';
import type { AskedBlock } from './asked-block.ts';
import type { BoundBlock } from './block.ts';
import { type Additions, type Catalogue, createCatalogue } from './catalogue.ts';
import { broughtTemplates, iconNames, readContent, watchContent } from './content.ts';
import type { Database } from './database.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { placeAt } from './diagnostics/source.ts';
import { formatsOf } from './formats.ts';
import { createGuard } from './guard.ts';
import { LayoutError } from './layout-error.ts';
import { STAFF_LEVEL } from './level.ts';
import { bindList } from './list.ts';
import { type Audience, createPages, isStaff, type Pages } from './pages.ts';
import { visibleList } from './pipeline/list-filter.ts';
import { readListState, viewListState } from './pipeline/list-page.ts';
import { NOTHING, type Outcome } from './pipeline/load.ts';
import { TemplateError } from './pipeline/render.ts';
import { sampleOf } from './pipeline/report-sample.ts';
import type { Segment } from './pipeline/segments.ts';
import type { Provider } from './provider.ts';
import type { Called } from './provider-limits.ts';
import { compileContent } from './revision.ts';
import { createRemote, type RemoteOptions } from './sources/index.ts';
import type { XmlLimits } from './xml/limits.ts';

export interface ContentOptions {
  /** Content folders, the hosting provider's own first. */
  readonly folders: readonly string[];
  readonly manager: string;
  /** How large an XML file may be; missing for the usual limits. */
  readonly limits?: XmlLimits;
  /** Sites whose pages may stand in a frame, as sources of a policy. */
  readonly frames?: readonly string[];
  readonly database: Database;
  /** The hosts that sources of lists may call, and the secrets they are called with; none when it is missing. */
  readonly sources?: RemoteOptions;
  readonly additions?: Additions;
  /** Follows changes of the content folders. */
  readonly watch: boolean;
  readonly log: EngineLog;
  readonly newId: () => string;
  /** Told of what is asked and answered, for metrics. */
  readonly observer?: Observer | undefined;
}

export interface Observer {
  onCall?(called: Called): void;
  onAsked?(asked: AskedBlock): void;
}

/** What the engine has to say, as structured entries. */
export interface EngineLog {
  info(entry: object, message: string): void;
  error(entry: object, message: string): void;
}

export interface Health {
  /** Counts the revisions that were served, from 1. */
  readonly revision: number;
  /** What is wrong with the content on disk; while there are errors, the revision before stays. */
  readonly problems: readonly Diagnostic[];
}

export interface LiveContent {
  /** The pages of the last good revision. */
  readonly pages: Pages;
  readonly health: Health;
  readonly catalogue: Catalogue;
  close(): Promise<void>;
}

/** Compiles the content; throws LayoutError when it has errors, for there is no earlier revision to stay with. */
export async function openContent(options: ContentOptions): Promise<LiveContent> {
  const { database, frames, limits, log, manager } = options;
  const catalogue = createCatalogue(options.additions);
  const guard = createGuard({
    onCall: options.observer?.onCall,
    onPause(func, isPaused) {
      log.info({ func, isPaused }, isPaused ? 'provider is left alone for a while' : 'provider answers again');
    },
  });
  const { sources = NO_SOURCES } = options;
  const remote = createRemote(sources);
  let health: Health = { revision: 0, problems: [] };

  const strip =
    (pages: Pages): Segment =>
    (frame) => {
      const errors = health.problems.filter(({ severity }) => severity === 'error');
      const { level, language, theme } = frame.scope;
      if (!isStaff(level) || errors.length === 0) return '';
      const data = { problems: errors.map(briefly), revision: health.revision };
      return pages.part('strip', { level, language, theme }, data)(frame);
    };

  const compile = async (isOurs: boolean): Promise<Pages> => {
    const files = readContent(options.folders);
    const { templates: all, ownTemplates: names } = files;
    const templates = names.length > 0 ? { all, names, own: broughtTemplates() } : undefined;
    const context = {
      ...{ guard, catalogue, manager, icons: iconNames(files), database, limits, frames, templates },
      ...{ peers: sources.peers, remote: remote.source },
    };
    const revision = await compileContent(files, context);
    if (revision.diagnostics.some(({ severity }) => severity === 'error')) throw new LayoutError(revision.diagnostics);
    const pages = createPages(revision, files, strip);
    try {
      if (!isOurs) tryOut(pages);
    } catch (error) {
      throw error instanceof TemplateError ? new LayoutError([templateProblem(error, files.templates)]) : error;
    }
    return pages;
  };

  // Lintel's own templates are tried by its tests, and cost a start its time.
  let pages = await compile(options.folders.length === 1);
  health = { revision: 1, problems: pages.revision.diagnostics };

  const reload = async () => {
    try {
      const next = await compile(false);
      pages = next;
      health = { revision: health.revision + 1, problems: next.revision.diagnostics };
      log.info({ revision: health.revision }, 'content changed');
    } catch (error) {
      if (!(error instanceof LayoutError)) throw error;
      health = { revision: health.revision, problems: error.diagnostics };
      log.error(
        { ...health, problems: error.diagnostics.map(briefly) },
        'content has errors, the revision before stays',
      );
    }
  };
  // One reload at a time: a change during a reload starts another one after it.
  let reloading = Promise.resolve();
  const watcher = options.watch
    ? await watchContent(options.folders, () => {
        reloading = reloading
          .then(reload)
          .catch((error: unknown) => log.error({ err: error }, 'content cannot be read'));
      })
    : undefined;

  return {
    catalogue,
    get pages() {
      return pages;
    },
    get health() {
      return health;
    },
    async close() {
      await watcher?.close();
      await reloading;
      await remote.close();
    },
  };
}

const NO_SOURCES: RemoteOptions = { peers: [], secret: () => undefined };

/** What a block may come to; the empty row is one in which every field is missing. */
const OUTCOMES: readonly Outcome[] = [
  NOTHING,
  { state: 'ready', rows: [[]], total: 2 },
  { state: 'ready', rows: [[]], total: 2, asOf: new Date(0) },
  { state: 'failed', incident: '' },
];

/** What the pages without rows are about. */
const PAGES: Readonly<Record<string, object>> = {
  signin: { login: '', next: '', isRefused: true, minutes: 1, isDemo: true },
  error: { status: 500, incident: '', known: 500 },
};

function anybody({ revision }: Pages, level: number | undefined): Audience {
  return { language: revision.content.messages.languages[0] ?? 'en', theme: 'system', level };
}

const NOBODY = {
  customer: null,
  user: 0,
  name: '',
  login: '',
  level: 0,
  zone: 'UTC',
  theme: 'system',
  rows: 0,
  now: new Date(0),
  session: '',
} as const;

/** Draws what visitors may be shown: what is wrong with a template is found before one of them finds it. */
function tryOut(pages: Pages): void {
  const { plans, functions } = pages.revision;
  const { language } = anybody(pages, undefined);
  const formats = formatsOf(language, 'UTC');
  const draw = (segment: Segment, blocks: readonly BoundBlock[] = []) => {
    for (const outcome of OUTCOMES) {
      const outcomes = new Map(blocks.filter(({ list }) => list).map(({ name }) => [name, outcome]));
      const needs = new Map(blocks.filter(({ concerns }) => concerns).map(({ name }) => [name, 'Now']));
      const standing = new Map(blocks.map(({ name }) => [name, 'late' as const]));
      for (const { name, band } of blocks) if (band) outcomes.set(name, sampleOf(band, outcome));
      try {
        segment({
          scope: { ...NOBODY, language },
          formats,
          outcomes,
          outcome,
          notice: 'Done',
          needs,
          need: 'Now',
          noteOf: () => 'Why',
          note: 'Why',
          standing,
          filling: ' ',
          row: [],
        });
      } catch (error) {
        // What code makes of an empty row is no slip of a template.
        if (error instanceof TemplateError) throw error;
      }
    }
  };
  for (const plan of plans.values()) {
    const arrangement = arrange(plan, undefined);
    const blocks = arrangement.blocks.map((placed) => ({
      ...placed,
      block: { ...placed.block, isFolded: true, variant: '-' },
    }));
    for (const one of [arrangement, { ...arrangement, identity: '-', blocks }])
      draw(pages.home(one, anybody(pages, plan.level)), plan.blocks);
  }
  for (const plan of [...plans.values()].slice(0, 1)) {
    const audience = anybody(pages, plan.level);
    draw(pages.home(arrange(plan, undefined), audience, true), plan.blocks);
    for (const block of plan.blocks.slice(0, 1)) draw(pages.slotted(block, audience));
  }
  for (const [name, data] of Object.entries(PAGES)) draw(pages.page(name, anybody(pages, undefined), data));
  for (const level of plans.keys()) {
    for (const one of pages.revision.content.messages.languages)
      draw(pages.help({ ...anybody(pages, level), language: one }));
    const { provider } = [...functions.values()].find((one) => one.provider && one.level(level)) ?? {};
    if (provider) draw(firstPage(pages, provider, level));
  }
  for (const level of plans.keys()) draw(reportPage(pages, anybody(pages, level)));
  const problems = [{ code: '', severity: 'error', message: '', path: '', line: 1, column: 1, hint: '' }];
  draw(pages.part('strip', anybody(pages, STAFF_LEVEL), { problems, revision: 1 }));
}

/** A page of a report in which everything is there. */
function reportPage(pages: Pages, audience: Audience): Segment {
  const option = { name: '', title: '', isCurrent: true };
  const period = { name: 'other', start: '', end: '', options: [option], said: ' ' };
  const field = (kind: string) => ({
    name: '',
    kind,
    title: '',
    value: '',
    isRequired: false,
    options: [{ key: '', ...option }],
  });
  const form = { period, fields: ['select', 'checkbox', 'text', 'hidden'].map(field) };
  const data = { func: '', address: '', title: '', texts: [''], form, isAsked: true, sections: [], groups: [] };
  return pages.report(audience, data);
}

function firstPage(pages: Pages, provider: Provider, level: number): Segment {
  const { name, columns, buttons } = provider;
  const names = pages.revision.names(level);
  const visible = visibleList({ name, columns, rows: 25 }, pages.revision.content.messages.keys(name), names.kindOf);
  const state = readListState(new URLSearchParams(), visible);
  const choice = { provider, columns, buttons, groups: buttons, sort: state.sort, limit: undefined };
  const view = viewListState(state, visible, { total: 50, shown: 25, hasNext: true });
  const option = { value: '', title: '', isCurrent: true };
  const states = [{ name: '', title: '', value: '', options: [option] }];
  const data = { ...view, states, func: name, address: '' };
  return pages.page('list', anybody(pages, level), data, bindList(choice, names));
}

function templateProblem(
  { template, line, column, message }: TemplateError,
  templates: ReadonlyMap<string, string>,
): Diagnostic {
  const text = templates.get(template) ?? '';
  const before = text
    .split('\n')
    .slice(0, line - 1)
    .map((one) => one.length + 1);
  const start = Math.min(
    text.length,
    before.reduce((sum, length) => sum + length, column - 1),
  );
  const source = { path: `templates/${template}`, text };
  return { code: 'invalid-template', severity: 'error', message, source, range: { start, end: start } };
}

/** A finding as the log and the strip show it. */
function briefly({ code, severity, message, source, range, hint }: Diagnostic) {
  return { code, severity, message, path: source.path, ...placeAt(source, range.start), hint: hint ?? '' };
}
