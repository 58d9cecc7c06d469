/** The `lintel` command. Exit codes: 0 clean, 1 problems, 2 wrong usage, 3 a fault of Lintel's own. */
import { Command, CommanderError } from 'commander';
import * as commands from './commands/index.ts';
import { print } from './terminal.ts';
import { version } from './version.ts';

const program = new Command('lintel')
  .description('The home page of a hosting panel, described in XML')
  .option('-V, --version', 'say which version this is')
  .on('option:version', () => {
    print(`${version()}\n`);
    process.exit(0);
  })
  .exitOverride()
  .showHelpAfterError('(see lintel --help)');
for (const add of Object.values(commands)) add(program);

// Whatever a command had opened by then would keep the process.
program.parseAsync().catch((error: unknown) => process.exit(report(error)));

/** Errors are known by their names: they may come from another bundle. */
const USAGE = new Set(['UsageError', 'ConfigurationError']);

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Error && USAGE.has(error.name)) {
    console.error(`lintel: ${error.message}`);
    return 2;
  }
  console.error(error);
  console.error('lintel: this is a fault of Lintel; please report it with the lines above.');
  return 3;
}
