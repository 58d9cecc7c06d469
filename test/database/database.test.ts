import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Database, Migration, PageQuery } from '../../src/database.ts';
import { findGlob, findPattern } from '../../src/find.ts';
import { type Bed, createOpener, postgresBed, sqliteBed } from './beds.ts';

const postgres = await postgresBed();
const beds: Bed[] = [await sqliteBed(), ...(typeof postgres === 'string' ? [] : [postgres])];
const named = beds.map((bed) => [bed.name, bed] as const);
if (typeof postgres === 'string') test.skip(postgres, () => {});
afterAll(() => Promise.all(beds.map((bed) => bed.stop())));

const tickets = [
  { customer_id: 1, subject: 'The server is slow', updated: '2026-03-14T09:00:00Z', urgency: 2 },
  { customer_id: 1, subject: 'Письмо не пришло: «Ой» 🦊', updated: '2026-03-12T09:00:00Z', urgency: null },
  { customer_id: 2, subject: 'Bob\'s invoice? \\ "quoted"', updated: '2026-03-13T09:00:00Z', urgency: 1 },
  { customer_id: 1, subject: 'Move my domain', updated: '2026-03-11T09:00:00Z', urgency: 3_000_000_000 },
];
const migration: Migration = {
  name: '001-ticket',
  async up(knex) {
    await knex.schema.createTable('ticket', (table) => {
      table.increments('id');
      table.integer('customer_id').notNullable();
      table.text('subject').notNullable();
      table.text('updated').notNullable();
      table.bigInteger('urgency');
    });
    await knex('ticket').insert(tickets);
  },
};

/** Counts until somebody stops it. */
const endless = 'with recursive n(i) as (select 1 union all select i + 1 from n) select sum(i) as total from n';
const ofCustomer = 'select id, subject, updated, urgency from ticket where customer_id = :customer';
const page = (change: Partial<PageQuery> = {}): PageQuery => ({
  select: ofCustomer,
  fields: ['subject'],
  sort: [{ column: 'updated', descending: true }],
  limited: false,
  ...change,
});

