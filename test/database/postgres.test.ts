import { afterAll, describe, expect, test } from 'vitest';
import { createOpener, postgresBed } from './beds.ts';

const bed = await postgresBed();
const opener = createOpener();

describe.skipIf(typeof bed === 'string')(`a PostgreSQL database${typeof bed === 'string' ? ` (${bed})` : ''}`, () => {
  afterAll(async () => {
    await opener.close();
    if (typeof bed !== 'string') await bed.stop();
  });
  const open = async () => opener.open(typeof bed === 'string' ? '' : await bed.create());
  const one = { select: 'select 1 as one', fields: ['one'], sort: [], limited: false };

  test('answers again after its connections were ended', async () => {
    const db = await open();
    const prepared = db.prepare(one);
    await prepared.rows({});
    await db.knex.raw(
      'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
    );
    expect((await prepared.rows({})).rows).toEqual([[1]]);
    await expect(db.check()).resolves.toBeUndefined();
  });

  test('keeps a function that writes from writing', async () => {
    const db = await open();
    await db.knex.raw('create sequence counter');
    const next = db.prepare({ ...one, select: `select nextval('counter') as one` });
    await expect(next.rows({})).rejects.toThrow('read-only');
  });

  test('keeps the options of its address beside our own', async () => {
    const url = typeof bed === 'string' ? '' : await bed.create();
    const db = await opener.open(`${url}?options=${encodeURIComponent('-c lintel.word=hello')}`);
    const select = `select current_setting('lintel.word') as one, current_setting('transaction_read_only') as two`;
    expect((await db.prepare({ ...one, select, fields: ['one', 'two'] }).rows({})).rows).toEqual([['hello', 'on']]);
  });

  test('sorts along an index where there is no NULL, and puts NULL where it belongs where there is', async () => {
    const db = await open();
    await db.knex.raw(
      `create table entry (id serial primary key, owner integer not null, at text not null, note text)`,
    );
    await db.knex.raw('create index on entry (owner, at)');
    await db.knex.raw(`insert into entry (owner, at, note)
      select 1, lpad(i::text, 9, '0'), nullif(i, 7)::text from generate_series(1, 50000) i`);
    await db.knex.raw('analyze entry');
    const select = 'select id, at, note from entry where owner = :customer';
    await db.describe(select, ['customer']);
    const sorted = (column: string) => {
      const sort = [column, 'id'].map((name) => ({ column: name, descending: true }));
      return db.prepare({ select, fields: ['id'], sort, limited: true, counted: 10 });
    };
    const { sql } = sorted('at').statement;
    const plan = await db.knex.raw(`explain ${sql.replace(/\$\d/g, '1')}`);
    expect(JSON.stringify(plan.rows)).toContain('Index Scan Backward using entry_owner_at_idx');
    expect(sorted('note').statement.sql).toContain('nulls last');
    const last = await sorted('note').rows({ customer: 1, limit: 1, offset: 49_999 });
    expect(last).toEqual({ rows: [[7]], total: 11 });
  });

  test('is not reachable: says so, and does not wait for long', async () => {
    const db = await opener.open('postgres://nobody:x@127.0.0.1:1/none');
    const started = performance.now();
    await expect(db.check()).rejects.toThrow('ECONNREFUSED');
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
