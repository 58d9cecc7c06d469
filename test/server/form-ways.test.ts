import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineForm } from '../../src/form.ts';
import { type Panel, startPanel } from '../support/panel.ts';
import { openForm, send } from '../support/sent-form.ts';

const DEFINITION = `<mgrdata>
  <metadata name="note" type="form" level="4 5 7">
    <form>
      <field name="kind"><select name="kind" type="radio"><val key="plain"/><val key="rich"/></select></field>
      <field name="text"><textarea name="text" required="yes" maxlength="10"/></field>
      <buttons>
        <button name="keep" type="ok"/>
        <button name="drop" type="ok" partial="yes"/>
        <button name="cancel" type="cancel"/>
      </buttons>
    </form>
  </metadata>
  <lang name="en"><messages name="note">
    <msg name="title">Note</msg><msg name="text">Text</msg><msg name="kind">Kind</msg><msg name="hint_kind_rich">With all there is</msg>
    <msg name="button_keep">Keep</msg><msg name="button_drop">Drop</msg>
    <msg name="kept">Kept.</msg><msg name="changed">Somebody was faster.</msg>
  </messages></lang>
</mgrdata>`;

/** Its elid is a ticket; who opens it marks it as read, and each way to send it renames it. */
const note = defineForm({
  name: 'note',
  async open(_scope, { ids, read }) {
    const [row] = await read('select id, subject, unread, version from ticket where id in (:ids)', { ids });
    if (!row) return undefined;
    const isBroken = row.subject === 'broken';
    return {
      version: Number(row.version),
      changed: 'changed',
      async opened(trx) {
        if (isBroken) throw new Error('no such luck');
        await trx('ticket').where({ id: row.id }).update({ unread: 'off' });
      },
    };
  },
  async submit(_scope, { ids: [id = -1], values, button, trx }) {
    await trx('ticket')
      .where({ id })
      .update({ subject: `${button} ${String(values.text ?? '')}` });
    return button === 'keep'
      ? { done: 'kept', to: { form: 'note', elids: [id] }, customers: [1] }
      : { done: 'kept', customers: [1] };
  },
});

let panel: Panel;
let alice: string;
let admin: string;
beforeAll(async () => {
  panel = await startPanel({ additions: { forms: [note] }, files: { 'data/note.xml': DEFINITION } });
  [alice, admin] = await Promise.all([panel.signIn('alice'), panel.signIn('admin')]);
});
afterAll(() => panel.stop());

const TICKET = 6;
const PATH = `/form/note?elid=${TICKET}&back=/list/ticket`;
const ticket = () => panel.database.knex('ticket').where({ id: TICKET });
const unread = async () => ((await ticket().first('unread')) as { unread: string }).unread;
const subject = async () => ((await ticket().first('subject')) as { subject: string }).subject;

describe('a form that is opened', () => {
  test.each([
    ['fetched ahead', 'GET', { 'sec-purpose': 'prefetch' }],
    ['drawn ahead', 'GET', { 'sec-purpose': 'prefetch;prerender' }],
    ['fetched ahead by an older browser', 'GET', { purpose: 'prefetch' }],
    ['asked for its headers', 'HEAD', {}],
  ])('is not looked at when it is %s', async (_, method, headers) => {
    await ticket().update({ unread: 'on' });
    const answer = await fetch(panel.address + PATH, { method, headers: { ...headers, cookie: alice } as HeadersInit });
    expect(answer.status).toBe(200);
    expect(await unread()).toBe('on');
  });

  test('is not looked at when it is filled anew or refused', async () => {
    const form = await openForm(panel, PATH, alice);
    await ticket().update({ unread: 'on' });
    expect((await send(panel, form, alice, { sv_field: 'kind' })).status).toBe(200);
    expect((await send(panel, form, alice, { text: '' })).status).toBe(422);
    expect(await unread()).toBe('on');
  });

  test('is looked at, and what follows from that is seen at once', async () => {
    const home = async () => (await panel.get('/home', { cookie: alice })).text();
    await ticket().update({ unread: 'on' });
    panel.engine.changed(1);
    for (let times = 0; times < 3; times += 1) expect(await home()).toContain('title="New reply"');
    await panel.database.knex('ticket').where({ customer_id: 1 }).whereNot({ id: TICKET }).update({ unread: 'off' });
    await openForm(panel, PATH, alice);
    expect(await unread()).toBe('off');
    expect(await home()).not.toContain('title="New reply"');
  });

  test('is shown also when nothing can follow from it', async () => {
    const before = await subject();
    await ticket().update({ subject: 'broken' });
    expect((await openForm(panel, PATH, alice)).html).toContain('<h1 id="form-title">Note</h1>');
    expect(panel.logged.at(-2)).toMatchObject({ level: 'error', message: expect.stringContaining('as opened') });
    await ticket().update({ subject: before });
  });

  test('says what an option means', async () => {
    expect((await openForm(panel, PATH, alice)).html).toContain('<small>With all there is</small>');
  });
});

describe('a form with several buttons', () => {
  test('asks for what is required, but not for a button that needs nothing', async () => {
    const form = await openForm(panel, PATH, alice);
    expect(form.html).toMatch(/value="drop" formnovalidate>/);
    expect(form.html).toMatch(/value="keep">/);
    expect((await send(panel, form, alice, { text: '', clicked_button: 'keep' })).status).toBe(422);
    expect((await send(panel, form, alice, { text: '12345678901', clicked_button: 'drop' })).status).toBe(422);
    expect((await send(panel, form, alice, { text: '', clicked_button: 'drop' })).status).toBe(303);
    expect(await subject()).toBe('drop ');
  });

  test('does nothing for a button that it does not have', async () => {
    const form = await openForm(panel, PATH, alice);
    const before = await subject();
    expect((await send(panel, form, alice, { text: 'x', clicked_button: 'cancel' })).status).toBe(409);
    expect(await subject()).toBe(before);
  });
});

describe('a form that is done', () => {
  test('leads to another form, which leads back to where the visitor came from', async () => {
    const answer = await send(panel, await openForm(panel, PATH, alice), alice, { text: 'a' });
    const to = answer.headers.get('location') ?? '';
    expect(to).toMatch(/^\/form\/note\?elid=6&back=%2Flist%2Fticket&done=[\w-]{22}$/);
    const { html } = await openForm(panel, to, alice);
    expect(html).toContain('Kept.');
    expect(html).toContain('<a class="button" href="/list/ticket">');
  });

  test('shows the customers whose rows it changed the new ones at once', async () => {
    const home = async () => (await panel.get('/home', { cookie: alice })).text();
    for (let times = 0; times < 3; times += 1) expect(await home()).not.toContain('keep by staff');
    await send(panel, await openForm(panel, PATH, admin), admin, { text: 'by staff' });
    expect(await home()).toContain('keep by staff');
  });

  test('says in its own words what was changed meanwhile', async () => {
    const form = await openForm(panel, PATH, alice);
    await ticket().increment('version', 1);
    const answer = await send(panel, form, alice, { text: 'mine' });
    expect(answer.status).toBe(409);
    const html = await answer.text();
    expect(html).toContain('Somebody was faster.');
    expect(html).not.toContain('changed elsewhere');
    expect(html).toContain('mine</textarea>');
  });
});