describe.each(named)('a database of %s', (_, bed) => {
  const opener = createOpener();
  let db: Database;
  beforeAll(async () => {
    db = await opener.open(await bed.create(), { migrations: [migration] });
    await db.migrate();
  });
  afterAll(() => opener.close());

  describe('reads a page', () => {
    test('as rows by position of the fields, in their order', async () => {
      const { rows, total } = await db.prepare(page({ fields: ['id', 'subject', 'urgency'] })).rows({ customer: 1 });
      expect(rows).toEqual([
        [1, 'The server is slow', 2],
        [2, 'Письмо не пришло: «Ой» 🦊', null],
        [4, 'Move my domain', 3_000_000_000],
      ]);
      expect(total).toBe(3);
    });

    test('of as many rows as asked for, and knows how many there are', async () => {
      const cut = db.prepare(page({ limited: true }));
      expect(await cut.rows({ customer: 1, limit: 1, offset: 1 })).toEqual({ rows: [[tickets[1]?.subject]], total: 3 });
      expect(await cut.rows({ customer: 1, limit: 5, offset: 9 })).toEqual({ rows: [], total: 3 });
      expect(await cut.rows({ customer: 7, limit: 5, offset: 0 })).toEqual({ rows: [], total: 0 });
    });

    test('added up, apart by a field and of what a filter leaves', async () => {
      const select = 'select * from ticket';
      const totals = { by: ['customer_id'], sums: ['urgency'], counts: ['urgency', 'subject'] };
      const added = await db.prepare(page({ select, fields: [], sort: [], totals })).rows({});
      expect([...added.rows].sort(([a], [b]) => Number(a) - Number(b))).toEqual([
        [1, 3_000_000_002, 2, 3],
        [2, 1, 1, 1],
      ]);
      const all = { by: [], sums: ['urgency'], counts: ['id'] };
      const filter = { contains: [], among: [], equal: ['subject'] };
      const one = db.prepare(page({ select, fields: [], sort: [], totals: all, filter }));
      expect((await one.rows({ 'equal subject': 'The server is slow' })).rows).toEqual([[2, 1]]);
      expect((await one.rows({ 'equal subject': 'nothing' })).rows).toEqual([[null, 0]]);
      const odd = { ...all, sums: ['urgency as password'] };
      expect(() => db.prepare(page({ totals: odd }))).toThrow('plain name');
    });

    test.each([
      [false, [null, 2, 3_000_000_000]],
      [true, [3_000_000_000, 2, null]],
    ])('sorted, what is unknown first or last (descending: %s)', async (descending, expected) => {
      const sorted = db.prepare(page({ fields: ['urgency'], sort: [{ column: 'urgency', descending }] }));
      expect((await sorted.rows({ customer: 1 })).rows.flat()).toEqual(expected);
    });

    test('with a parameter bound wherever it stands, and nothing else taken for one', async () => {
      const select = `
        select ':customer' as text, 'it''s ?' as "quoted name", /* :a ? */ cast(:customer as integer) as customer
        from ticket where customer_id = :customer -- and :this`;
      const one = db.prepare(page({ select, fields: ['text', 'quoted name', 'customer'], sort: [], limited: true }));
      expect((await one.rows({ customer: 2, limit: 5, offset: 0 })).rows).toEqual([[':customer', "it's ?", 2]]);
      expect(new Set(one.statement.parameters)).toEqual(new Set(['customer', 'limit', 'offset']));
    });

    test('and refuses to guess a value that is missing', async () => {
      await expect(db.prepare(page()).rows({})).rejects.toThrow(':customer');
    });

    test('but not of a column whose name knex would take apart', () => {
      expect(() => db.prepare(page({ fields: ['subject as password'] }))).toThrow('plain name');
    });

    describe('of the rows that a filter wants', () => {
      const filter = { contains: ['subject', 'urgency'], among: ['updated'], equal: [] };
      const subjects = async (find: string, values: Record<string, string> = {}) => {
        const pattern = bed.name === 'SQLite' ? findGlob(find) : findPattern(find);
        const { rows, total } = await db
          .prepare(page({ filter, limited: true }))
          .rows({ customer: 1, limit: 10, offset: 0, find: pattern, 'among updated': '[]', ...values });
        expect(total).toBe(rows.length);
        return rows.map(([subject]) => String(subject).slice(0, 6));
      };

      test.each([
        ['SERVER', ['The se']],
        ['ПИСЬМО не', ['Письмо']],
        ['«ой» 🦊', ['Письмо']],
        ['3000000000', ['Move m']],
        ['m', ['Move m']],
        ['nothing', []],
        ['%', []],
        ['_', []],
        ['*', []],
        ['?', []],
        ['[a-z]', []],
        ['^', []],
        ['.', []],
        ["'; drop table ticket; --", []],
      ])('by the text in them: %s', async (find, wanted) => {
        expect(await subjects(find)).toEqual(wanted);
      });

      test('by a list of values', async () => {
        const day = JSON.stringify(['2026-03-12T09:00:00Z', 'and more']);
        expect(await subjects('nothing', { 'among updated': day })).toEqual(['Письмо']);
      });

      test('by one value', async () => {
        const only = { contains: [], among: [], equal: ['subject'] };
        const { rows } = await db
          .prepare(page({ filter: only }))
          .rows({ customer: 1, 'equal subject': 'Move my domain' });
        expect(rows).toEqual([['Move my domain']]);
      });
    });

    test('and counts no further than is wanted', async () => {
      const counted = db.prepare(page({ limited: true, counted: 1 }));
      expect(await counted.rows({ customer: 1, limit: 3, offset: 0 })).toMatchObject({ total: 2 });
      expect(await counted.rows({ customer: 2, limit: 3, offset: 0 })).toMatchObject({ total: 1 });
    });

    test('that shows what was written a moment ago, on every connection', async () => {
      const all = db.prepare(page({ select: 'select id from ticket', fields: ['id'], sort: [], limited: true }));
      const totals = async () => {
        const read = () => all.rows({ limit: 1, offset: 0 });
        return new Set((await Promise.all([read(), read(), read(), read()])).map(({ total }) => total));
      };
      expect(await totals()).toEqual(new Set([4]));
      const [row] = await db
        .knex('ticket')
        .insert({ ...tickets[0], customer_id: 3 })
        .returning('id');
      expect(await totals()).toEqual(new Set([5]));
      await db.knex('ticket').where(row).delete();
      expect(await totals()).toEqual(new Set([4]));
    });
  });

  describe('stops a read', () => {
    const slow = () => db.prepare(page({ select: endless, fields: ['total'], sort: [] }));

    test('when its signal says so, with the reason of the signal', async () => {
      const stop = new AbortController();
      const reason = new Error('too late');
      setTimeout(() => stop.abort(reason), 50);
      const started = performance.now();
      await expect(slow().rows({}, stop.signal)).rejects.toBe(reason);
      expect(performance.now() - started).toBeLessThan(1000);
    });

    test('without a word to the others', async () => {
      const stop = new AbortController();
      const stopped = Promise.allSettled(Array.from({ length: 6 }, () => slow().rows({}, stop.signal)));
      const others = Promise.all(Array.from({ length: 6 }, () => db.prepare(page()).rows({ customer: 2 })));
      setTimeout(() => stop.abort(), 50);
      expect((await stopped).every(({ status }) => status === 'rejected')).toBe(true);
      expect((await others).map(({ total }) => total)).toEqual([1, 1, 1, 1, 1, 1]);
    });

    test('before it starts when the signal was first', async () => {
      await expect(db.prepare(page()).rows({ customer: 1 }, AbortSignal.abort('gone'))).rejects.toBe('gone');
    });

    test('that nobody stopped, and so does not take all of the database', async () => {
      const stop = new AbortController();
      const runaway = slow().rows({}, stop.signal);
      expect((await db.prepare(page()).rows({ customer: 2 })).total).toBe(1);
      stop.abort();
      await expect(runaway).rejects.toThrow();
    });
  });

  describe('describes a SELECT', () => {
    test('by its columns, in order', async () => {
      expect(await db.describe(ofCustomer, ['customer'])).toEqual({ columns: ['id', 'subject', 'updated', 'urgency'] });
    });

    test('without running it', async () => {
      expect(await db.describe(endless, [])).toEqual({ columns: ['total'] });
    });

    test.each([
      ['select nothing from ticket', 'nothing', 'nothing'],
      ['select id from tickets', 'tickets', 'tickets'],
      ['selekt id from ticket', 'syntax error', 'selekt'],
      ['select id frum ticket where', 'syntax error', undefined],
      ['select nofunction(id) from ticket', 'nofunction', 'nofunction'],
      ['select id from ticket where customer_id = :custumer', 'no such parameter', ':custumer'],
      ['select id, subject as id from ticket', 'two columns', 'id'],
      ['select (1', 'never closed', '('],
    ])('%s: says what is wrong with it', async (select, problem, near) => {
      const described = await db.describe(select, ['customer']);
      expect(described).toMatchObject({ problem: expect.stringContaining(problem) });
      expect(described).not.toHaveProperty('writes', true);
      if (near) expect(described).toMatchObject({ near });
    });

    test('that is not finished in its own words, not in those of what is put around it', async () => {
      const described = await db.describe('select id from', []);
      expect(described).toMatchObject({ problem: expect.stringMatching(/incomplete input|end of input/) });
    });

    test.each([
      'delete from ticket',
      'with gone as (select 1) delete from ticket',
      "update ticket set subject = 'x'",
      "insert into ticket (customer_id, subject, updated) values (1, 'x', 'y')",
      'drop table ticket',
    ])('%s: says that it changes something, and changes nothing', async (select) => {
      expect(await db.describe(select, [])).toHaveProperty('problem');
      expect((await db.knex('ticket').select('subject').orderBy('id')).map(({ subject }) => subject)).toEqual(
        tickets.map(({ subject }) => subject),
      );
    });

    test.each(['delete from ticket', "update ticket set subject = 'x'"])(
      '%s: knows it as one that writes',
      async (select) => {
        expect(await db.describe(select, [])).toMatchObject({ writes: true });
      },
    );

    test('of an empty database by the table that is missing', async () => {
      const empty = await opener.open(await bed.create(), { migrations: [] });
      await empty.migrate();
      expect(await empty.describe(ofCustomer, ['customer'])).toMatchObject({ near: 'ticket' });
    });
  });

  test('never lets a page write', async () => {
    const write = db.prepare(page({ select: 'delete from ticket returning id', fields: ['id'], sort: [] }));
    await expect(write.rows({})).rejects.toThrow();
    expect(await db.knex('ticket').count({ n: '*' })).toEqual([{ n: tickets.length }]);
  });

  test('undoes a transaction that fails', async () => {
    const fails = db.transaction(async (trx) => {
      await trx('ticket').delete();
      throw new Error('no');
    });
    await expect(fails).rejects.toThrow('no');
    expect(await db.knex('ticket').count({ n: '*' })).toEqual([{ n: tickets.length }]);
  });

  test('is fit for use as long as nothing is wrong', async () => {
    await expect(db.check()).resolves.toBeUndefined();
  });

  test('answers nothing once it is closed', async () => {
    const closed = await opener.open(await bed.create());
    const prepared = closed.prepare(page({ select: 'select 1 as one', fields: ['one'], sort: [] }));
    await closed.close();
    await expect(prepared.rows({})).rejects.toThrow();
  });
});

