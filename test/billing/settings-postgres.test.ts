/** What is written for settings, on PostgreSQL: the same as on SQLite. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgresBed } from '../database/beds.ts';
import { type Panel, startPanel } from '../support/panel.ts';
import { readable } from '../support/readable.ts';
import { openForm, send } from '../support/sent-form.ts';

const bed = await postgresBed();
if (typeof bed === 'string') test.skip(bed, () => {});
const it = test.skipIf(typeof bed === 'string');

let panel: Panel;
let alice: string;
beforeAll(async () => {
  if (typeof bed === 'string') return;
  panel = await startPanel({ store: await bed.create() });
  alice = await panel.signIn('alice');
});
afterAll(async () => {
  if (typeof bed === 'string') return;
  await panel.stop();
  await bed.stop();
});

const isSignedIn = async (cookie: string) => (await panel.get('/list/session', { cookie })).status === 200;

it('a chosen sign-in ends', async () => {
  const other = await panel.signIn('alice');
  const html = readable(await (await panel.get('/list/session', { cookie: other })).text());
  const [, id] = /elid=([0-9a-f]{12})/.exec(html) ?? [];
  const form = await openForm(panel, `/form/session.close?elid=${id}`, alice);
  expect((await send(panel, form, alice)).status).toBe(303);
  expect([await isSignedIn(alice), await isSignedIn(other)].filter(Boolean)).toHaveLength(1);
});

it('settings and a password are saved, and the other sign-ins end', async () => {
  const [mine, other] = [await panel.signIn('bob'), await panel.signIn('bob')];
  const form = await openForm(panel, '/form/usrparam', mine);
  const password = 'four words in a row';
  const typed = { language: 'ru', rows: '100', start: 'ticket', current: 'demo', password, repeat: password };
  const answers = await Promise.all(Array.from({ length: 3 }, () => send(panel, form, mine, typed)));
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect(await panel.database.knex('user').first().where({ login: 'bob' })).toMatchObject({
    ...{ language: 'ru', rows: 100, start: 'ticket', version: 2 },
  });
  expect([await isSignedIn(mine), await isSignedIn(other)]).toEqual([false, false]);
  expect(await isSignedIn(await panel.signIn('bob', password))).toBe(true);
});
