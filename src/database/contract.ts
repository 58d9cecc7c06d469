import type { Knex } from 'knex';
import type { StopSignal } from '../deadline.ts';

export type { Knex };

export type Value = string | number | boolean | null;
export type Values = Readonly<Record<string, Value>>;
/** Values by name, where a list stands for several. */
export type ReadValues = Readonly<Record<string, Value | readonly Value[]>>;

/** Native SQL as the driver takes it (`?1`, `?` or `$1`), and the names of its parameters in binding order. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly string[];
}

/** What to read of an author's SELECT, which names its parameters as `:name`. */
export interface PageQuery {
  readonly select: string;
  /** The columns wanted, in the order in which each row gives them. */
  readonly fields: readonly string[];
  readonly sort: readonly { readonly column: string; readonly descending: boolean }[];
  /** Whether the values `limit` and `offset` cut a page out of the rows. */
  readonly limited: boolean;
  readonly filter?: PageFilter | undefined;
  /** Instead of rows: what is added up of all wanted ones. Each row of it gives `by`, then the sums, then the counts. */
  readonly totals?: {
    readonly by: readonly string[];
    readonly sums: readonly string[];
    readonly counts: readonly string[];
  };
  /** Rows up to which a limited page is counted; all when it is missing. */
  readonly counted?: number;
}

/** The rows wanted; without a column in it, each part wants all. */
export interface PageFilter {
  /** One of these contains the value `find` (a GLOB in SQLite, else a regular expression), or one of `among` does as it says. */
  readonly contains: readonly string[];
  /** One of these is in its value `among COLUMN`, a JSON list of texts. */
  readonly among: readonly string[];
  /** Each of these is its value `equal COLUMN`. */
  readonly equal: readonly string[];
}

/** Rows by position of their field; `total` counts all wanted rows of the SELECT, not only those of the page. */
export interface Rows {
  readonly rows: readonly (readonly Value[])[];
  readonly total: number;
}

/** A statement that is written once and then only bound and run. An aborted signal stops it in the database as well. */
export interface Prepared {
  readonly statement: Statement;
  rows(values: Values, signal?: StopSignal): Promise<Rows>;
}

/** The columns of a SELECT, or why the database does not take it, with the word of it that the message is about. */
export type Description =
  | { readonly columns: readonly string[] }
  | { readonly problem: string; readonly near?: string; readonly writes?: boolean };

/** One change of the tables, made once per database, in a transaction of its own. A name is permanent. */
export interface Migration {
  readonly name: string;
  up(knex: Knex.Transaction): Promise<void>;
}

/**
 * One database: writes through `knex`, reads through connections that cannot write. Nothing is opened before the first
 * use, and a database that was away is found again by the next call.
 */
export interface Database {
  readonly knex: Knex;
  readonly client: 'sqlite' | 'postgres';
  /** Describes one SELECT without running it; `parameters` are the names it may use. */
  describe(select: string, parameters: readonly string[]): Promise<Description>;
  prepare(page: PageQuery): Prepared;
  /** The rows of one SELECT by name, in its own order; `in (:ids)` takes a list. In a transaction it sees what that wrote. */
  read(select: string, values?: ReadValues, trx?: Knex.Transaction): Promise<readonly Record<string, Value>[]>;
  /**
   * Commits when `work` is done, rolls back when it throws. On SQLite it holds the write lock from its start; on PostgreSQL
   * it is serializable, and `work` runs again when another one was in its way.
   */
  transaction<T>(work: (trx: Knex.Transaction) => Promise<T>): Promise<T>;
  /** Hears what is told on a channel by `pg_notify`; missing where the database tells nothing by itself. */
  readonly listen?: (channel: string, ears: Ears) => Listening;
  /** Makes the tables, and the SQLite file itself, as far as they are missing. */
  migrate(): Promise<void>;
  /** Rejects with the reason when the database cannot be read, or when its file is gone or is no longer the one opened. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface Ears {
  heard(text: string): void;
  /** A connection begins: what was told before is not known. */
  begun(): void;
}

export interface Listening {
  stop(): Promise<void>;
}

export interface DatabaseOptions {
  /** Nothing may write, and no file is made. */
  readonly readOnly?: boolean;
  /** What `migrate` brings the tables to; a database that is not ours has none and is never migrated. */
  readonly migrations?: readonly Migration[];
  /** Takes what knex has to say; it says nothing on the console. */
  readonly log?: (message: string) => void;
}
