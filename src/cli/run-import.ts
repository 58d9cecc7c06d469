import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { createCatalogue } from '../catalogue.ts';
import type { Configuration } from '../configuration.ts';
import { type ContentFile, iconNames, PACKAGE, readDocuments } from '../content.ts';
import * as reporters from '../diagnostics/reporters/index.ts';
import { importCodes } from '../import/codes.ts';
import { importFamily, type Target } from '../import/index.ts';
import { readLimits } from '../xml/limits.ts';
import { ownAdditions } from './own-additions.ts';
import { ruleManuals } from './rule-manuals.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

interface Options {
  readonly out: string;
  readonly force?: boolean;
  readonly list?: boolean;
  readonly format: keyof typeof reporters;
}

/** Far more than a panel has; a whole disk is a slip. */
const MOST_FILES = 10_000;

/** Imports a folder into a content folder, and says what was written and what was not carried over: 0 for nothing of that, 1 for some. */
export async function runImport(folder: string, options: Options, settings: Configuration): Promise<number> {
  const files = readFamily(folder);
  const catalogue = createCatalogue(await ownAdditions(settings.LINTEL_CONFIG));
  const own = readDocuments([PACKAGE]);
  const { targets, diagnostics } = await importFamily(files, {
    catalogue,
    documents: own.documents,
    icons: iconNames(own),
    limits: readLimits(settings.LINTEL_XML_LIMITS),
  });
  const written = options.list ? targets : write(targets, options);
  const colour = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  const manual = () => ({ version: version(), rules: ruleManuals([...catalogue.rules, ...importCodes]) });
  const report = reporters[options.format](diagnostics, { colour, files: files.length, manual });
  const said = written.map((target) => line(target, options)).join('');
  // A report for programs stays alone on its way.
  if (options.format === 'pretty') process.stdout.write(said + report);
  else {
    process.stderr.write(said);
    process.stdout.write(report);
  }
  return diagnostics.some(({ severity }) => severity !== 'info') ? 1 : 0;
}

function line({ path, from }: Target, { out, list }: Options): string {
  const origin = from ? `from ${from.path}` : 'to be filled in';
  return `${list ? 'would write' : 'wrote'} ${shown(join(resolve(out), path))} ${origin}\n`;
}

/** Every XML file below a folder. */
function readFamily(folder: string): ContentFile[] {
  const root = resolve(folder);
  if (!existsSync(root)) throw new UsageError(`There is no folder ${folder}`);
  if (!statSync(root).isDirectory()) throw new UsageError(`${folder} is a file: give the folder that it lies in`);
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.xml') && statSync(join(root, name)).isFile())
    .sort();
  if (names.length === 0) throw new UsageError(`There is no XML file in ${folder}`);
  if (names.length > MOST_FILES)
    throw new UsageError(`There are ${names.length} XML files in ${folder}, too many for a panel`);
  return names.map((name) => ({ path: shown(join(root, name)), bytes: readFileSync(join(root, name)) }));
}

/** Writes the targets, all or none: what is there stays as it is without `--force`. */
function write(targets: readonly Target[], { out, force }: Options): readonly Target[] {
  const places = targets.map((target) => ({ target, place: join(resolve(out), target.path) }));
  const changed = places.filter(({ target, place }) => !isSame(place, target.work.text));
  const taken = changed.filter(({ place }) => existsSync(place));
  if (taken.length > 0 && !force) {
    const names = taken.map(({ place }) => shown(place)).join(', ');
    throw new UsageError(`Nothing was written: ${names} would be overwritten. Give --force, or another --out`);
  }
  for (const { target, place } of changed) {
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, target.work.text);
  }
  return targets;
}

function isSame(place: string, text: string): boolean {
  return existsSync(place) && readFileSync(place, 'utf8') === text;
}

function shown(place: string): string {
  return (relative(process.cwd(), place) || '.').split(sep).join('/');
}
