#!/usr/bin/env node
/** The `lintel` command. Exit codes: 0 clean, 1 problems, 2 wrong usage, 3 a fault of Lintel's own. */
import { Command, CommanderError } from 'commander';
import { ConfigurationError } from '../configuration.ts';
import { commands } from './commands/index.ts';
import { UsageError } from './usage-error.ts';

const program = new Command('lintel')
  .description('The home page of a hosting panel, described in XML')
  .exitOverride()
  .showHelpAfterError('(see lintel --help)');
for (const add of commands) add(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError || error instanceof ConfigurationError) {
    console.error(`lintel: ${error.message}`);
    return 2;
  }
  console.error(error);
  console.error('lintel: this is a fault of Lintel; please report it with the lines above.');
  return 3;
}
