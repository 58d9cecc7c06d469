import type { Statement } from 'sqlite3';
import { type Connection, connect, run } from './sqlite-connection.ts';

type Row = Readonly<Record<string, string | number | null>>;

interface Read {
  readonly sql: string;
  readonly values: readonly unknown[];
  /** Whether the statement will be asked again and is worth keeping. */
  readonly keep: boolean;
  readonly signal?: AbortSignal;
}

interface Job extends Read {
  settle(error: Error | null, rows: readonly Row[]): void;
}

/** Reads of one SQLite file through connections that cannot write. */
export interface Reader {
  /** Rejects with the signal's reason as soon as it is aborted; the statement is then stopped or never started. */
  all(read: Read): Promise<readonly Row[]>;
  /** Lets go of the connections; the next read opens the file anew. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** Two lines: one slow statement leaves the other to the rest, and two threads of libuv's four to everything else. */
const lineCount = 2;
/** What an open plan needs several times over, and a bound for what many plans leave behind. */
const keptStatements = 200;
/** After these a connection is not used again: the file may be back, or be another one. */
const broken = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_IOERR', 'SQLITE_CANTOPEN', 'SQLITE_MISUSE']);

export function createReader(path: string): Reader {
  const waiting: Job[] = [];
  let closed = false;
  const next = () => {
    for (const line of lines) {
      const job = line.isFree() ? waiting.shift() : undefined;
      if (job) line.start(job);
    }
  };
  const lines = Array.from({ length: lineCount }, () => createLine(path, next));
  const abort = (job: Job) => {
    const place = waiting.indexOf(job);
    if (place >= 0) waiting.splice(place, 1);
    for (const line of lines) line.interrupt(job);
  };
  return {
    all(read) {
      return new Promise((resolve, reject) => {
        if (closed) return reject(new Error('The database is closed'));
        if (read.signal?.aborted) return reject(read.signal.reason);
        const onAbort = () => {
          reject(read.signal?.reason);
          abort(job);
        };
        const job: Job = {
          ...read,
          settle(error, rows) {
            read.signal?.removeEventListener('abort', onAbort);
            if (error) reject(error);
            else resolve(rows);
          },
        };
        read.signal?.addEventListener('abort', onAbort);
        waiting.push(job);
        next();
      });
    },
    async reset() {
      await Promise.all(lines.map((line) => line.drop()));
    },
    async close() {
      closed = true;
      for (const job of waiting.splice(0)) job.settle(new Error('The database is closed'), []);
      for (const line of lines) line.interrupt();
      await Promise.all(lines.map((line) => line.drop()));
    },
  };
}

/**
 * One connection that runs one statement at a time: an interrupt then stops nobody else's, and no thread waits for
 * another. Statements are run with `all`, never `get`, which would leave the last row pending and with it the
 * connection looking at an old state of the file.
 */
function createLine(path: string, freed: () => void) {
  const statements = new Map<string, Statement>();
  let connection: Connection | undefined;
  let job: Job | undefined;

  const done = (error: (Error & { code?: string }) | null, rows: readonly Row[] = []) => {
    const finished = job;
    job = undefined;
    if (error && broken.has(error.code ?? '')) void drop();
    finished?.settle(error, rows);
    freed();
  };

  const drop = async () => {
    const old = connection;
    connection = undefined;
    for (const statement of statements.values()) statement.finalize();
    statements.clear();
    if (old) await run((close) => old.close(close)).catch(() => {});
  };

  const prepare = async ({ sql, keep }: Job) => {
    connection ??= await connect(path, 'read');
    const open = connection;
    const statement = await new Promise<Statement>((resolve, reject) => {
      const prepared = open.prepare(sql, (error: Error | null) => (error ? reject(error) : resolve(prepared)));
    });
    if (keep) remember(sql, statement);
    return statement;
  };

  const remember = (sql: string, statement: Statement): unknown => {
    statements.set(sql, statement);
    if (statements.size <= keptStatements) return;
    for (const [oldest, unused] of statements) {
      statements.delete(oldest);
      return unused.finalize();
    }
  };

  const first = async (starting: Job) => {
    const statement = await prepare(starting);
    if (starting.signal?.aborted) return done(null);
    statement.all(starting.values, (error: Error | null, rows: Row[]) => {
      if (!starting.keep) statement.finalize();
      done(error, rows);
    });
  };

  return {
    isFree: () => job === undefined,
    start(starting: Job) {
      job = starting;
      const statement = statements.get(starting.sql);
      if (!statement) return void first(starting).catch(done);
      statements.delete(starting.sql);
      statements.set(starting.sql, statement);
      statement.all(starting.values, done);
    },
    interrupt(running = job) {
      if (job && job === running) connection?.interrupt();
    },
    drop,
  };
}
