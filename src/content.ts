/** The content folders on disk: `layouts/`, `data/`, `templates/`. A file in an earlier folder stands for the same file in a later one. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Stored, StoredDocument } from './xml/stored.ts';

export interface ContentFile {
  /** Relative to its content folder, with forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Where it lies on disk. */
  readonly place?: string;
  /** It is not the house's own: it lies underneath its content, in the last of several folders. */
  readonly isUnderneath?: boolean;
  /** The same document as it was read when Lintel was built. */
  readonly stored?: Stored | undefined;
}

export interface ContentFiles {
  readonly documents: readonly ContentFile[];
  /** What overlays expect of their base: `layouts/billmgr_mod_shop.pins.json`. */
  readonly pins: readonly ContentFile[];
  /** Rules of the house. */
  readonly house: readonly ContentFile[];
  /** `blocks/list.njk` → source. */
  readonly templates: ReadonlyMap<string, string>;
  /** Names of the templates to check: those that lie over Lintel's own. */
  readonly ownTemplates: readonly string[];
  /** `lintel.css` → its bytes. */
  readonly assets: ReadonlyMap<string, Uint8Array>;
}

/** The folder of the package itself: its `layouts/`, `data/` and `templates/` lie underneath those of a hosting provider. */
export const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

/** The icons of `templates/assets/icons.json`, drawn when Lintel is built. */
const SPRITE = 'icons.svg';

/** The scripts of `src/browser/`, bundled when Lintel is built. */
const SCRIPTS = ['lintel.js', 'home.js', 'customise.js'];

const DOCUMENT = /^(?:layouts|data)\/(?:[^/.][^/]*\/)*[^/]+\.xml$/;
const PINS = /^(?:layouts|data)\/(?:[^/.][^/]*\/)*[^/]+_mod_[^/]+\.pins\.json$/;
const HOUSE = /^layouts\/rules\/[^/]+\.json$/;
const TEMPLATE = /^templates\/((?:[\w-]+\/)*[\w.-]+\.njk)$/;
const ASSET = /^templates\/assets\/([\w.-]+)$/;
const FOLDERS = ['layouts', 'data', 'templates'];

/** Reads the content of `folders`; a file in an earlier folder wins over the same path in a later one. */
export function readContent(folders: readonly string[]): ContentFiles {
  const files = readFiles(folders, [DOCUMENT, PINS, HOUSE, TEMPLATE, ASSET]);
  return {
    documents: withStored(files.filter(({ path }) => DOCUMENT.test(path))),
    pins: files.filter(({ path }) => PINS.test(path)),
    house: files.filter(({ path }) => HOUSE.test(path)),
    templates: new Map(named(files, TEMPLATE).map(([name, bytes]) => [name, bytes.toString('utf8')])),
    ownTemplates: folders.length > 1 ? ownNames(files) : [],
    assets: new Map([...[SPRITE, ...SCRIPTS].map(built), ...named(files, ASSET)]),
  };
}

const built = (name: string) => [name, readFileSync(join(PACKAGE, 'dist', name))] as const;

/** Only what a check needs: documents, pins, rules of the house and the sprite. */
export function readDocuments(folders: readonly string[]): Omit<ContentFiles, 'templates' | 'ownTemplates'> {
  const files = readFiles(folders, [DOCUMENT, PINS, HOUSE, new RegExp(`^templates/assets/(${SPRITE})$`)]);
  return {
    documents: withStored(files.filter(({ path }) => DOCUMENT.test(path))),
    pins: files.filter(({ path }) => PINS.test(path)),
    house: files.filter(({ path }) => HOUSE.test(path)),
    assets: new Map([built(SPRITE), ...named(files, ASSET)]),
  };
}

/** All templates, and the names of those that are not underneath. */
export function readTemplateFiles(folders: readonly string[]): {
  readonly files: readonly ContentFile[];
  readonly ownTemplates: readonly string[];
} {
  const files = readFiles(folders, [TEMPLATE]);
  return { files, ownTemplates: ownNames(files) };
}

/** The names of the templates that Lintel brings along. */
export function broughtTemplates(): ReadonlySet<string> {
  return new Set(listFiles(PACKAGE, [TEMPLATE]).map((path) => path.replace(TEMPLATE, '$1')));
}

