import type { Static } from 'typebox';
import { validators } from '#validators';
import { configurationSchema } from './configuration-schema.ts';

export type Configuration = Static<typeof configurationSchema>;

/** Words a configuration could not be made from. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** Reads the settings from `given` (text, as environment and flags hold it); throws ConfigurationError with one clear line. */
export function readConfiguration(given: Readonly<Record<string, string | undefined>>): Configuration {
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(configurationSchema.properties)) {
    const text = given[name] === '' ? undefined : given[name];
    const value = text ?? ('default' in schema ? schema.default : undefined);
    if (value !== undefined)
      values[name] = schema.type === 'integer' && /^\d+$/.test(String(value)) ? Number(value) : value;
  }
  const [error] = validators['#configuration']?.(values) ?? [];
  if (error) throw new ConfigurationError(sentence(error.instancePath.slice(1), values));
  const configuration = values as Configuration;
  if (!isLoopback(configuration.HOST) && !configuration.LINTEL_ORIGIN) {
    throw new ConfigurationError(
      `HOST is "${configuration.HOST}", not loopback: set LINTEL_ORIGIN to the public origin`,
    );
  }
  return configuration;
}

function sentence(name: string, values: Readonly<Record<string, unknown>>): string {
  const schema = configurationSchema.properties[name as keyof Configuration] as { about?: string };
  const shown = String(values[name]).replace(/:[^:@/]+@/, ':…@'); // no password on a screen
  return `${name} is "${shown}". ${schema.about ?? ''}`;
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
