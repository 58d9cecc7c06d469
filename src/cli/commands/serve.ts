import type { Command } from 'commander';
import type { Configuration } from '../../configuration.ts';
import { configurationSchema } from '../../configuration-schema.ts';
import { addSettings, settingsOf } from '../settings.ts';

/** `lintel serve`: the server, until a signal ends it. */
export function serve(program: Command): void {
  const command = program.command('serve').description('serve the pages to the customers');
  addSettings(command, Object.keys(configurationSchema.properties) as (keyof Configuration)[]);
  command.action(async (options: Record<string, unknown>) => {
    const settings = settingsOf(options);
    const { runServer } = await import('../run-server.ts');
    await runServer(settings);
  });
}
