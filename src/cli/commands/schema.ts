import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { compileContent } from '../../revision.ts';
import { CONTENT_SETTINGS, contentSettings } from '../content-settings.ts';
import { filesToCheck } from '../files-to-check.ts';
import { addSettings, settingsOf } from '../settings.ts';
import { print } from '../terminal.ts';

interface SchemaOptions extends Record<string, unknown> {
  readonly out?: string;
  readonly structure?: boolean;
}

/** `lintel schema [--out FILE]`: the language as an XML Schema, with the names that are registered here. */
export function schema(program: Command): void {
  const command = program
    .command('schema')
    .description('write the language as an XML Schema (XSD), with your own functions, columns, buttons and icons')
    .option('--out <file>', 'where to write it; to the terminal without')
    .option('--structure', 'leave registered names out: for layouts whose functions live elsewhere');
  addSettings(command, CONTENT_SETTINGS);
  command.action(run);
}

async function run(options: SchemaOptions): Promise<void> {
  const settings = settingsOf(options);
  const { content, icons } = filesToCheck([], settings);
  const given = await contentSettings(settings);
  const revision = await compileContent(content, { ...given, icons, database: undefined });
  const { xsd, namesByKind } = await import('../../reference/index.ts');
  const names = namesByKind(revision.functions, icons, revision.content.messages);
  const text = xsd(given.catalogue.elements, options.structure === true ? undefined : names);
  if (options.out === undefined) print(text);
  else writeFileSync(options.out, text);
}
