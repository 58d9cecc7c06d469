/** Two customers, every function there is, and every id of the other one: generated from the catalogue, so a new function is tested by itself. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FunctionDescription } from '../../src/function.ts';
import { compileOwnContent } from '../support/functions.ts';
import { type Panel, startPanel } from '../support/panel.ts';
import { fieldsIn, type OpenedForm, send } from '../support/sent-form.ts';

/** Texts of rows by which their owner is known. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  account: ['name'],
  service: ['name', 'domain'],
  ticket: ['subject'],
  payment: ['number'],
  ledger: ['note'],
};
const OWNED = Object.keys(TEXTS);

interface Person {
  readonly login: string;
  readonly customer: number;
  readonly canary: string;
  cookie: string;
  /** Of every row of theirs, whatever its table. */
  ids: readonly number[];
}

const alice: Person = { login: 'alice', customer: 1, canary: 'canary-one', cookie: '', ids: [] };
const bob: Person = { login: 'bob', customer: 2, canary: 'canary-two', cookie: '', ids: [] };
const pairs = [
  [alice, bob],
  [bob, alice],
] as const;

let panel: Panel;
let functions: readonly FunctionDescription[];
let blocks: readonly string[];

beforeAll(async () => {
  panel = await startPanel();
  const revision = await compileOwnContent(panel.database);
  functions = [...revision.functions.values()].filter(({ level }) => level(5));
  blocks = revision.plans.get(5)?.blocks.map(({ name }) => name) ?? [];
  for (const person of [alice, bob]) {
    await mark(person);
    person.cookie = await panel.signIn(person.login);
  }
});
afterAll(() => panel.stop());

async function mark({ customer, canary }: Person) {
  const { knex } = panel.database;
  for (const [table, columns] of Object.entries(TEXTS)) {
    for (const column of columns)
      await knex(table)
        .where({ customer_id: customer })
        .update({ [column]: knex.raw(`'${canary}-${table}-' || id`) });
  }
  await knex('ticket_message')
    .whereIn('ticket_id', knex('ticket').select('id').where({ customer_id: customer }))
    .update({ text: canary, author: canary });
  await knex('user')
    .where({ customer_id: customer })
    .update({ email: `${canary}@example.org` });
  const ids = await Promise.all(OWNED.map((table) => knex(table).where({ customer_id: customer }).pluck('id')));
  for (const person of [alice, bob])
    if (person.customer === customer) person.ids = [...new Set(ids.flat() as number[])];
}

/** All rows of a customer, to see that nothing was written. */
const rowsOf = async ({ customer }: Person) =>
  JSON.stringify(
    await Promise.all(OWNED.map((table) => panel.database.knex(table).where({ customer_id: customer }).orderBy('id'))),
  );

const lists = () => functions.filter(({ type }) => type === 'list');
const reports = () => functions.filter(({ type }) => type === 'report');
const forms = () => functions.filter(({ form }) => form?.definition);

/** The text of an answer to `who`, which must not know of `other`. */
async function read(who: Person, path: string): Promise<{ status: number; text: string }> {
  const answer = await panel.get(path, { cookie: who.cookie });
  return { status: answer.status, text: await answer.text() };
}

/** The first form of a function that a visitor may open, of all their rows. */
async function openOwn(who: Person, name: string): Promise<OpenedForm | undefined> {
  for (const query of ['', ...who.ids.map((id) => `?elid=${id}`)]) {
    const { status, text } = await read(who, `/form/${name}${query}`);
    if (status === 200) return { path: `/form/${name}`, html: text, fields: fieldsIn(text) };
  }
  return undefined;
}