describe.each(named)('the migrations of %s', (_, bed) => {
  const opener = createOpener();
  afterEach(() => opener.close());

  test('are each made once, also when two processes start together', async () => {
    const url = await bed.create();
    const both = [
      await opener.open(url, { migrations: [migration] }),
      await opener.open(url, { migrations: [migration] }),
    ];
    await Promise.all(both.map((db) => db.migrate()));
    await both[0]?.migrate();
    expect(await both[0]?.knex('ticket').count({ n: '*' })).toEqual([{ n: tickets.length }]);
  });

  test('go on where they were', async () => {
    const url = await bed.create();
    await (await opener.open(url, { migrations: [migration] })).migrate();
    const next: Migration = {
      name: '002-note',
      up: (knex) => knex.schema.alterTable('ticket', (table) => table.text('note')),
    };
    const db = await opener.open(url, { migrations: [migration, next] });
    await db.migrate();
    expect(await db.describe('select note from ticket', [])).toEqual({ columns: ['note'] });
  });

  test('leave nothing behind when one fails', async () => {
    const url = await bed.create();
    const fails: Migration = { name: '002-fails', up: () => Promise.reject(new Error('half way')) };
    const db = await opener.open(url, { migrations: [migration, fails] });
    await expect(db.migrate()).rejects.toThrow('half way');
    expect(await db.knex.schema.hasTable('ticket')).toBe(false);
  });

  test('refuse a database that is newer than they are', async () => {
    const url = await bed.create();
    await (await opener.open(url, { migrations: [migration] })).migrate();
    const older = await opener.open(url, { migrations: [] });
    await expect(older.migrate()).rejects.toThrow('001-ticket');
  });
});