function ownNames(files: readonly ContentFile[]): string[] {
  return files
    .filter(({ path, isUnderneath }) => TEMPLATE.test(path) && !isUnderneath)
    .map(({ path }) => path.replace(TEMPLATE, '$1'));
}

type ReadFile = ContentFile & { readonly bytes: Buffer };

function readFiles(folders: readonly string[], patterns: readonly RegExp[]): readonly ReadFile[] {
  const places = new Map<string, string>();
  for (const folder of [...folders].reverse()) {
    for (const path of listFiles(folder, patterns)) places.set(path, join(folder, path));
  }
  const sorted = [...places].sort(([a], [b]) => (a < b ? -1 : 1));
  const last = folders.length > 1 ? folders.at(-1) : undefined;
  return sorted.map(([path, place]) => ({
    path,
    place,
    isUnderneath: last !== undefined && place === join(last, path),
    bytes: readFileSync(place),
  }));
}

function named(files: readonly ReadFile[], pattern: RegExp): (readonly [string, Buffer])[] {
  return files.flatMap(({ path, bytes }) => {
    const name = pattern.exec(path)?.[1];
    return name === undefined ? [] : [[name, bytes] as const];
  });
}

/** What the build has read: the documents, and the bytes of their parts. */
const STORED = { documents: join(PACKAGE, 'dist', 'documents.json'), bytes: join(PACKAGE, 'dist', 'documents.bytes') };

/** Adds what the build has read to the files that are still the same. */
function withStored(files: readonly ReadFile[]): readonly ContentFile[] {
  if (!existsSync(STORED.documents)) return files;
  const documents = JSON.parse(readFileSync(STORED.documents, 'utf8')) as Record<string, StoredDocument>;
  const bytes = readFileSync(STORED.bytes);
  return files.map((file) => {
    const document = documents[file.path];
    if (!document || !file.bytes.equals(bytes.subarray(...document.bytes))) return file;
    return { ...file, stored: { document, text: ([from, to]) => bytes.toString('utf8', from, to) } };
  });
}

/** The names of the icons in a sprite. */
export function iconNames({ assets }: Pick<ContentFiles, 'assets'>): ReadonlySet<string> {
  const sprite = Buffer.from(assets.get(SPRITE) ?? []).toString('utf8');
  return new Set([...sprite.matchAll(/<symbol id="([^"]+)"/g)].map(([, name]) => name ?? ''));
}

function listFiles(folder: string, patterns: readonly RegExp[]): string[] {
  return FOLDERS.flatMap((name) => listFolder(folder, name)).filter((path) =>
    patterns.some((pattern) => pattern.test(path)),
  );
}

/** Every file below `folder/path`, in the order of their paths, which are relative to `folder`. */
export function readFolder(folder: string, path: string): readonly ContentFile[] {
  return listFolder(folder, path)
    .sort()
    .map((inside) => ({ path: inside, place: join(folder, inside), bytes: readFileSync(join(folder, inside)) }));
}

/** The files below `folder/path`, relative to `folder`; none when it is missing. */
function listFolder(folder: string, path: string): string[] {
  try {
    return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
      const inside = `${path}/${entry.name}`;
      return entry.isDirectory() ? listFolder(folder, inside) : entry.isFile() ? [inside] : [];
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

const READY_LIMIT = 2000;

/** Milliseconds; the watcher says nothing of a second change within 50. */
const SETTLED = 60;

/** Calls `onChange` soon after any content file changed; several changes at once are one call. `files` are followed beside. */
export async function watchContent(
  folders: readonly string[],
  onChange: () => void,
  files: readonly string[] = [],
): Promise<{ close(): Promise<void> }> {
  const { watch } = await import('chokidar');
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch([...folders.flatMap((folder) => FOLDERS.map((name) => join(folder, name))), ...files], {
    ignoreInitial: true,
    ignored: (path, stats) => stats?.isFile() === true && !/\.(xml|njk|css|json|svg)$/.test(path),
  });
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, SETTLED);
  });
  // On some file systems a watcher is never ready; it works all the same.
  await new Promise<void>((resolve) => {
    const limit = setTimeout(resolve, READY_LIMIT);
    watcher.once('ready', () => {
      clearTimeout(limit);
      resolve();
    });
  });
  return {
    close() {
      clearTimeout(timer);
      return watcher.close();
    },
  };
}
