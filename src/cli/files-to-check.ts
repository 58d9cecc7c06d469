import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { Configuration } from '../configuration.ts';
import {
  broughtTemplates,
  type ContentFile,
  type ContentFiles,
  iconNames,
  PACKAGE,
  readDocuments,
  readTemplateFiles,
} from '../content.ts';
import type { TemplatesToCheck } from '../revision.ts';
import { UsageError } from './usage-error.ts';

export interface FilesToCheck {
  readonly content: Pick<ContentFiles, 'documents' | 'pins' | 'house'>;
  /** Every template that was read, and which of them are checked. */
  readonly templateFiles: readonly ContentFile[];
  readonly templates: TemplatesToCheck | undefined;
  /** Paths of the files that were asked for; undefined for all of them. */
  readonly only: ReadonlySet<string> | undefined;
  readonly icons: ReadonlySet<string>;
  /** Whether definitions, which hold queries, are among them. */
  readonly hasQueries: boolean;
  /** The content folder they belong to, if there is one. */
  readonly root: string | undefined;
}

/** The files, in the midst of the content they belong to: that of their own folder, with Lintel's underneath. */
export function filesToCheck(names: readonly string[], { LINTEL_CONTENT }: Configuration): FilesToCheck {
  const root = contentRoot(names, LINTEL_CONTENT);
  const folders = root === undefined || root === resolve(PACKAGE) ? [PACKAGE] : [root, PACKAGE];
  const files = readDocuments(folders);
  const icons = iconNames(files);
  if (names.length === 0)
    return { content: files, ...templatesIn(folders, []), only: undefined, icons, hasQueries: true, root };
  const asked = names.map((name) => readNamed(name, root));
  const paths = new Set(asked.map(({ path }) => path));
  const askedFor = (kind: Kind) => asked.filter(({ path }) => kindOf(path) === kind);
  const among = (kind: Exclude<Kind, 'templates'>) => [
    ...files[kind].filter(({ path }) => !paths.has(path)),
    ...askedFor(kind),
  ];
  const templates = askedFor('templates');
  return {
    content: { documents: among('documents'), pins: among('pins'), house: among('house') },
    ...(templates.length > 0 ? templatesIn(folders, templates) : NO_TEMPLATES),
    only: paths,
    icons,
    hasQueries: asked.some(({ bytes }) => bytes.includes('<query')),
    root,
  };
}

type Kind = 'documents' | 'pins' | 'house' | 'templates';

/** What a file of a path is; whatever is nothing else is read as a document. */
function kindOf(path: string): Kind {
  if (path.endsWith('.njk')) return 'templates';
  if (path.endsWith('.pins.json')) return 'pins';
  return path.endsWith('.json') ? 'house' : 'documents';
}

const NO_TEMPLATES = { templateFiles: [], templates: undefined };
const nameOf = (path: string) => path.replace(/^templates\//, '');

/** All templates, of which those that were asked for are checked; without any, those of the content folder. */
function templatesIn(
  folders: readonly string[],
  asked: readonly ContentFile[],
): Pick<FilesToCheck, 'templateFiles' | 'templates'> {
  const { files, ownTemplates } = readTemplateFiles(folders);
  const templateFiles = [...files.filter((file) => !asked.some(({ path }) => path === file.path)), ...asked];
  const all = new Map(templateFiles.map(({ path, bytes }) => [nameOf(path), Buffer.from(bytes).toString('utf8')]));
  const names = asked.length > 0 ? asked.map(({ path }) => nameOf(path)) : ownTemplates;
  return { templateFiles, templates: { all, names, own: broughtTemplates() } };
}

/** Whether a check is of templates, or of a whole content folder; Lintel's own pages are drawn by its tests. */
export function needsTrial({ root, only, templates }: FilesToCheck): boolean {
  return root !== undefined && resolve(root) !== resolve(PACKAGE) && (only === undefined || templates !== undefined);
}

/** The content folder that is checked: the one of the settings, or the one around the first file. */
export function contentRoot(names: readonly string[], given: string | undefined): string | undefined {
  return given === undefined ? ownRoot(resolve(names[0] ?? 'layouts/-')) : resolve(given);
}

/** A file as the command line names it, under the path that it has in the content. */
function readNamed(name: string, root: string | undefined): ContentFile & { bytes: Buffer } {
  const place = resolve(name);
  const inside = root === undefined ? '..' : relative(root, place);
  const path = inside.startsWith('..') ? relative(process.cwd(), place) : inside;
  try {
    const shown = path.split(sep).join('/');
    const isLoose = kindOf(shown) === 'templates' && !shown.startsWith('templates/');
    return { path: isLoose ? `templates/${shown}` : shown, bytes: readFileSync(place), place };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      code === 'ENOENT' ? `There is no file ${name}` : `${name} cannot be read: ${code ?? String(error)}`,
    );
  }
}

/** The content folder a file lies in: the one that holds its `layouts/` or `data/`. */
function ownRoot(place: string): string | undefined {
  for (let folder = dirname(place); folder !== dirname(folder); folder = dirname(folder)) {
    if (/[/\\](layouts|data|templates)$/.test(folder) && existsSync(folder)) return dirname(folder);
  }
  return undefined;
}
