import type { Command } from 'commander';
import { type Configuration, readConfiguration } from '../configuration.ts';
import { configurationSchema } from '../configuration-schema.ts';

/** Gives a command a flag for each setting it uses: `DATABASE_URL` is `--database-url`. */
export function addSettings(command: Command, names: readonly (keyof Configuration)[]): Command {
  for (const name of names) {
    const schema = configurationSchema.properties[name] as { about?: string; default?: string | number };
    const fallback = schema.default === undefined ? '' : ` (default: ${schema.default})`;
    command.option(`--${flagOf(name)} <value>`, `${schema.about ?? ''}${fallback}`);
  }
  return command;
}

const flagOf = (name: string) => name.toLowerCase().replaceAll('_', '-');
const optionOf = (name: string) => flagOf(name).replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());

/** The configuration: flags over environment over defaults. */
export function settingsOf(options: Readonly<Record<string, unknown>>): Configuration {
  const given: Record<string, string | undefined> = {};
  for (const name of Object.keys(configurationSchema.properties)) {
    const flag = options[optionOf(name)];
    given[name] = typeof flag === 'string' ? flag : process.env[name];
  }
  return readConfiguration(given);
}
