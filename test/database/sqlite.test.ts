import { existsSync } from 'node:fs';
import { copyFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, databaseExists, type Migration, openDatabase } from '../../src/database.ts';
import { createOpener, sqliteBed } from './beds.ts';

const bed = await sqliteBed();
const opener = createOpener();
afterEach(() => opener.close());
afterAll(() => bed.stop());

const migration: Migration = {
  name: '001-note',
  async up(knex) {
    await knex.schema.createTable('note', (table) => {
      table.increments('id');
      table.text('text').notNullable();
    });
    await knex.schema.createTable('remark', (table) => {
      table.integer('note_id').notNullable().references('note.id');
    });
    await knex('note').insert({ text: 'first' });
  },
};
const texts = { select: 'select text from note', fields: ['text'], sort: [], limited: false };
const pathOf = (url: string) => url.slice('sqlite:'.length);

describe('a SQLite file', () => {
  test('is not made by reading, writing or checking, only by migrating', async () => {
    const url = `sqlite:${join(bed.folder, 'new folder', 'a?b#c.sqlite')}`;
    const db = await opener.open(url, { migrations: [migration] });
    await expect(db.prepare(texts).rows({})).rejects.toThrow('cannot be opened');
    await expect(db.knex('note').insert({ text: 'x' })).rejects.toThrow('cannot be opened');
    await expect(db.describe(texts.select, [])).rejects.toThrow('cannot be opened');
    await expect(db.check()).rejects.toThrow('is missing');
    expect(await databaseExists(url)).toBe(false);
    await db.migrate();
    expect(await databaseExists(url)).toBe(true);
    expect(existsSync(pathOf(url))).toBe(true);
    expect((await db.prepare(texts).rows({})).rows).toEqual([['first']]);
  });

  test.each([
    ['sqlite:', 'is a file'],
    ['sqlite::memory:', 'is a file'],
    ['mysql://localhost/x', 'A database address'],
    ['data/lintel.sqlite', 'A database address'],
  ])('is not what %s names', async (url, message) => {
    await expect(openDatabase(url)).rejects.toThrow(message);
  });

  test('may be named by a path from the root in either way', async () => {
    const url = await bed.create();
    await (await opener.open(url, { migrations: [migration] })).migrate();
    const same = await opener.open(`sqlite://${pathOf(url)}`);
    expect((await same.prepare(texts).rows({})).total).toBe(1);
  });

  test('is only read when it is opened to be read', async () => {
    const url = await bed.create();
    await (await opener.open(url, { migrations: [migration] })).migrate();
    const db = await opener.open(url, { readOnly: true });
    await expect(db.knex('note').insert({ text: 'x' })).rejects.toThrow(/readonly/i);
    expect((await db.prepare(texts).rows({})).total).toBe(1);
  });
});

describe('a SQLite database', () => {
  let url: string;
  let db: Database;
  beforeEach(async () => {
    url = await bed.create();
    db = await opener.open(url, { migrations: [migration] });
    await db.migrate();
  });

  test('keeps what it acknowledged through a power cut, and its references whole', async () => {
    const pragma = async (name: string) => Object.values((await db.knex.raw(`pragma ${name}`))[0])[0];
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('foreign_keys')).toBe(1);
    expect(await pragma('busy_timeout')).toBe(5000);
    await expect(db.knex('remark').insert({ note_id: 77 })).rejects.toThrow('FOREIGN KEY');
  });

  test('gives a transaction that reads first the lock to write, and lets others read and wait', async () => {
    const other = await opener.open(url);
    const order: string[] = [];
    const first = db.transaction(async (trx) => {
      const [found] = await trx('note').count({ n: '*' });
      const waiting = other
        .knex('note')
        .insert({ text: 'second' })
        .then(() => order.push('second'));
      expect((await other.prepare(texts).rows({})).total).toBe(found?.n);
      await trx('note').insert({ text: 'first' });
      order.push('first');
      return { waiting };
    });
    await (await first).waiting;
    expect(order).toEqual(['first', 'second']);
  });

  test('binds the limit in a way that does not prepare the statement again', () => {
    expect(db.prepare({ ...texts, limited: true }).statement.sql).toMatch(/limit 0 \+ \? offset 0 \+ \?/);
  });

  test('gives up statements that were not used for long', async () => {
    for (let number = 0; number < 450; number += 1) {
      const one = db.prepare({ ...texts, select: `select ${number} as text` });
      expect((await one.rows({})).rows).toEqual([[number]]);
    }
    const ended = db.close();
    await expect(ended).resolves.toBeUndefined();
  });

  test('notices when its file is gone, and finds another one in its place', async () => {
    await db.check();
    const path = pathOf(url);
    const copy = join(dirname(path), 'copy.sqlite');
    await db.knex.raw('pragma wal_checkpoint(truncate)');
    await copyFile(path, copy);
    for (const end of ['', '-wal', '-shm']) await rm(path + end, { force: true });
    await expect(db.check()).rejects.toThrow('is missing');
    const changed = await opener.open(`sqlite:${copy}`);
    await changed.knex('note').insert({ text: 'of the copy' });
    await changed.close();
    await rename(copy, path);
    await db.check();
    expect((await db.prepare(texts).rows({})).rows).toEqual([['first'], ['of the copy']]);
    await db.knex('note').insert({ text: 'and on' });
    expect((await db.prepare(texts).rows({})).total).toBe(3);
  });

  test('fails over rubbish, and works again when that is repaired', async () => {
    await db.close();
    const path = pathOf(url);
    const good = `${path}.good`;
    await rename(path, good);
    await writeFile(path, 'This is no database. '.repeat(500));
    const again = await opener.open(url);
    await expect(again.prepare(texts).rows({})).rejects.toThrow('not a database');
    await expect(again.check()).rejects.toThrow();
    await rename(good, path);
    expect((await again.prepare(texts).rows({})).rows).toEqual([['first']]);
    await expect(again.check()).resolves.toBeUndefined();
  });

  test('tells knex’s troubles to its log and not to the console', async () => {
    const said: string[] = [];
    const missing = await opener.open(`sqlite:${join(bed.folder, 'nowhere.sqlite')}`, {
      log: (text) => said.push(text),
    });
    missing.knex.client.logger.warn('a word');
    expect(said).toEqual(['a word']);
  });
});
