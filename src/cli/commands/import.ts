import { type Command, Option } from 'commander';
import * as reporters from '../../diagnostics/reporters/index.ts';
import { addSettings, settingsOf } from '../settings.ts';

interface ImportOptions extends Record<string, unknown> {
  readonly out: string;
  readonly force?: boolean;
  readonly list?: boolean;
  readonly format: keyof typeof reporters;
}

/** `lintel import DIR`: content made from files of the ISPsystem family. */
export function importFiles(program: Command): void {
  const command = program
    .command('import')
    .description('make layouts, overlays, texts and definitions from files of the ISPsystem family')
    .argument('<folder>', 'folder with their files, as etc/xml of a panel')
    .option('--out <folder>', 'content folder to write to', '.')
    .option('--list', 'only say what would be written and what does not carry over')
    .option('--force', 'overwrite files that are there')
    .addOption(
      new Option('--format <format>', 'form of the findings').choices(Object.keys(reporters)).default('pretty'),
    );
  addSettings(command, ['LINTEL_CONFIG', 'LINTEL_XML_LIMITS']);
  command.action(async (folder: string, options: ImportOptions) => {
    const settings = settingsOf(options);
    const { runImport } = await import('../run-import.ts');
    process.exitCode = await runImport(folder, options, settings);
  });
}
