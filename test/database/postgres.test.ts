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

  test('is not reachable: says so, and does not wait for long', async () => {
    const db = await opener.open('postgres://nobody:x@127.0.0.1:1/none');
    const started = performance.now();
    await expect(db.check()).rejects.toThrow('ECONNREFUSED');
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
