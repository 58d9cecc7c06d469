import { type Command, Option } from 'commander';
import { createCatalogue } from '../../catalogue.ts';
import * as reporters from '../../diagnostics/reporters/index.ts';
import { readFrames } from '../../frames.ts';
import { compileContent } from '../../revision.ts';
import { readLimits } from '../../xml/limits.ts';
import { filesToCheck } from '../files-to-check.ts';
import { ownAdditions } from '../own-additions.ts';
import { addSettings, settingsOf } from '../settings.ts';
import { print, wantsColour } from '../terminal.ts';

interface CheckOptions extends Record<string, unknown> {
  readonly format: keyof typeof reporters;
  readonly structure?: boolean;
}

/** `lintel check [FILE…]`: every finding in the files, or in the whole content. */
export function check(program: Command): void {
  const command = program
    .command('check')
    .description('say what is wrong in layouts, definitions and texts')
    .argument('[files...]', 'files to check; the whole content without any')
    .addOption(
      new Option('--format <format>', 'form of the findings').choices(Object.keys(reporters)).default('pretty'),
    )
    .option('--structure', 'do not look names up: functions and columns are registered elsewhere');
  addSettings(command, [
    'LINTEL_CONTENT',
    'LINTEL_MANAGER',
    'LINTEL_CONFIG',
    'LINTEL_FEATURES',
    'DATABASE_URL',
    'LINTEL_XML_LIMITS',
    'LINTEL_FRAMES',
  ]);
  command.action(run);
}

async function run(names: readonly string[], options: CheckOptions): Promise<void> {
  const settings = settingsOf(options);
  const { content, only, icons, hasQueries } = filesToCheck(names, settings);
  const database = hasQueries && !options.structure ? await openForCheck(settings.DATABASE_URL) : undefined;
  const { diagnostics } = await compileContent(content, {
    catalogue: createCatalogue(await ownAdditions(settings.LINTEL_CONFIG, [], settings.LINTEL_FEATURES)),
    manager: settings.LINTEL_MANAGER,
    limits: readLimits(settings.LINTEL_XML_LIMITS),
    frames: readFrames(settings.LINTEL_FRAMES),
    now: new Date(),
    icons,
    database,
    structureOnly: options.structure === true,
    only,
  });
  await database?.close();
  if (hasQueries && !database && !options.structure) {
    console.error(
      `lintel: queries were not checked: there is no database at ${withoutPassword(settings.DATABASE_URL)}`,
    );
  }
  print(
    reporters[options.format](diagnostics, { colour: wantsColour(), files: only?.size ?? content.documents.length }),
  );
  process.exitCode = diagnostics.some(({ severity }) => severity !== 'info') ? 1 : 0;
}

/** The database that queries are described by, if it is there; a check never makes one. */
async function openForCheck(url: string) {
  const { databaseExists, openDatabase } = await import('../../database.ts');
  return (await databaseExists(url)) ? openDatabase(url, { readOnly: true }) : undefined;
}

function withoutPassword(url: string): string {
  return url.replace(/:[^:@/]+@/, ':…@');
}
