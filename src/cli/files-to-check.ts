import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { Configuration } from '../configuration.ts';
import { type ContentFile, iconNames, PACKAGE, readDocuments } from '../content.ts';
import { UsageError } from './usage-error.ts';

export interface FilesToCheck {
  readonly content: { readonly documents: readonly ContentFile[] };
  /** Paths of the documents that were asked for; undefined for all of them. */
  readonly only: ReadonlySet<string> | undefined;
  readonly icons: ReadonlySet<string>;
  /** Whether definitions, which hold queries, are among them. */
  readonly hasQueries: boolean;
}

/** The files, in the midst of the content they belong to: that of their own folder, with Lintel's underneath. */
export function filesToCheck(names: readonly string[], { LINTEL_CONTENT }: Configuration): FilesToCheck {
  const root = LINTEL_CONTENT ?? (names[0] === undefined ? ownRoot(resolve('layouts/-')) : ownRoot(resolve(names[0])));
  const files = readDocuments(root === undefined ? [PACKAGE] : [root, PACKAGE]);
  const icons = iconNames(files);
  if (names.length === 0) return { content: files, only: undefined, icons, hasQueries: true };
  const asked = names.map(readNamed);
  const places = new Set(asked.map(({ place }) => place));
  const others = files.documents.filter(({ path }) => !places.has(resolve(root ?? PACKAGE, path)));
  return {
    content: { documents: [...others, ...asked] },
    only: new Set(asked.map(({ path }) => path)),
    icons,
    hasQueries: asked.some(({ bytes }) => bytes.includes('<query')),
  };
}

function readNamed(name: string): ContentFile & { bytes: Buffer; place: string } {
  const place = resolve(name);
  try {
    return { path: relative(process.cwd(), place).split(sep).join('/'), bytes: readFileSync(place), place };
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
