import knexModule, { type Knex } from 'knex';
import SqliteTransaction from 'knex/lib/dialects/sqlite3/execution/sqlite-transaction.js';
import SqliteClient from 'knex/lib/dialects/sqlite3/index.js';
import { quiet } from './quiet.ts';
import { type Connection, connect, driver } from './sqlite-connection.ts';

/** Takes the write lock at its start: a transaction that reads first and then writes could otherwise find it taken. */
class Transaction extends SqliteTransaction {
  override begin(connection: unknown) {
    return this.query(connection, 'begin immediate;');
  }
}

interface SqliteKnex {
  readonly knex: Knex;
  /** Lets the next write open the file anew. */
  readonly retire: () => void;
}

/** knex for one SQLite file, through one connection that never makes the file. The dialect is given as a class, so no other one is loaded. */
export function createKnex(path: string, readOnly: boolean, log: (message: string) => void): SqliteKnex {
  let connection: (Connection & { __knex__disposed?: string }) | undefined;
  class Client extends SqliteClient {
    override _driver() {
      return driver;
    }
    override async acquireRawConnection() {
      connection = await connect(path, readOnly ? 'read' : 'write');
      return connection;
    }
    override transaction(...parameters: unknown[]) {
      return new Transaction(this, ...parameters) as unknown as Knex.Transaction;
    }
  }
  const knex = knexModule.knex({
    client: Client,
    connection: { filename: path },
    useNullAsDefault: true,
    acquireConnectionTimeout: 5000,
    log: quiet(log),
  });
  return {
    knex,
    retire() {
      if (connection) connection.__knex__disposed = 'its file is another one';
    },
  };
}
