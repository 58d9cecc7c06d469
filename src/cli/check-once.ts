import type { Configuration } from '../configuration.ts';
import type { Database } from '../database.ts';
import { type Diagnostic, sortDiagnostics } from '../diagnostics/diagnostic.ts';
import * as reporters from '../diagnostics/reporters/index.ts';
import { compileContent } from '../revision.ts';
import { type ContentSettings, contentSettings } from './content-settings.ts';
import { type FilesToCheck, filesToCheck, needsTrial } from './files-to-check.ts';
import { ruleManuals } from './rule-manuals.ts';
import { withShownPaths } from './shown-paths.ts';
import { print, wantsColour } from './terminal.ts';
import { version } from './version.ts';

export interface CheckOptions extends Record<string, unknown> {
  readonly format: keyof typeof reporters;
  readonly structure?: boolean;
  readonly fix?: boolean;
  readonly watch?: boolean;
}

/** Checks the files, or the whole content, and prints what is found; whether there are problems. */
export async function checkOnce(
  names: readonly string[],
  options: CheckOptions,
  settings: Configuration,
): Promise<boolean> {
  const files = filesToCheck(names, settings);
  await makeLessCode(sizeOf(files));
  const given = await contentSettings(settings);
  const hasQueries = files.hasQueries && !options.structure;
  const database = hasQueries ? await openForCheck(settings.DATABASE_URL) : undefined;
  const find = (changed: FilesToCheck) =>
    findings(changed, { ...given, database, structure: options.structure === true });
  const found = options.fix
    ? await import('./fix-files.ts').then(({ fixFiles }) => fixFiles(files, find))
    : await find(files);
  await database?.close();
  if (hasQueries && !database) {
    console.error(
      `lintel: queries were not checked: there is no database at ${withoutPassword(settings.DATABASE_URL)}`,
    );
  }
  const { documents, pins, house } = files.content;
  const diagnostics = withShownPaths(found, [...documents, ...pins, ...house, ...files.templateFiles]);
  const manual = () => ({ version: version(), rules: ruleManuals(given.catalogue.rules) });
  print(
    reporters[options.format](diagnostics, {
      colour: wantsColour(),
      files: files.only?.size ?? documents.length + house.length + (files.templates?.names.length ?? 0),
      manual,
    }),
  );
  return diagnostics.some(({ severity }) => severity !== 'info');
}

const sizeOf = ({ content: { documents }, only }: FilesToCheck) =>
  documents.reduce(
    (sum, { path, bytes, stored }) => sum + (only?.has(path) || (!only && !stored) ? bytes.length : 0),
    0,
  );

/** Bytes from which on it pays, and those from which on optimised code does. */
const LARGE = 5_000;
const HUGE = 4_000_000;

/** Most checks are over before optimised code pays for its making, so V8 makes less of it: two fifths of the time of 300 KB. */
async function makeLessCode(size: number): Promise<void> {
  if (size < LARGE) return;
  const { setFlagsFromString } = await import('node:v8');
  setFlagsFromString(`--interrupt-budget=${size < HUGE ? 1_200_000 : 400_000}`);
}

interface Surroundings extends ContentSettings {
  readonly database: Database | undefined;
  readonly structure: boolean;
}

async function findings(files: FilesToCheck, { structure, ...given }: Surroundings): Promise<readonly Diagnostic[]> {
  const { icons, only, templates } = files;
  const { diagnostics } = await compileContent(files.content, {
    ...given,
    now: new Date(),
    icons,
    structureOnly: structure,
    checkOnly: true,
    only,
    templates,
  });
  if (structure || diagnostics.some(({ severity }) => severity === 'error') || !needsTrial(files)) return diagnostics;
  const { findInTrial } = await import('./trial.ts');
  return sortDiagnostics([...diagnostics, ...(await findInTrial(files, given))]);
}

/** The database that queries are described by, if it is there; a check never makes one. */
async function openForCheck(url: string) {
  const { databaseExists, openDatabase } = await import('../database.ts');
  return (await databaseExists(url)) ? openDatabase(url, { readOnly: true }) : undefined;
}

function withoutPassword(url: string): string {
  return url.replace(/:[^:@/]+@/, ':…@');
}
