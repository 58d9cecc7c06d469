import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Database, DatabaseOptions, PageQuery, Prepared, Rows } from './contract.ts';
import { type Compiler, describe } from './describe.ts';
import { migrate } from './migrate.ts';
import { createNamedRead } from './named-read.ts';
import { bind, type Dialect, writePage } from './page.ts';
import { connect, plain, run } from './sqlite-connection.ts';
import { createKnex } from './sqlite-knex.ts';
import { createReader, type Reader } from './sqlite-reader.ts';

/**
 * A bare `limit ?` makes SQLite prepare the statement again each time it is bound, which costs more than the read; in a
 * sum it does not.
 */
const dialect: Dialect = {
  client: 'sqlite',
  cells: 'json_group_array(json_array(??))',
  contains: '?? glob ?',
  among: '?? in (select value from json_each(?))',
  placeholder: (index) => `?${index}`,
  finish: (sql) => sql.replaceAll(/(limit|offset) \?/g, '$1 0 + ?'),
};

/** One SQLite file. */
export function openSqlite(
  path: string,
  { readOnly = false, migrations = [], log = () => {} }: DatabaseOptions,
): Database {
  const { knex, retire } = createKnex(path, readOnly, log);
  const reader = createReader(path);
  const compiler = createCompiler(reader);
  const db: Database = {
    knex,
    client: 'sqlite',
    describe: (select, parameters) => describe(compiler, select, parameters),
    prepare: (page) => prepare(reader, page, writePage(knex, dialect, page)),
    read: (select, values, trx) => read(select, values, trx),
    transaction: (work) => knex.transaction(work),
    async migrate() {
      if (!readOnly) await make(path);
      await migrate(db, migrations);
    },
    check: createCheck(path, reader, retire),
    async close() {
      await reader.close();
      await knex.destroy();
    },
  };
  const read = createNamedRead(db);
  return db;
}

async function make(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const connection = await connect(path, 'create');
  await run((done) => connection.close(done));
}

function prepare(reader: Reader, { limited }: PageQuery, statement: Prepared['statement']): Prepared {
  const { sql } = statement;
  const read = ([row]: readonly object[]): Rows => {
    const { cells, total } = row as { cells: string; total?: number };
    const rows = JSON.parse(cells) as Rows['rows'];
    return { rows, total: limited ? (total as number) : rows.length };
  };
  return {
    statement,
    rows: async (values, signal) =>
      read(await reader.all({ sql, values: bind(statement, values), keep: true, signal })),
  };
}

/** A file that is deleted or replaced goes on being read under its old connections, as if nothing had happened. */
function createCheck(path: string, reader: Reader, retire: () => void): () => Promise<void> {
  let known: number | undefined;
  return async () => {
    const { ino } = await stat(path).catch((cause) => {
      throw new Error(`The database file ${path} is missing`, { cause });
    });
    if (known !== undefined && known !== ino) {
      retire();
      await reader.reset();
    }
    known = ino;
    await reader.all({ sql: 'select count(*) from sqlite_master', values: [], keep: true });
  };
}

const aboutStatement = new Set(['SQLITE_ERROR', 'SQLITE_MISMATCH', 'SQLITE_TOOBIG', 'SQLITE_READONLY']);

function createCompiler(reader: Reader): Compiler {
  const read = (sql: string) => reader.all({ sql, values: [], keep: false });
  return {
    dialect,
    async columns(select) {
      const none = `(select * from (${select}) limit 0)`;
      const [row] = await read(`select page.* from (select 1) left join ${none} as page on 1 = 0`);
      const names = Object.keys(row ?? {});
      return names.map((name) => names.find((other) => name.startsWith(`${other}:`)) ?? name);
    },
    async explain(select) {
      await read(`explain ${select}`);
    },
    reason(error) {
      if (!aboutStatement.has((error as { code?: string }).code ?? '')) throw error;
      const problem = plain(error as Error);
      const near = /^near "(.+)": |^unrecognized token: "(.+)"$|^(?:no such|ambiguous) [a-z ]+: "?([^"]+)/.exec(
        problem,
      );
      return { problem, near: near?.slice(1).find(Boolean) };
    },
  };
}