describe.each(pairs)('$login', (who, other) => {
  test('sees the own rows and none of the other customer, in every list, page and file of it', async () => {
    const seen = new Set<string>();
    for (const { name } of lists()) {
      for (const query of [
        '',
        '?rows=100',
        '?page=2',
        `?find=${other.canary}`,
        '?sort=-id',
        '?out=csv',
        `?elid=${other.ids[0]}`,
      ]) {
        const { status, text } = await read(who, `/list/${name}${query}`);
        expect(status, name + query).toBe(200);
        const shown = query.startsWith('?find')
          ? text.replaceAll(`value="${other.canary}"`, '').replaceAll(`find=${other.canary}`, '')
          : text;
        expect(shown.replaceAll(`“${other.canary}”`, ''), name + query).not.toContain(other.canary);
        if (text.includes(who.canary)) seen.add(name);
      }
    }
    expect([...seen]).toEqual(expect.arrayContaining(['account', 'service', 'ticket', 'payment']));
  });

  test('sees none of them in blocks, on the home page and in the pages around it', async () => {
    const pages = reports().flatMap(({ name, report }) => [
      `/report/${name}?period=nolimit&customer=${other.customer}`,
      ...(report?.bands ?? []).map((band) => `/report/${name}?period=nolimit&out=csv&band=${band.name}`),
    ]);
    expect(pages.length).toBeGreaterThan(4);
    for (const path of ['/home', '/help', '/', ...blocks.map((name) => `/block/${name}`), ...pages]) {
      const { text } = await read(who, path);
      expect(text, path).not.toContain(other.canary);
    }
  });

  test('counts only the own rows', async () => {
    for (const [name, where] of [
      ['service', {}],
      ['payment', {}],
      ['account', {}],
    ] as const) {
      const [{ count } = { count: 0 }] = await panel.database
        .knex(name)
        .where({ customer_id: who.customer, ...where })
        .count({ count: '*' });
      expect((await read(who, `/list/${name}`)).text, name).toMatch(new RegExp(`<p[^>]*>${count}\\b`));
    }
  });

  test('can open no form about a row of the other, by any id', async () => {
    const strange = other.ids.filter((id) => !who.ids.includes(id));
    expect(strange.length).toBeGreaterThan(3);
    for (const { name } of forms()) {
      for (const id of [...other.ids, 0, -1, 2 ** 31, 1e15]) {
        const { status, text } = await read(who, `/form/${name}?elid=${id}`);
        expect([200, 404], `${name} ${id}`).toContain(status);
        expect(text, `${name} ${id}`).not.toContain(other.canary);
      }
    }
  });

  test('can send no form about a row of the other, nor name one in it', async () => {
    const before = await rowsOf(other);
    const strange = other.ids.filter((id) => !who.ids.includes(id));
    for (const { name } of forms()) {
      const form = await openOwn(who, name);
      if (!form) continue;
      const isAboutRow = form.fields.some(([field]) => field === 'elid');
      for (const id of strange.slice(0, 8)) {
        const answer = await send(panel, form, who.cookie, { elid: String(id) });
        if (isAboutRow) expect(answer.status, `${name} ${id}`).not.toBe(303);
        expect(await answer.text(), `${name} ${id}`).not.toContain(other.canary);
        const mixed = form.fields.filter(([field]) => field === 'elid').map(([, value]) => value);
        const both = await send(panel, form, who.cookie, { elid: [...mixed, String(id)] });
        if (isAboutRow) expect(both.status, `${name} ${mixed.join()} ${id}`).not.toBe(303);
      }
      for (const [field, value] of form.fields) {
        if (!/^\d+$/.test(value) || /^(elid|form_|back)/.test(field)) continue;
        const answer = await send(panel, form, who.cookie, { [field]: String(strange[0]) });
        expect(await answer.text(), `${name} ${field}`).not.toContain(other.canary);
      }
    }
    expect(await rowsOf(other)).toBe(before);
  }, 120_000);
});

test('the forms of the catalogue are all tried', () => {
  expect(forms().map(({ name }) => name)).toEqual(
    functions.filter(({ type }) => type === 'form').map(({ name }) => name),
  );
});
