import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { addSettings, settingsOf } from '../settings.ts';
import { UsageError } from '../usage-error.ts';

/** `lintel demo`: fills a new database with the demo panel. */
export function demo(program: Command): void {
  const command = program
    .command('demo')
    .description('fill a new database with the demo panel')
    .option('--customers <number>', 'how many customers', readCount, 200);
  addSettings(command, ['DATABASE_URL']);
  command.action(async (options: { customers: number } & Record<string, unknown>) => {
    const { DATABASE_URL } = settingsOf(options);
    const { databaseExists, openDatabase } = await import('../../database.ts');
    const { createDemo } = await import('../../billing/demo/index.ts');
    const { migrations } = await import('../../store/index.ts');
    if (DATABASE_URL.startsWith('sqlite:')) {
      if (await databaseExists(DATABASE_URL))
        throw new UsageError(`${DATABASE_URL} is there already: delete it, or give another --database-url`);
      await mkdir(dirname(DATABASE_URL.slice('sqlite:'.length)), { recursive: true });
    }
    const database = await openDatabase(DATABASE_URL, { migrations });
    await database.migrate();
    const started = performance.now();
    await createDemo(database, { customers: options.customers, today: new Date() });
    await database.close();
    console.log(
      `${options.customers} customers in ${DATABASE_URL}, ${((performance.now() - started) / 1000).toFixed(1)} s`,
    );
  });
}

function readCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 10 || count > 10_000_000)
    throw new InvalidArgumentError('Give a number from 10 on.');
  return count;
}
