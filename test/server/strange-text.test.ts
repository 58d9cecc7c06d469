/** Text that no row can hold, in every address and field, on PostgreSQL, which refuses it: a page, and no fault of ours. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgresBed } from '../database/beds.ts';
import { compileOwnContent } from '../support/functions.ts';
import { type Panel, startPanel } from '../support/panel.ts';
import { fieldsIn, send } from '../support/sent-form.ts';

const bed = await postgresBed();
if (typeof bed === 'string') test.skip(bed, () => {});
const it = test.skipIf(typeof bed === 'string');

const STRANGE = ['a\u0000b', '\u0000', '\ud800', '9'.repeat(18), '-1', '1e9', "'; drop table ticket; --", '\u202e%_\\'];

let panel: Panel;
let alice: string;
let lists: readonly string[];
let forms: readonly string[];
beforeAll(async () => {
  if (typeof bed === 'string') return;
  panel = await startPanel({ store: await bed.create() });
  alice = await panel.signIn('alice');
  const functions = [...(await compileOwnContent(panel.database)).functions.values()].filter(({ level }) => level(5));
  lists = functions.filter(({ type }) => type === 'list').map(({ name }) => name);
  forms = functions.filter(({ form }) => form?.definition).map(({ name }) => name);
});
afterAll(async () => {
  if (typeof bed === 'string') return;
  await panel.stop();
  await bed.stop();
});

const query = (params: Readonly<Record<string, string>>) => new URLSearchParams(params).toString();
const faults = () => panel.logged.filter(({ level, message }) => level === 'error' || /failed/.test(message));

it('in an address', async () => {
  for (const text of STRANGE) {
    const addresses = [
      ...['/home', ...lists.map((name) => `/list/${name}`)].map((path) => `${path}?${query({ done: text })}`),
      ...lists.flatMap((name) =>
        ['find', 'status', 'sort', 'page', 'rows', 'elid', 'method'].map(
          (key) => `/list/${name}?${query({ [key]: text })}`,
        ),
      ),
      ...forms.flatMap((name) => [
        `/form/${name}?${query({ elid: text })}`,
        `/form/${name}?${query({ back: text, done: text })}`,
      ]),
      ...['pay', 'payment/return', 'block', 'list', 'form'].map(
        (path) => `/${path}/${encodeURIComponent(Buffer.from(text).toString())}`,
      ),
    ];
    for (const address of addresses) {
      const { status } = await panel.get(address, { cookie: alice });
      expect(status, address).toBeLessThan(500);
    }
  }
  expect(faults()).toEqual([]);
}, 120_000);

it('in a field', async () => {
  for (const name of forms) {
    const rows = ['', '?elid=1', '?elid=2', '?elid=4', '?elid=6'];
    const opened = await Promise.all(rows.map((row) => panel.get(`/form/${name}${row}`, { cookie: alice })));
    for (const answer of opened.filter(({ status }) => status === 200)) {
      const html = await answer.text();
      const form = { path: `/form/${name}`, html, fields: fieldsIn(html) };
      for (const [field] of form.fields) {
        for (const text of STRANGE.slice(0, 4)) {
          for (const change of [{ [field]: text }, { [field]: text, sv_field: field }]) {
            const { status } = await send(panel, form, alice, change);
            expect(status, `${name} ${field}`).toBeLessThan(500);
          }
        }
      }
    }
  }
  expect(faults()).toEqual([]);
}, 120_000);
