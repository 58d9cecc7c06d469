import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { Configuration } from '../configuration.ts';
import { type ContentFile, type ContentFiles, iconNames, PACKAGE, readDocuments } from '../content.ts';
import { UsageError } from './usage-error.ts';

export interface FilesToCheck {
  readonly content: Pick<ContentFiles, 'documents' | 'pins'>;
  /** Paths of the documents that were asked for; undefined for all of them. */
  readonly only: ReadonlySet<string> | undefined;
  readonly icons: ReadonlySet<string>;
  /** Whether definitions, which hold queries, are among them. */
  readonly hasQueries: boolean;
  /** The content folder of the files; undefined when there is only Lintel's own. */
  readonly root: string | undefined;
}

/** The files, in the midst of the content they belong to: that of their own folder, with Lintel's underneath. */
export function filesToCheck(names: readonly string[], { LINTEL_CONTENT }: Configuration): FilesToCheck {
  const root = LINTEL_CONTENT ?? (names[0] === undefined ? ownRoot(resolve('layouts/-')) : ownRoot(resolve(names[0])));
  const files = readDocuments(root === undefined ? [PACKAGE] : [root, PACKAGE]);
  const icons = iconNames(files);
  if (names.length === 0) return { content: files, only: undefined, icons, hasQueries: true, root };
  const asked = names.map((name) => readNamed(name, root));
  const places = new Set(asked.map(({ place }) => place));
  const others = files.documents.filter(({ path }) => !places.has(path));
  return {
    content: { documents: [...others, ...asked], pins: files.pins },
    only: new Set(asked.map(({ path }) => path)),
    icons,
    root,
    hasQueries: asked.some(({ bytes }) => bytes.includes('<query')),
  };
}

function readNamed(name: string, root: string | undefined): ContentFile & { bytes: Buffer; place: string } {
  const file = resolve(name);
  const path = relative(process.cwd(), file).split(sep).join('/');
  const place = root === undefined ? path : relative(root, file).split(sep).join('/');
  try {
    return { path, bytes: readFileSync(file), place };
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
    if (/[/\\](layouts|data)$/.test(folder) && existsSync(folder)) return dirname(folder);
  }
  return undefined;
}
