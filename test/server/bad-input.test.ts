/** Bad input of every kind to every form there is: never a fault of ours, and each answer names its field. */
import { Agent, request } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Control } from '../../src/control.ts';
import { isolated } from '../../src/direction.ts';
import { controlsOf } from '../../src/form-description.ts';
import type { FunctionDescription } from '../../src/function.ts';
import { compileOwnContent } from '../support/functions.ts';
import { type Panel, startPanel } from '../support/panel.ts';
import { readable } from '../support/readable.ts';
import { fieldsIn, type OpenedForm, send } from '../support/sent-form.ts';

/** So many inputs in all; `RUNS=50000` for a longer night. */
const RUNS = Number(process.env.RUNS ?? 5000);

let panel: Panel;
let alice: string;
let forms: readonly FunctionDescription[];
let ids: readonly (number | string)[];

beforeAll(async () => {
  panel = await startPanel();
  alice = await panel.signIn('alice');
  const { functions } = await compileOwnContent(panel.database);
  forms = [...functions.values()].filter(({ form, level }) => form?.definition && level(5));
  const tables = ['service', 'ticket', 'payment', 'account'];
  const rows = await Promise.all(
    tables.map((table) => panel.database.knex(table).where({ customer_id: 1 }).pluck('id')),
  );
  const { id } = await panel.database.knex('user').first('id').where({ login: 'alice' });
  const sessions = await panel.database.knex('session').where({ user_id: id }).pluck('id');
  ids = [...new Set(rows.flat() as number[]), ...sessions.map((one: string) => one.slice(0, 12))];
});
afterAll(() => panel.stop());

/** A form as alice finds it, of the first row that has one with all its fields; undefined for one that only leads on. */
async function openOwn(name: string): Promise<OpenedForm | undefined> {
  let leadsOn = false;
  for (const query of ['', ...ids.map((id) => `?elid=${id}`)]) {
    const answer = await panel.get(`/form/${name}${query}`, { cookie: alice });
    const html = await answer.text();
    leadsOn ||= answer.status === 303;
    if (answer.status === 200 && html.includes('name="clicked_button"')) {
      return { path: `/form/${name}`, html, fields: fieldsIn(html) };
    }
  }
  if (leadsOn) return undefined;
  throw new Error(`Alice can open no form ${name}`);
}

interface Slip {
  readonly name: string;
  readonly value: string;
  /** What the answer must hold. */
  readonly told: string;
}

const escaped = (text: string) =>
  text.replace(
    /[&<>"'\\]/g,
    (one) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39', '\\': '#92' }[one]};`,
  );

const strange = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'a[b]', 'a[b][c]', 'x.y', 'a[]', 'toString', 'hasOwnProperty', 'elid[]'),
  fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
);

const words = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' });
const control = fc.constantFrom('\u0000', 'a\u0000b', '\u0007', '\u001b[31m', '\u007f');

/** Values that a control cannot take, whatever else the form holds. */
function badValues({
  element,
  type,
  check,
  maxLength,
  minLength,
  min,
  max,
}: Control): fc.Arbitrary<string> | undefined {
  const long = (limit: number) => fc.integer({ min: 1, max: 3000 }).map((more) => 'я'.repeat(limit + more));
  const choice = words.filter((text) => text.trim() !== '').map((text) => `no ${text}`);
  if (element === 'select') return choice;
  if (element === 'textarea') return fc.oneof(control, long(maxLength ?? 10_000));
  if (element !== 'input' || type === 'checkbox' || type === 'hidden') return undefined;
  if (type === 'number' || type === 'money') {
    const beyond = [
      ...(min === undefined ? [] : [String(min - 1)]),
      ...(max === undefined ? [] : [String(type === 'money' ? max : max + 1)]),
    ];
    return fc.oneof(choice, fc.constantFrom('1e9', 'NaN', '--1', '1.2.3', '9'.repeat(30), '0x10', '١٢', ...beyond));
  }
  if (type === 'date') return fc.oneof(choice, fc.constantFrom('2026-02-30', '14.03.2026', 'tomorrow', '2026-3-1'));
  if (type === 'password')
    return fc.oneof(fc.constant('\u0000'.repeat(12)), fc.constant('x'.repeat((maxLength ?? 1000) + 1)));
  const wrong = check ?? (type === 'text' ? undefined : type);
  return fc.oneof(
    control,
    long(maxLength ?? 1000),
    ...(wrong ? [fc.constantFrom('no such thing', '<b>', '@', 'http://')] : []),
    ...(minLength && minLength > 1 ? [fc.constant('x')] : []),
  );
}

