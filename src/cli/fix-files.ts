import { readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import type { ContentFile } from '../content.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { applyFixes, type Fixed } from '../diagnostics/fix.ts';
import { placeAt } from '../diagnostics/source.ts';
import { visible } from '../diagnostics/visible.ts';
import { shortened } from '../xml/problem.ts';
import type { FilesToCheck } from './files-to-check.ts';
import { shownPath } from './shown-paths.ts';

/** One fix can make place for another; more rounds than this would be two rules that take turns. */
const ROUNDS = 10;

type Find = (files: FilesToCheck) => Promise<readonly Diagnostic[]>;

/**
 * Makes the fixes of all findings, again until none is left, writes the files that changed, once, and says on stderr what
 * it did. Returns what is found then.
 */
export async function fixFiles(files: FilesToCheck, find: Find): Promise<readonly Diagnostic[]> {
  let current = files;
  let diagnostics = await find(current);
  const changed = new Map<string, ContentFile>();
  const refused = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const better = new Map(
      current.content.documents.flatMap((file) => {
        const fixed = fixedFile(file, diagnostics, current);
        if (fixed === 'refused') refused.add(shownPath(file.place, file.path));
        return typeof fixed === 'object' ? [[file.path, fixed] as const] : [];
      }),
    );
    if (better.size === 0) break;
    for (const [path, file] of better) changed.set(path, file);
    const documents = current.content.documents.map((file) => better.get(file.path) ?? file);
    current = { ...current, content: { ...current.content, documents } };
    diagnostics = await find(current);
  }
  for (const file of changed.values()) replace(file, files);
  for (const path of refused) console.error(`${path}: not changed, for it is not a file of this content`);
  return diagnostics;
}

/** The file with its fixes made; undefined when there are none. */
function fixedFile(
  file: ContentFile,
  diagnostics: readonly Diagnostic[],
  files: FilesToCheck,
): ContentFile | 'refused' | undefined {
  const source = diagnostics.find((one) => one.fix && one.source.path === file.path)?.source;
  if (!source) return undefined;
  const { text, made } = applyFixes(source, diagnostics);
  const bytes = Buffer.from(file.bytes);
  const mark = bytes.subarray(0, bytes.length - Buffer.byteLength(source.text));
  if (made.length === 0 || !bytes.equals(Buffer.concat([mark, Buffer.from(source.text)]))) return undefined;
  if (!isOurs(file, files)) return 'refused';
  for (const one of made) console.error(said(one, file));
  const { path, place } = file;
  return { path, ...(place !== undefined && { place }), bytes: Buffer.concat([mark, Buffer.from(text)]) };
}

/**
 * Whether a file may be changed: one of the content folder, or one that was asked for; none that a link leads to from
 * there, and none of an installed package.
 */
function isOurs({ path, place }: ContentFile, { only, root }: FilesToCheck): boolean {
  if (place === undefined) return false;
  const real = realpathSync(place);
  if (real.split(sep).includes('node_modules')) return false;
  const isInside = root !== undefined && real.startsWith(realpathSync(root) + sep);
  const isItself = real === join(realpathSync(dirname(place)), basename(place));
  return isInside || (only?.has(path) === true && isItself);
}

function said({ code, source, range, fix }: Fixed, { place, path }: ContentFile): string {
  const { line, column } = placeAt(source, range.start);
  const before = visible(shortened(source.text.slice(fix.range.start, fix.range.end)));
  const after = visible(shortened(fix.text));
  const words = after === '' ? `removed ${before}` : before === '' ? `added ${after}` : `${before} is now ${after}`;
  return `${shownPath(place, path)}:${line}:${column}: fixed: ${words} [${code}]`;
}

/** Puts the new bytes in place of the old ones, all at once, unless somebody has changed the file meanwhile. */
function replace({ path, place, bytes }: ContentFile, { content }: FilesToCheck): void {
  const old = content.documents.find((file) => file.path === path);
  if (place === undefined || !old) return;
  const target = realpathSync(place);
  if (!readFileSync(target).equals(Buffer.from(old.bytes))) {
    console.error(`${shownPath(place, path)}: not changed, for it was changed meanwhile`);
    return;
  }
  const fresh = `${target}.${process.pid}.tmp`;
  writeFileSync(fresh, bytes, { mode: statSync(target).mode });
  renameSync(fresh, target);
}
