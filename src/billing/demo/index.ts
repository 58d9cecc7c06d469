import type { Database, Knex } from '../../database.ts';
import { alice } from './alice.ts';
import { maintenance } from './announcements.ts';
import { createCalendar } from './calendar.ts';
import { customer, max } from './crowd.ts';
import { bob, dana, nora, strangersOf } from './people.ts';
import { createTables } from './tables.ts';

export interface Demo {
  /** How many customers in all. The eleven with a name of their own are always made. */
  readonly customers: number;
  /** The day and time around which everything happens. */
  readonly today: Date;
  readonly onProgress?: (done: number, total: number) => void;
}

/** The number of the first customer. */
const ALICE = 1;

/** As many customers as fit into one round of inserts: about 12,000 rows. */
const round = 250;

/**
 * Fills the empty tables of a migrated database with a hosting company's customers, the same ones for the same day, in
 * one transaction. Everybody's password is "demo".
 */
export async function createDemo(db: Database, demo: Demo): Promise<void> {
  await db.transaction((trx) => fill(trx, db.client, demo));
  if (db.client === 'sqlite') await db.knex.raw('pragma wal_checkpoint(truncate)');
  await db.knex.raw('analyze');
}

/** Makes the tables if they are missing, and the demo if there is no user yet; says whether it made one. */
export async function prepareDemo(db: Database, demo: Demo): Promise<boolean> {
  await db.migrate();
  if (await db.knex('user').first('id')) return false;
  await createDemo(db, demo);
  return true;
}

async function fill(
  trx: Knex.Transaction,
  client: Database['client'],
  { customers, today, onProgress }: Demo,
): Promise<void> {
  const calendar = createCalendar(today);
  const tables = createTables(trx, client, calendar);
  const named = [alice(calendar), bob(calendar), nora(calendar), max(calendar), ...strangersOf(calendar)];
  for (const story of named) tables.add(story);
  for (let number = named.length + 1; number <= customers; number += 1) {
    tables.add(customer(number, calendar));
    if (number % round > 0) continue;
    await tables.write();
    onProgress?.(number, customers);
  }
  tables.addColleague(dana(calendar), ALICE);
  tables.announce(maintenance(calendar), ALICE);
  await tables.write();
  await tables.finish();
}
