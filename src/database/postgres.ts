import knexModule, { type Knex } from 'knex';
import PostgresClient from 'knex/lib/dialects/postgres/index.js';
import type { Driver } from 'pg';
import type { Database, DatabaseOptions, PageQuery, Prepared, Rows } from './contract.ts';
import { type Compiler, describe } from './describe.ts';
import { migrate } from './migrate.ts';
import { createNamedRead } from './named-read.ts';
import { bind, type Dialect, writePage } from './page.ts';
import { listen } from './postgres-listener.ts';
import { createReader, type Reader } from './postgres-reader.ts';
import { requiredColumns } from './postgres-required.ts';
import { quiet } from './quiet.ts';

const dialect: Dialect = {
  client: 'postgres',
  cells: 'json_agg(json_build_array(??))',
  contains: 'cast(?? as text) ~ ?',
  among: 'cast(?? as text) in (select json_array_elements_text(cast(? as json)))',
  placeholder: (index, others) => `$${others + index}`,
  finish: (sql) => sql,
};

const bigint = 20;

/** One PostgreSQL database; the driver is loaded here, since most installations have no use for it. */
export async function openPostgres(
  url: string,
  { readOnly = false, migrations = [], log = () => {} }: DatabaseOptions,
): Promise<Database> {
  const { default: driver } = await import('pg');
  const readerSettings = settingsOf(url, driver, true);
  const knex = createKnex(driver, readOnly ? readerSettings : settingsOf(url, driver, false), log);
  const cancel = async (process: number) => knex.raw('select pg_cancel_backend(?)', [process]);
  const reader = createReader(driver, readerSettings, cancel);
  const compiler = createCompiler(reader, driver);
  const named = createNames();
  /** What is known of the SELECTs that were described. */
  const required = new Map<string, ReadonlySet<string>>();
  const db: Database = {
    knex,
    client: 'postgres',
    async describe(select, parameters) {
      const description = await describe(compiler, select, parameters);
      if ('columns' in description && !required.has(select))
        required.set(select, await requiredColumns(reader, select));
      return description;
    },
    prepare(page) {
      const statement = writePage(knex, dialect, page, required.get(page.select));
      return prepare(reader, page, statement, named(statement.sql));
    },
    read: (select, values, trx) => read(select, values, trx),
    transaction: (work) => patiently(() => knex.transaction(work, { isolationLevel: 'serializable' })),
    listen: (channel, ears) => listen(() => new driver.Client(readerSettings), channel, ears),
    migrate: () => migrate(db, migrations),
    async check() {
      await reader.query({ text: 'select 1' });
    },
    async close() {
      await reader.close();
      await knex.destroy();
    },
  };
  const read = createNamedRead(db);
  return db;
}

/** Codes of a transaction that another one was in the way of, for which PostgreSQL asks to try again. */
const inTheWay = new Set(['40001', '40P01']);
const tries = 12;

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (tried === tries || !inTheWay.has((error as { code?: string }).code ?? '')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 3 * tried * tried));
    }
  }
}

function createKnex(
  driver: Driver,
  connection: Readonly<Record<string, unknown>>,
  log: (message: string) => void,
): Knex {
  class Client extends PostgresClient {
    override _driver() {
      return driver;
    }
  }
  const pool = { min: 0, max: 4 };
  return knexModule.knex({ client: Client, connection, pool, acquireConnectionTimeout: 5000, log: quiet(log) });
}

/** Whole numbers come as numbers, and a reading session refuses to write whatever it is asked. */
function settingsOf(url: string, { types }: Driver, isReading: boolean): Readonly<Record<string, unknown>> {
  const address = new URL(url);
  const options = [address.searchParams.get('options'), isReading && '-c default_transaction_read_only=on'];
  address.searchParams.delete('options');
  return {
    connectionString: address.href,
    application_name: 'lintel',
    options: options.filter(Boolean).join(' ') || undefined,
    types: {
      getTypeParser: (type: number, format: string) => (type === bigint ? Number : types.getTypeParser(type, format)),
    },
  };
}

/** So many statements are kept by each connection, which never lets one go. */
const keptStatements = 500;

/** A name for each of the first statements, the same each time. */
function createNames(): (sql: string) => string | undefined {
  const names = new Map<string, string>();
  return (sql) => {
    if (!names.has(sql) && names.size < keptStatements) names.set(sql, `page-${names.size + 1}`);
    return names.get(sql);
  };
}

/** A statement with a name is parsed and planned once on each connection. */
function prepare(
  reader: Reader,
  { limited }: PageQuery,
  statement: Prepared['statement'],
  name: string | undefined,
): Prepared {
  return {
    statement,
    async rows(values, signal) {
      const query = { ...(name && { name }), text: statement.sql, values: bind(statement, values) };
      const { rows: found } = await reader.query(query, signal);
      const { cells, total } = found[0] as { cells: Rows['rows'] | null; total?: number };
      const rows = cells ?? [];
      return { rows, total: limited ? (total as number) : rows.length };
    },
  };
}

/** Codes of a connection that is lost, and of a server that is full, stopped or broken. */
const notAboutStatement = /^(08|53|57|58|XX)/;

function createCompiler(reader: Reader, driver: Driver): Compiler {
  const values = (count: number) => Array<null>(count).fill(null);
  return {
    dialect,
    async columns(select, count) {
      const { fields } = await reader.query({
        text: `select * from (${select}) as page limit 0`,
        values: values(count),
      });
      return fields.map(({ name }) => name);
    },
    async explain(select, count) {
      await reader.query({ text: `explain (costs off) ${select}`, values: values(count) });
    },
    reason(error) {
      const { message, code = '' } = error as Error & { code?: string };
      if (!(error instanceof driver.DatabaseError) || notAboutStatement.test(code)) throw error;
      const near = /"([^"]+)" (?:does not exist|is ambiguous)|at or near "([^"]+)"|function ([\w.]+)\(/.exec(message);
      return { problem: message, near: near?.slice(1).find(Boolean) };
    },
  };
}
