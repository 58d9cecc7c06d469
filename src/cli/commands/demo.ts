import { type Command, InvalidArgumentError } from 'commander';
import { addSettings, settingsOf } from '../settings.ts';

/** `lintel demo`: fills a new database with the demo panel. */
export function demo(program: Command): void {
  const command = program
    .command('demo')
    .description('fill a new database with the demo panel')
    .option('--customers <number>', 'how many customers', readCount, 200);
  addSettings(command, ['DATABASE_URL']);
  command.action(async (options: { customers: number } & Record<string, unknown>) => {
    const { DATABASE_URL } = settingsOf(options);
    const { runDemo } = await import('../run-demo.ts');
    await runDemo(DATABASE_URL, options.customers);
  });
}

function readCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 11 || count > 10_000_000) {
    throw new InvalidArgumentError('Give a number from 11 on.');
  }
  return count;
}
