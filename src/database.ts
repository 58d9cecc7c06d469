/**
 * The one place that knows knex and the drivers. An author's SELECT is described here, wrapped once into a statement that
 * sorts and cuts, and read through connections that cannot write.
 */
import type { Database, DatabaseOptions } from './database/contract.ts';

export type * from './database/contract.ts';
export { parameterNames, readSelect } from './database/select.ts';

/**
 * Opens `sqlite:PATH` or `postgres://…`. Nothing is read, and no file is made, before the first use; throws when the
 * address names neither.
 */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const path = sqlitePath(url);
  if (path !== undefined) return (await import('./database/sqlite.ts')).openSqlite(path, options);
  if (/^postgres(ql)?:\/\//.test(url)) return (await import('./database/postgres.ts')).openPostgres(url, options);
  throw new Error('A database address is "sqlite:PATH" or "postgres://USER:PASSWORD@HOST/NAME"');
}

/** Whether there is something to open: a SQLite file that exists. A server is always taken to be there. */
export async function databaseExists(url: string): Promise<boolean> {
  const path = sqlitePath(url);
  if (path === undefined) return true;
  const { access } = await import('node:fs/promises');
  return access(path).then(
    () => true,
    () => false,
  );
}

/** The file of a `sqlite:` address, where `sqlite:///a/b` is `/a/b`. Memory has no second connection and is refused. */
function sqlitePath(url: string): string | undefined {
  const path = /^sqlite:(?:\/\/(?=\/))?(.*)$/.exec(url)?.[1];
  if (path === '' || path === ':memory:') throw new Error('A SQLite database is a file: "sqlite:PATH"');
  return path;
}
