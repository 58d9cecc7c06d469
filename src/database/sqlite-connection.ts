import sqlite3 from 'sqlite3';

/** The driver that all of SQLite goes through: two SQLite libraries in one process lose data. */
export const driver = sqlite3;
export type Connection = sqlite3.Database;
type Row = Readonly<Record<string, string | number | null>>;

const flags = {
  read: sqlite3.OPEN_READONLY,
  write: sqlite3.OPEN_READWRITE,
  create: sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE,
};

/** Settings that SQLite keeps per connection. FULL: an acknowledged payment survives a power cut. */
const settings = {
  read: 'pragma busy_timeout = 5000; pragma query_only = on;',
  write: 'pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;',
};

/** Opens the file for that purpose; only `create` makes a missing one. */
export async function connect(path: string, purpose: keyof typeof flags): Promise<Connection> {
  const connection = await new Promise<Connection>((resolve, reject) => {
    const opened: Connection = new sqlite3.Database(path, flags[purpose], (error) =>
      error ? reject(error) : resolve(opened),
    );
  }).catch((error: Error) => {
    throw new Error(`The database file ${path} cannot be opened: ${plain(error)}`, { cause: error });
  });
  await configure(connection, purpose === 'read' ? settings.read : settings.write);
  return connection;
}

const tries = 100;
const pause = 50;

/** A new file that another process turns to WAL at the same moment is busy at once, whatever the timeout: ask again. */
async function configure(connection: Connection, pragmas: string): Promise<void> {
  for (let left = tries; ; left -= 1) {
    try {
      return await run((done) => connection.exec(pragmas, done));
    } catch (error) {
      if ((error as { code?: string }).code !== 'SQLITE_BUSY' || left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** A call of the driver that answers with an error or nothing. */
export function run(call: (done: (error: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => call((error) => (error ? reject(error) : resolve())));
}

/** All rows of a statement that is run once. */
export function query(connection: Connection, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  return new Promise((resolve, reject) =>
    connection.all(sql, values, (error: Error | null, rows: Row[]) => (error ? reject(error) : resolve(rows))),
  );
}

/** SQLite's message without the code that the driver puts before it. */
export function plain(error: Error): string {
  return error.message.replace(/^SQLITE_[A-Z_]+: /, '');
}
