import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Configuration } from '../configuration.ts';
import { PACKAGE } from '../content.ts';
import { openDatabase } from '../database.ts';
import { pretty } from '../diagnostics/reporters/index.ts';
import { type AskedBlock, createEngine } from '../engine.ts';
import { readFrames } from '../frames.ts';
import { LayoutError } from '../layout-error.ts';
import { readPeers } from '../peers.ts';
import { readPreference } from '../preference.ts';
import { explained } from '../server/explain.ts';
import { scopeOf } from '../server/scope.ts';
import { createUsers, migrations } from '../store/index.ts';
import { readLimits } from '../xml/limits.ts';
import { ownAdditions } from './own-additions.ts';
import { UsageError } from './usage-error.ts';

export interface Explanation {
  /** Undefined when the layout has no such block. */
  readonly lines: readonly string[] | undefined;
  readonly isShown: boolean;
  /** The blocks that it has. */
  readonly known: readonly string[];
}

/** Draws the block as the user would get it, and says what it went through. */
export async function explainBlock(name: string, login: string, settings: Configuration): Promise<Explanation> {
  const { LINTEL_CONTENT, DATABASE_URL } = settings;
  if (LINTEL_CONTENT !== undefined && !existsSync(LINTEL_CONTENT))
    throw new UsageError(`LINTEL_CONTENT "${LINTEL_CONTENT}" is not there`);
  if (DATABASE_URL.startsWith('sqlite:') && !existsSync(DATABASE_URL.slice('sqlite:'.length)))
    throw new UsageError(`There is no database at ${DATABASE_URL}; start the server once, or set DATABASE_URL`);
  const database = await openDatabase(DATABASE_URL, { migrations });
  try {
    const user = await createUsers(database).byLogin(login);
    if (!user) throw new UsageError(`Nobody signs in as "${login}"`);
    const engine = await createEngine({
      folders: LINTEL_CONTENT === undefined ? [PACKAGE] : [LINTEL_CONTENT, PACKAGE],
      manager: settings.LINTEL_MANAGER,
      limits: readLimits(settings.LINTEL_XML_LIMITS),
      frames: readFrames(settings.LINTEL_FRAMES),
      sources: { peers: readPeers(settings.LINTEL_SOURCES), secret: (variable) => process.env[variable] },
      database,
      additions: await ownAdditions(settings.LINTEL_CONFIG, [], settings.LINTEL_FEATURES),
      watch: false,
      log: { info() {}, error: (entry, message) => console.error(`lintel: ${message}: ${reasonOf(entry)}`) },
      newId: () => randomBytes(6).toString('base64url'),
      newKey: () => randomBytes(16).toString('base64url'),
    });
    const known = engine.blockNames(user.level);
    const preference = readPreference(user.preference);
    const why = engine.why({ level: user.level, preference }, name);
    let asked: AskedBlock | undefined;
    if (why?.isShown) {
      const language = user.language ?? engine.languages[0] ?? 'en';
      const scope = scopeOf(user, { language, now: new Date(), session: '' });
      await engine.home(scope, { preference, onAsked: (one) => (asked = one.block === name ? one : asked) });
    }
    await engine.close();
    return { lines: why && explained(why, asked), isShown: why?.isShown === true, known };
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    throw new UsageError(`the content has errors:\n${pretty(error.diagnostics, { colour: false, files: 1 })}`);
  } finally {
    await database.close();
  }
}

function reasonOf(entry: object): string {
  const { err } = entry as { err?: unknown };
  return err instanceof Error ? err.message : String(err);
}
