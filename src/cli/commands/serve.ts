import type { Command } from 'commander';
import type { Configuration } from '../../configuration.ts';
import { configurationSchema } from '../../configuration-schema.ts';
import { pretty } from '../../diagnostics/reporters/index.ts';
import { LayoutError } from '../../layout-error.ts';
import { addSettings, settingsOf } from '../settings.ts';

/** `lintel serve`: the server, until a signal ends it. */
export function serve(program: Command): void {
  const command = program.command('serve').description('serve the pages to the customers');
  addSettings(command, Object.keys(configurationSchema.properties) as (keyof Configuration)[]);
  command.action(async (options: Record<string, unknown>) => {
    const settings = settingsOf(options);
    const { runServer } = await import('../run-server.ts');
    try {
      await runServer(settings);
    } catch (error) {
      if (!(error instanceof LayoutError)) throw error;
      console.error(pretty(error.diagnostics, { colour: process.stderr.isTTY === true, files: 1 }));
      process.exit(1);
    }
  });
}
