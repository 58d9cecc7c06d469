/** A database with the demo, and engines on it with content of their own: what a page is made of, without a server. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createDemo } from '../../src/billing/demo/index.ts';
import { billing } from '../../src/billing/index.ts';
import type { Additions } from '../../src/catalogue.ts';
import { PACKAGE } from '../../src/content.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { createEngine, type Engine, type Observer } from '../../src/engine.ts';
import type { Scope } from '../../src/provider.ts';
import { createUsers, migrations } from '../../src/store/index.ts';
import { createFolders } from './command.ts';
import { type LogEntry, TODAY } from './panel.ts';

export interface Bed {
  readonly database: Database;
  /** What engines of this bed logged. */
  readonly logged: LogEntry[];
  /** The scope of a user of the demo, at its day. */
  scopeOf(login: string, change?: Partial<Scope>): Promise<Scope>;
  /** An engine whose own content folder holds `files`, by path, on top of Lintel's. */
  engine(files?: Readonly<Record<string, string>>, additions?: Additions, observer?: Observer): Promise<Engine>;
  stop(): Promise<void>;
}

export async function startBed({ customers = 12 } = {}): Promise<Bed> {
  const folders = createFolders();
  const database = await openDatabase(`sqlite:${join(await folders.make(), 'bed.sqlite')}`, { migrations });
  await database.migrate();
  await createDemo(database, { customers, today: TODAY });
  const users = createUsers(database);
  const logged: LogEntry[] = [];
  const log = (level: LogEntry['level']) => (entry: object, message: string) =>
    void logged.push({ level, message, ...entry });
  const engines: Engine[] = [];
  return {
    database,
    logged,
    async scopeOf(login, change) {
      const user = await users.byLogin(login);
      if (!user) throw new Error(`Nobody is named ${login}`);
      const { id, name, level, customer, zone, theme } = user;
      const scope = {
        customer,
        user: id,
        name,
        login,
        level,
        language: 'en',
        zone,
        theme,
        rows: 25,
        now: TODAY,
        session: '1f0c2b7a91d3',
      };
      return { ...scope, ...change };
    },
    async engine(files = {}, additions = {}, observer) {
      const engine = await createEngine({
        folders: [await folders.make(files), PACKAGE],
        manager: 'billmgr',
        database,
        additions: {
          ...additions,
          providers: [...billing.providers, ...(additions.providers ?? [])],
          forms: [...billing.forms, ...(additions.forms ?? [])],
        },
        watch: false,
        observer,
        log: { info: log('info'), error: log('error') },
        newId: () => randomBytes(9).toString('base64url'),
        newKey: () => randomBytes(16).toString('base64url'),
      });
      engines.push(engine);
      return engine;
    },
    async stop() {
      for (const engine of engines) await engine.close();
      await database.close();
      await folders.remove();
    },
  };
}
