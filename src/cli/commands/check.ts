import { type Command, Option } from 'commander';
import * as reporters from '../../diagnostics/reporters/index.ts';
import { type CheckOptions, checkOnce } from '../check-once.ts';
import { CONTENT_SETTINGS } from '../content-settings.ts';
import { addSettings, settingsOf } from '../settings.ts';

/** `lintel check [FILE…]`: every finding in the files, or in the whole content. */
export function check(program: Command): void {
  const command = program
    .command('check')
    .description('say what is wrong in layouts, definitions, texts, templates and rules of the house')
    .argument('[files...]', 'files to check; the whole content without any')
    .addOption(
      new Option('--format <format>', 'form of the findings').choices(Object.keys(reporters)).default('pretty'),
    )
    .option('--fix', 'make the changes that are safe, and say which')
    .option('--watch', 'check again whenever a file changes, until it is stopped')
    .option('--structure', 'do not look names up: functions and columns are registered elsewhere');
  addSettings(command, [...CONTENT_SETTINGS, 'DATABASE_URL']);
  command.action(async (names: readonly string[], options: CheckOptions) => {
    const settings = settingsOf(options);
    if (options.watch) {
      const { watchCheck } = await import('../watch-check.ts');
      return watchCheck(names, options, settings);
    }
    process.exitCode = (await checkOnce(names, options, settings)) ? 1 : 0;
  });
}
