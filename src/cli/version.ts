import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE } from '../content.ts';

/** The version of the package, read when it is asked for. */
export function version(): string {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  return version;
}