function slips(form: OpenedForm, { form: described }: FunctionDescription): fc.Arbitrary<Slip> {
  const controls = described ? described.description.pages.flatMap(({ fields }) => fields) : [];
  const names = new Set(controlsOf(described?.description ?? { pages: [], buttons: [] }).map(({ name }) => name));
  const own = new Set(['elid', 'back', 'sv_field', 'clicked_button', 'done', 'form_key', 'form_version', 'form_seen']);
  const unknown = strange
    .filter((name) => !names.has(name) && !own.has(name))
    .map((name): Slip => ({ name, value: '1', told: `“${escaped(isolated(name, 'en'))}”` }));
  const known = controls.flatMap((field) =>
    field.controls.flatMap((one) => {
      const isShown = form.html.includes(`name="${one.name}"`);
      const values = isShown && !one.isReadOnly ? badValues(one) : undefined;
      return values ? [values.map((value): Slip => ({ name: one.name, value, told: `id="error-${field.name}"` }))] : [];
    }),
  );
  return known.length === 0
    ? unknown
    : fc.oneof({ weight: 1, arbitrary: unknown }, ...known.map((arbitrary) => ({ weight: 2, arbitrary })));
}

describe('bad input', () => {
  test(`names its field, in ${RUNS} answers`, async () => {
    const before = JSON.stringify(await panel.database.knex('ledger').count());
    const each = Math.ceil(RUNS / forms.length);
    for (const description of forms) {
      const form = await openOwn(description.name);
      if (!form) continue;
      await fc.assert(
        fc.asyncProperty(slips(form, description), async ({ name, value, told }) => {
          const answer = await send(panel, form, alice, { [name]: value });
          const html = readable(await answer.text());
          expect([409, 422], `${description.name} ${name}=${JSON.stringify(value)}`).toContain(answer.status);
          expect(html, `${description.name} ${name}=${JSON.stringify(value)}`).toContain(told);
        }),
        { numRuns: each },
      );
    }
    expect(JSON.stringify(await panel.database.knex('ledger').count())).toBe(before);
    expect(panel.logged.filter(({ level }) => level === 'error')).toEqual([]);
  }, 600_000);

  test.each([
    ['a body that is too long', 'x'.repeat(300_000), 413],
    ['no body at all', '', 422],
    ['broken escapes', 'text=%E0%A4%A&%%%=1', 422],
    ['20,000 fields', Array.from({ length: 20_000 }, (_, at) => `f${at}=`).join('&'), 422],
  ])('is refused as %s', async (_, body, status) => {
    const answer = await fetch(`${panel.address}/form/ticket.new`, {
      method: 'POST',
      redirect: 'manual',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', cookie: alice },
    });
    expect(answer.status).toBe(status);
    await answer.text();
  });

  test.each(['/form/ticket.new', '/customise/file', '/signin'])(
    'as a body that is too long leaves the connection to %s as it was',
    async (path) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const headers = { 'sec-fetch-site': 'same-origin', cookie: alice };
      const sockets = new Set<unknown>();
      const ask = (method: string, to: string, body = '') =>
        new Promise<number | undefined>((resolve, reject) => {
          const type = { 'content-type': 'application/x-www-form-urlencoded' };
          const sent = request(panel.address + to, { method, agent, headers: { ...headers, ...(body && type) } });
          sent.once('socket', (socket) => sockets.add(socket));
          sent.once('response', (answer) => answer.resume().once('end', () => resolve(answer.statusCode)));
          sent.once('error', reject).end(body);
        });
      expect(await ask('POST', path, 'x'.repeat(600_000))).toBe(413);
      expect(await ask('GET', '/home')).toBe(200);
      expect(sockets.size).toBe(1);
      agent.destroy();
    },
  );

  test.each(['application/json', 'multipart/form-data; boundary=x', 'text/xml'])(
    'as %s takes nothing',
    async (type) => {
      const answer = await fetch(`${panel.address}/form/ticket.new`, {
        method: 'POST',
        redirect: 'manual',
        body: '{"text":"hello"}',
        headers: { 'content-type': type, 'sec-fetch-site': 'same-origin', cookie: alice },
      });
      expect(answer.status).toBe(422);
    },
  );
});
