import type { Command } from 'commander';
import { suggest } from '../../diagnostics/suggest.ts';
import { CONTENT_SETTINGS } from '../content-settings.ts';
import { addSettings, settingsOf } from '../settings.ts';
import { print } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** `lintel why BLOCK --as LOGIN`: who placed a block, which gate decided, and how its rows come, for one user. */
export function why(program: Command): void {
  const command = program
    .command('why')
    .description('say why a block is on the home page of a user, or is not, and how its rows come')
    .argument('<block>', 'name of the block')
    .requiredOption('--as <login>', 'for whom the page is');
  addSettings(command, [...CONTENT_SETTINGS, 'DATABASE_URL']);
  command.action(async (block: string, options: Record<string, unknown>) => {
    const { explainBlock } = await import('../explain-block.ts');
    const { lines, isShown, known } = await explainBlock(block, String(options.as), settingsOf(options));
    if (!lines) throw new UsageError(`No block of that layout is named "${block}". ${suggest(block, known)}`);
    print(`${block}: ${isShown ? 'shown' : 'not shown'}\n${lines.map((line) => `  ${line}\n`).join('')}`);
    process.exitCode = isShown ? 0 : 1;
  });
}
