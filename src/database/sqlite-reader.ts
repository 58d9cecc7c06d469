import type { Statement } from 'sqlite3';
import type { StopSignal } from '../deadline.ts';
import { type Connection, connect, run } from './sqlite-connection.ts';

type Row = Readonly<Record<string, string | number | null>>;

interface Read {
  readonly sql: string;
  readonly values: readonly unknown[];
  /** Whether the statement will be asked again and is worth keeping. */
  readonly keep: boolean;
  readonly signal?: StopSignal;
}

interface Job {
  readonly read: Read;
  settle(error: unknown, rows: readonly Row[]): void;
}

/** Reads of one SQLite file through connections that cannot write. */
export interface Reader {
  /** Rejects with the signal's reason as soon as it is aborted; the statement is then stopped, or never started. */
  all(read: Read): Promise<readonly Row[]>;
  /** Lets go of the connections; the next read opens the file anew. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** Two lines: one slow statement leaves the other to everybody else, and half of libuv's four threads to all other work. */
const lineCount = 2;
/** More than the statements of all plans that are open at a time. */
const keptStatements = 200;
/** Milliseconds. */
const interruptAgain = 20;
/** After these a connection is given up: the file may be whole again, or be another one. */
const broken = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_IOERR', 'SQLITE_CANTOPEN', 'SQLITE_MISUSE']);

/** A reader of the file at `path`, which is opened by the first read. */
export function createReader(path: string): Reader {
  const waiting: Job[] = [];
  let isClosed = false;
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
    all: (read) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(new Error('The database is closed'));
        const settle: Job['settle'] = (error, rows) => (error ? reject(error) : resolve(rows));
        const job = read.signal ? abortable(read, read.signal, settle, abort) : { read, settle };
        if (!job) return;
        waiting.push(job);
        next();
      }),
    async reset() {
      await Promise.all(lines.map((line) => line.drop()));
    },
    async close() {
      isClosed = true;
      for (const job of waiting.splice(0)) job.settle(new Error('The database is closed'), []);
      for (const line of lines) line.interrupt();
      await Promise.all(lines.map((line) => line.drop()));
    },
  };
}

/** A job that its signal ends; none when the signal was first. */
function abortable(read: Read, signal: StopSignal, settle: Job['settle'], abort: (job: Job) => void): Job | undefined {
  const onAbort = () => {
    settle(signal.reason, []);
    abort(job);
  };
  const job: Job = {
    read,
    settle(error, rows) {
      signal.removeEventListener('abort', onAbort);
      settle(error, rows);
    },
  };
  if (signal.aborted) settle(signal.reason, []);
  else signal.addEventListener('abort', onAbort);
  return signal.aborted ? undefined : job;
}

/**
 * One connection that runs one statement at a time: an interrupt then stops nobody else's, and no thread waits for
 * another. Statements are run with `all`, never with `get`, which leaves a statement open at its last row, and with it
 * the connection looking at an old state of the file.
 */
function createLine(path: string, freed: () => void) {
  const statements = createStatements();
  let connection: Connection | undefined;
  let job: Job | undefined;

  const done = (error: (Error & { code?: string }) | null, rows: readonly Row[] = []) => {
    const finished = job;
    job = undefined;
    if (broken.has(error?.code ?? '')) void drop();
    finished?.settle(error, rows);
    freed();
  };

  const drop = async () => {
    const old = connection;
    connection = undefined;
    statements.clear();
    // An error means that there was nothing to close.
    if (old) await run((closed) => old.close(closed)).catch(() => {});
  };

  const first = async ({ sql, values, keep, signal }: Read) => {
    connection ??= await connect(path, 'read');
    const statement = await prepare(connection, sql);
    if (keep) statements.keep(sql, statement);
    if (signal?.aborted) return done(null);
    statement.all(values, (error: Error | null, rows: Row[]) => {
      if (!keep) statement.finalize();
      done(error, rows);
    });
  };

  // Once is not enough: a statement that waits for its thread is not running yet, and goes on as if nothing was said.
  const interrupt = (running = job) => {
    if (!job || job !== running) return;
    connection?.interrupt();
    setTimeout(interrupt, interruptAgain, running);
  };

  return {
    isFree: () => job === undefined,
    start(starting: Job) {
      job = starting;
      const { sql, values } = starting.read;
      const statement = statements.get(sql);
      if (statement) statement.all(values, done);
      else first(starting.read).catch(done);
    },
    interrupt,
    drop,
  };
}

function prepare(connection: Connection, sql: string): Promise<Statement> {
  return new Promise((resolve, reject) => {
    const statement = connection.prepare(sql, (error: Error | null) => (error ? reject(error) : resolve(statement)));
  });
}

/** The prepared statements of one connection; those longest unused are given up. */
function createStatements() {
  const kept = new Map<string, Statement>();
  const take = (sql: string) => {
    const statement = kept.get(sql);
    kept.delete(sql);
    return statement;
  };
  return {
    get(sql: string) {
      const statement = take(sql);
      if (statement) kept.set(sql, statement);
      return statement;
    },
    keep(sql: string, statement: Statement) {
      kept.set(sql, statement);
      const [oldest] = kept.keys();
      if (oldest !== undefined && kept.size > keptStatements) take(oldest)?.finalize();
    },
    clear() {
      for (const statement of kept.values()) statement.finalize();
      kept.clear();
    },
  };
}
