import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgresBed } from '../database/beds.ts';
import { type Panel, startPanel } from '../support/panel.ts';
import { readable } from '../support/readable.ts';
import { fieldsIn, openForm, send } from '../support/sent-form.ts';

const bed = await postgresBed();

describe.skipIf(typeof bed === 'string')('tickets on PostgreSQL', () => {
  let panel: Panel;
  let alice: string;
  let admin: string;
  let id: number;
  beforeAll(async () => {
    if (typeof bed === 'string') return;
    panel = await startPanel({ store: await bed.create() });
    [alice, admin] = await Promise.all([panel.signIn('alice'), panel.signIn('admin')]);
  }, 60_000);
  afterAll(async () => {
    if (typeof bed === 'string') return;
    await panel.stop();
    await bed.stop();
  });

  const path = () => `/form/ticket.edit?elid=${id}`;
  const ticket = () => panel.database.knex('ticket').where({ id }).first();
  const texts = () => panel.database.knex('ticket_message').where({ ticket_id: id }).orderBy('id').pluck('text');

  test('are filed, answered, read, closed and opened again', async () => {
    const [service] = await panel.database.knex('service').where({ customer_id: 1, status: 'active' });
    const form = await openForm(panel, '/form/ticket.new', alice);
    const typed = { subject: 'Is this ?', text: 'A $1 question?', service: String(service.id) };
    expect((await send(panel, form, alice, typed)).status).toBe(303);
    ({ id } = await panel.database.knex('ticket').where({ subject: 'Is this ?' }).first());
    expect((await send(panel, await openForm(panel, path(), admin), admin, { text: 'It is.' })).status).toBe(303);
    expect(await ticket()).toMatchObject({ status: 'waiting', unread: 'on' });
    const opened = await openForm(panel, path(), alice);
    expect(await ticket()).toMatchObject({ status: 'waiting', unread: 'off' });
    expect((await send(panel, opened, alice, { clicked_button: 'close' })).status).toBe(303);
    expect(await ticket()).toMatchObject({ status: 'closed' });
    const group = await openForm(panel, `/form/ticket.reopen?elid=${id}`, alice);
    expect((await send(panel, group, alice)).status).toBe(303);
    expect(await ticket()).toMatchObject({ status: 'open', version: 4 });
  });

  test('lose nothing and double nothing when many write at once', async () => {
    const before = (await texts()).length;
    const people = [alice, admin, alice, admin, alice];
    const forms = await Promise.all(people.map((cookie) => openForm(panel, path(), cookie)));
    const statuses = await Promise.all(
      forms.map(async (form, number) => {
        const cookie = people[number] ?? '';
        const write = () => send(panel, form, cookie, { text: `Text ${number}` });
        const both = await Promise.all([write(), write()]);
        let answer = both.find(({ status }) => status === 303) ?? both[0];
        for (let tries = 0; answer.status === 409 && tries < 10; tries += 1) {
          answer = await send(panel, { ...form, fields: fieldsIn(readable(await answer.text())) }, cookie);
        }
        return answer.status;
      }),
    );
    expect(statuses).toEqual(people.map(() => 303));
    const written = (await texts()) as string[];
    expect(written.slice(before).sort()).toEqual(people.map((_, number) => `Text ${number}`));
  });
});
