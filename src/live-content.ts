/** The content as it is served: compiled anew when its files change, while the last good revision stays. */
import type { AskedBlock } from './asked-block.ts';
import { type Additions, type Catalogue, createCatalogue } from './catalogue.ts';
import { broughtTemplates, iconNames, readContent, watchContent } from './content.ts';
import type { Database } from './database.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { placeAt } from './diagnostics/source.ts';
import { createGuard } from './guard.ts';
import { LayoutError } from './layout-error.ts';
import { createPages, isStaff, type Pages } from './pages.ts';
import type { Segment } from './pipeline/segments.ts';
import type { Called } from './provider-limits.ts';
import { compileContent } from './revision.ts';
import { createRemote, type RemoteOptions } from './sources/index.ts';
import { problemInTrial } from './trial.ts';
import type { XmlLimits } from './xml/limits.ts';

export interface ContentOptions {
  /** Content folders, the hosting provider's own first. */
  readonly folders: readonly string[];
  readonly manager: string;
  /** How large an XML file may be; missing for the usual limits. */
  readonly limits?: XmlLimits;
  /** Sites whose pages may stand in a frame, as sources of a policy. */
  readonly frames?: readonly string[];
  /** Offers the pseudo-language, which shows what of a page is not translated or has no room. */
  readonly pseudo?: boolean;
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
    const compiled = await compileContent(files, context);
    if (compiled.diagnostics.some(({ severity }) => severity === 'error')) throw new LayoutError(compiled.diagnostics);
    const revision = options.pseudo ? (await import('./pseudo.ts')).pseudoRevision(compiled) : compiled;
    const pages = createPages(revision, files, strip);
    const problem = isOurs ? undefined : problemInTrial(pages, files.templates);
    if (problem) throw new LayoutError([problem]);
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

/** A finding as the log and the strip show it. */
function briefly({ code, severity, message, source, range, hint }: Diagnostic) {
  return { code, severity, message, path: source.path, ...placeAt(source, range.start), hint: hint ?? '' };
}
