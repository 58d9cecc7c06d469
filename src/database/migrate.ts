import type { Database, Migration } from './contract.ts';

/** The name of our lock among the advisory locks of a PostgreSQL database. */
const lock = 5_468_536;

/**
 * Makes the changes that are not made yet, all in one transaction that also is the lock: a process that is killed half
 * way leaves nothing behind, and of two that start together one waits. Nothing to do costs two reads.
 */
export async function migrate(db: Database, migrations: readonly Migration[]): Promise<void> {
  if (await isDone(db, migrations)) return;
  await db.knex.transaction(async (trx) => {
    if (db.client === 'postgres') await trx.raw('select pg_advisory_xact_lock(?)', [lock]);
    if (!(await trx.schema.hasTable('migration'))) {
      await trx.schema.createTable('migration', (table) => {
        table.text('name').primary();
        table.timestamp('made').notNullable().defaultTo(trx.fn.now());
      });
    }
    const made = new Set(await trx('migration').pluck('name'));
    for (const migration of migrations) {
      if (made.has(migration.name)) continue;
      await migration.up(trx);
      await trx('migration').insert({ name: migration.name });
    }
  });
}

const names = { select: 'select name from migration', fields: ['name'], sort: [], limited: false };

async function isDone(db: Database, migrations: readonly Migration[]): Promise<boolean> {
  if ('problem' in (await db.describe(names.select, []))) return false;
  const made = (await db.prepare(names).rows({})).rows.flat();
  const foreign = made.find((name) => !migrations.some((migration) => migration.name === name));
  if (foreign !== undefined) throw new Error(`The database is newer than this Lintel: it has the change "${foreign}"`);
  return made.length === migrations.length;
}
