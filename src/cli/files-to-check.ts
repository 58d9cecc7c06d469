import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
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
export async function filesToCheck(names: readonly string[], { LINTEL_CONTENT }: Configuration): Promise<FilesToCheck> {
  const root = LINTEL_CONTENT ?? (names[0] === undefined ? ownRoot(resolve('layouts/-')) : ownRoot(resolve(names[0])));
  const files = await readDocuments(root === undefined ? [PACKAGE] : [root, PACKAGE]);
  const icons = iconNames(files);
  if (names.length === 0) return { content: files, only: undefined, icons, hasQueries: true };
  const asked = await Promise.all(names.map(readNamed));
  const places = new Set(asked.map(({ place }) => place));
  const others = files.documents.filter(({ path }) => !places.has(resolve(root ?? PACKAGE, path)));
  return {
    content: { documents: [...others, ...asked] },
    only: new Set(asked.map(({ path }) => path)),
    icons,
    hasQueries: asked.some(({ bytes }) => bytes.includes('<query')),
  };
}

async function readNamed(name: string): Promise<ContentFile & { bytes: Buffer; place: string }> {
  const place = resolve(name);
  try {
    return { path: relative(process.cwd(), place).split(sep).join('/'), bytes: await readFile(place), place };
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  }
}

/** The content folder a file lies in: the one that holds its `layouts/` or `data/`. */
function ownRoot(place: string): string | undefined {
  for (let folder = dirname(place); folder !== dirname(folder); folder = dirname(folder)) {
    if (/[/\\](layouts|data)$/.test(folder) && existsSync(folder)) return dirname(folder);
  }
  return undefined;
}
