import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Panel, startPanel, TODAY } from '../support/panel.ts';
import { readable } from '../support/readable.ts';
import { fieldsIn, type OpenedForm, openForm, send } from '../support/sent-form.ts';

interface TicketRow {
  readonly id: number;
  readonly customer_id: number;
  readonly subject: string;
  readonly status: string;
  readonly unread: string;
  readonly updated: string;
  readonly version: number;
}

const LIST = '/list/ticket';
const ALICE = 1;
const BOB = 2;

let panel: Panel;
let alice: string;
let dana: string;
let bob: string;
let admin: string;
beforeAll(async () => {
  panel = await startPanel();
  [alice, dana, bob, admin] = (await Promise.all(
    ['alice', 'dana', 'bob', 'admin'].map((login) => panel.signIn(login)),
  )) as [string, string, string, string];
});
beforeEach(() => {
  panel.clock = TODAY;
});
afterAll(() => panel.stop());

const page = async (path: string, cookie: string) => readable(await (await panel.get(path, { cookie })).text());
const pathOf = (id: number, back = LIST) => `/form/ticket.edit?elid=${id}&back=${back}`;
const openTicket = (id: number, cookie: string, back?: string) => openForm(panel, pathOf(id, back), cookie);
const rowOf = (id: number): Promise<TicketRow> => panel.database.knex('ticket').first().where({ id });
const textsOf = (id: number): Promise<string[]> =>
  panel.database.knex('ticket_message').where({ ticket_id: id }).orderBy('id').pluck('text');
const sidesOf = (id: number): Promise<string[]> =>
  panel.database.knex('ticket_message').where({ ticket_id: id }).orderBy('id').pluck('side');
const followed = (answer: Response) => answer.headers.get('location') ?? '';
const again = (form: OpenedForm, html: string): OpenedForm => ({ ...form, fields: fieldsIn(html) });

/** A ticket as it is wanted, with one question and, unless it is new, one answer. */
async function makeTicket(change: Partial<TicketRow> = {}): Promise<number> {
  const time = '2026-03-10T08:00:00Z';
  const row = { customer_id: ALICE, subject: 'Slow disk', department: 'technical', status: 'waiting', unread: 'on' };
  const [made] = (await panel.database
    .knex('ticket')
    .insert({ ...row, updated: time, created: time, ...change })
    .returning('id')) as { id: number }[];
  const ticket_id = made?.id ?? 0;
  const said = [
    { side: 'customer', author: 'Alice Morgan', text: 'It is slow.' },
    { side: 'staff', author: 'Jonas Weber', text: 'Since when?' },
  ];
  const until = change.status === 'new' ? 1 : 2;
  await panel.database
    .knex('ticket_message')
    .insert(said.slice(0, until).map((message) => ({ ticket_id, created: time, ...message })));
  panel.engine.changed(ALICE);
  return ticket_id;
}

describe('a new ticket', () => {
  test('is filed with its department, subject, service and text, and shown', async () => {
    const form = await openForm(panel, `/form/ticket.new?back=${LIST}`, alice);
    expect(Object.fromEntries(form.fields)).toMatchObject({ department: 'technical', service: '' });
    const [service] = await panel.database
      .knex('service')
      .where({ customer_id: ALICE, status: 'active' })
      .orderBy('id');
    const answer = await send(panel, form, alice, {
      department: 'sales',
      subject: '  Is there a larger plan?  ',
      service: String(service.id),
      text: 'With 16 cores.\r\n\r\nThank you',
    });
    expect(answer.status).toBe(303);
    const ticket = await panel.database.knex('ticket').orderBy('id', 'desc').first();
    expect(ticket).toMatchObject({
      ...{ customer_id: ALICE, department: 'sales', subject: 'Is there a larger plan?', status: 'new', unread: 'off' },
      ...{ created: '2026-03-14T09:26:53Z', updated: '2026-03-14T09:26:53Z' },
    });
    expect(await textsOf(ticket.id)).toEqual([
      `Service: ${service.name} (${service.package})\n\nWith 16 cores.\n\nThank you`,
    ]);
    expect(followed(answer)).toMatch(
      new RegExp(`^/form/ticket\\.edit\\?elid=${ticket.id}&back=%2Flist%2Fticket&done=`),
    );
    const html = await page(followed(answer), alice);
    expect(html).toContain('Your ticket was sent.');
    expect(html).toContain('<h1 id="form-title">Is there a larger plan?</h1>');
    expect(await page(LIST, alice)).toContain('Is there a larger plan?');
    expect(await page('/home', alice)).toContain('Is there a larger plan?');
  });

  test('is asked nothing about services by a customer who has none', async () => {
    const { html } = await openForm(panel, '/form/ticket.new', await panel.signIn('nora'));
    expect(html).not.toContain('name="service"');
    expect(html).toContain('Invoices, payments and refunds');
  });

  test.each([
    ['no subject', { subject: ' ' }, 'error-subject'],
    ['a subject that is too long', { subject: 'x'.repeat(201) }, 'At most 200 characters'],
    ['no text', { text: '\n' }, 'error-text'],
    ['a text that is too long', { text: 'x'.repeat(10_001) }, 'At most 10,000 characters'],
    ['an unknown department', { department: 'kitchen' }, 'Choose one'],
    ['a service of somebody else', { service: 'bob' }, 'Choose one'],
    ['no plain text', { text: 'a\u0000b' }, 'characters that cannot be used'],
  ])('is refused with %s, and keeps what was typed', async (_, change, told) => {
    const [foreign] = await panel.database.knex('service').where({ customer_id: BOB });
    const form = await openForm(panel, '/form/ticket.new', alice);
    const before = await panel.database.knex('ticket').count({ count: '*' });
    const typed = { subject: 'A subject', text: 'Kept words', ...change };
    const service = 'service' in change ? String(foreign.id) : '';
    const answer = await send(panel, form, alice, { ...typed, service });
    expect(answer.status).toBe(422);
    const html = readable(await answer.text());
    expect(html).toContain(told);
    if (!('text' in change)) expect(html).toContain('Kept words</textarea>');
    expect(await panel.database.knex('ticket').count({ count: '*' })).toEqual(before);
  });

  test('is one ticket, however often it is sent', async () => {
    const form = await openForm(panel, '/form/ticket.new', dana);
    const typed = { subject: 'Only once', text: 'Please' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(panel, form, dana, typed)));
    expect(new Set(answers.map(followed)).size).toBe(1);
    expect(await panel.database.knex('ticket').where({ subject: 'Only once' })).toHaveLength(1);
  });
});

describe('a ticket', () => {
  test('shows its talk, the oldest first, and who said what', async () => {
    const { html } = await openTicket(await makeTicket(), alice);
    expect(html).toMatch(/<li>Waiting for you<\/li><li>Technical<\/li><li>No\. \d+, Mar 10, 2026/);
    expect(html.indexOf('It is slow.')).toBeLessThan(html.indexOf('Since when?'));
    expect(html).toMatch(/Jonas Weber<\/b> <span class="said-role">Support<\/span> <mark class="said-fresh">New</);
    expect(html).toMatch(/Alice Morgan<\/b> <span class="said-role"><\/span>/);
    expect(html).toContain('<time datetime="2026-03-10T08:00:00Z">');
  });

  test('belongs to all who work for a customer, and to nobody else', async () => {
    const id = await makeTicket();
    expect((await openTicket(id, dana)).html).toContain('Slow disk');
    const form = await openTicket(id, alice);
    expect((await panel.get(pathOf(id), { cookie: bob })).status).toBe(404);
    expect((await send(panel, form, bob, { text: 'Mine' })).status).toBe(404);
    for (const func of ['ticket.close', 'ticket.reopen'])
      expect((await panel.get(`/form/${func}?elid=${id}`, { cookie: bob })).status).toBe(404);
    expect(await textsOf(id)).toHaveLength(2);
  });

  test('is one at a time', async () => {
    const [one, two] = [await makeTicket(), await makeTicket()];
    expect((await panel.get(`/form/ticket.edit?elid=${one}&elid=${two}`, { cookie: alice })).status).toBe(404);
    expect((await panel.get('/form/ticket.edit', { cookie: alice })).status).toBe(404);
  });

  test('is read once it was opened by the customer, on every page at once', async () => {
    await panel.database.knex('ticket').where({ customer_id: ALICE }).update({ unread: 'off' });
    const id = await makeTicket({ updated: '2026-03-14T10:00:00Z' });
    for (let times = 0; times < 3; times += 1) expect(await page('/home', alice)).toContain('title="New reply"');
    expect(await page(LIST, dana)).toContain('title="New reply"');
    await openTicket(id, admin);
    expect((await rowOf(id)).unread).toBe('on');
    const { version } = await rowOf(id);
    await openTicket(id, dana);
    expect(await rowOf(id)).toMatchObject({ unread: 'off', status: 'waiting', version });
    expect(await page('/home', alice)).not.toContain('title="New reply"');
    expect((await openTicket(id, alice)).html).toContain('<mark class="said-fresh"></mark>');
  });

  test('stays unread when an answer comes while it is being opened', async () => {
    const id = await makeTicket();
    const scope = { customer: ALICE, user: 1, name: 'Alice', login: 'alice', level: 5, language: 'en', zone: 'UTC' };
    const request = { func: 'ticket.edit', sent: new URLSearchParams({ elid: String(id) }), back: '/' };
    const opened = await panel.engine.form({ ...scope, theme: 'light', now: TODAY } as never, request);
    await panel.database.knex('ticket_message').insert({
      ticket_id: id,
      side: 'staff',
      author: 'Jonas Weber',
      text: 'One more',
      created: '2026-03-10T09:00:00Z',
    });
    if (opened && 'opened' in opened) await opened.opened?.();
    expect((await rowOf(id)).unread).toBe('on');
  });

  test.each([
    ['markup', '<b>bold</b> & "quotes" <script>alert(1)</script>'],
    ['emoji', '👩‍💻🏳️‍🌈 ok'],
    ['lines and spaces', 'a\n\n    b\tc   d'],
    ['another script', 'متى ينتهي نقل النطاق؟ שלום'],
    ['10,000 characters', `${'🦊'.repeat(4_999)}ab`],
    ['placeholders', '__name__ {{ text }} {% raw %} $1 ?'],
  ])('shows %s as it was written', async (_, text) => {
    const id = await makeTicket();
    const form = await openTicket(id, alice);
    const answer = await send(panel, form, alice, { text: text.replaceAll('\n', '\r\n') });
    expect(answer.status).toBe(303);
    expect((await textsOf(id)).at(-1)).toBe(text);
    const shown = /.*<div class="said-text" dir="auto">([\s\S]*?)<\/div>/s.exec(
      await page(followed(answer), alice),
    )?.[1];
    const plain = shown?.replace(
      /&(amp|lt|gt|quot);/g,
      (_all, name: string) => ({ amp: '&', lt: '<', gt: '>' })[name] ?? '"',
    );
    expect(plain).toBe(text);
  });

  test('makes links of the addresses in it', async () => {
    const id = await makeTicket();
    await send(panel, await openTicket(id, alice), alice, { text: 'See https://example.org/a?b=1&c=2.' });
    expect((await openTicket(id, alice)).html).toContain(
      'See <a href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="nofollow noopener noreferrer">https://example.org/a?b=1&amp;c=2</a>.',
    );
  });

  test('folds the earlier part of a long talk unless it is new, and shows all of a very long one when asked', async () => {
    const id = await makeTicket({ unread: 'off' });
    const more = Array.from({ length: 60 }, (_, number) => ({
      side: 'staff',
      author: 'Jonas',
      text: `Talk ${number}.`,
    }));
    const created = '2026-03-10T09:00:00Z';
    await panel.database.knex('ticket_message').insert(more.map((said) => ({ ticket_id: id, created, ...said })));
    await panel.database.knex('ticket').where({ id }).update({ unread: 'on' });
    expect((await openTicket(id, alice)).html).not.toContain('earlier messages');
    const form = await openTicket(id, alice);
    expect(form.html).toContain('<summary>46 earlier messages</summary>');
    expect(form.html.match(/<li class="said /g)).toHaveLength(50);
    expect(form.html).not.toContain('It is slow.');
    const answer = await send(panel, form, alice, { all: 'on', text: 'Half a repl', sv_field: 'all' });
    const html = readable(await answer.text());
    expect(html.match(/<li class="said /g)).toHaveLength(62);
    expect(html).toContain('Half a repl</textarea>');
    expect((await send(panel, again(form, html), alice, { text: 'All read.' })).status).toBe(303);
    expect((await openTicket(await makeTicket(), alice)).html).not.toContain('name="all"');
  });
});

describe('a reply', () => {
  test('of the customer waits for support, and leads back to the ticket', async () => {
    const id = await makeTicket();
    const answer = await send(panel, await openTicket(id, dana, '/home'), dana, { text: 'Since Monday.' });
    expect(followed(answer)).toMatch(new RegExp(`^/form/ticket\\.edit\\?elid=${id}&back=%2Fhome&done=`));
    const html = await page(followed(answer), dana);
    expect(html).toContain('Your reply was sent.');
    expect(html).toMatch(/Dana Reed<\/b>[\s\S]*Since Monday\./);
    expect(html).toContain('<a class="button" href="/home">');
    expect(await rowOf(id)).toMatchObject({
      status: 'open',
      unread: 'off',
      updated: '2026-03-14T09:26:53Z',
      version: 2,
    });
    expect((await openTicket(id, alice)).html).toContain('Since Monday.');
  });

  test('needs a text', async () => {
    const id = await makeTicket();
    const answer = await send(panel, await openTicket(id, alice), alice, { text: ' \n ', clicked_button: 'reply' });
    expect(answer.status).toBe(422);
    expect(readable(await answer.text())).toContain('id="error-text"');
    expect(await textsOf(id)).toHaveLength(2);
  });

  test('is there once, however often it is sent', async () => {
    const id = await makeTicket();
    const form = await openTicket(id, alice);
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(panel, form, alice, { text: 'Once' })));
    expect(new Set(answers.map(followed)).size).toBe(1);
    expect(await textsOf(id)).toEqual(['It is slow.', 'Since when?', 'Once']);
  });

  test('holds up nobody of the same side: both are there', async () => {
    const id = await makeTicket();
    const [one, two] = [await openTicket(id, alice), await openTicket(id, dana)];
    const answers = await Promise.all([
      send(panel, one, alice, { text: 'From Alice' }),
      send(panel, two, dana, { text: 'From Dana' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect((await textsOf(id)).slice(2).sort()).toEqual(['From Alice', 'From Dana']);
  });

  test('is held up once by an answer that came meanwhile, and keeps its text', async () => {
    const id = await makeTicket();
    const [mine, theirs] = [await openTicket(id, alice), await openTicket(id, admin)];
    expect((await send(panel, theirs, admin, { text: 'We have found it.' })).status).toBe(303);
    const answer = await send(panel, mine, alice, { text: 'Any news?' });
    expect(answer.status).toBe(409);
    const html = readable(await answer.text());
    expect(html).toContain('Nothing was sent yet: meanwhile there was an answer');
    expect(html).toContain('We have found it.');
    expect(html).toContain('Any news?</textarea>');
    expect(await textsOf(id)).toHaveLength(3);
    expect((await send(panel, again(mine, html), alice)).status).toBe(303);
    expect((await textsOf(id)).slice(2)).toEqual(['We have found it.', 'Any news?']);
  });

  test('loses nothing when both sides write at the same moment', async () => {
    const id = await makeTicket();
    const people = [alice, admin, dana, admin, alice, admin];
    const forms = await Promise.all(people.map((cookie) => openTicket(id, cookie)));
    const sent = await Promise.all(
      forms.map(async (form, number) => {
        const cookie = people[number] ?? '';
        let answer = await send(panel, form, cookie, { text: `Text ${number}` });
        for (let tries = 0; answer.status === 409 && tries < 10; tries += 1) {
          answer = await send(panel, again(form, readable(await answer.text())), cookie);
        }
        return answer.status;
      }),
    );
    expect(sent).toEqual(people.map(() => 303));
    expect((await textsOf(id)).slice(2).sort()).toEqual(people.map((_, number) => `Text ${number}`));
  });
});

describe('a ticket that is closed', () => {
  test('leaves the active ones for the archive, with the last words if there are any', async () => {
    for (const text of ['', 'It works, thank you.']) {
      const id = await makeTicket({ subject: `To be closed ${text.length}` });
      const before = await rowOf(id);
      const answer = await send(panel, await openTicket(id, alice), alice, { text, clicked_button: 'close' });
      expect(followed(answer)).toMatch(/^\/list\/ticket\?done=/);
      expect(await page(followed(answer), alice)).toContain(`“To be closed ${text.length}” is closed.`);
      expect(await textsOf(id)).toHaveLength(text ? 3 : 2);
      expect(await rowOf(id)).toMatchObject({
        ...{ status: 'closed', unread: 'off' },
        updated: text ? '2026-03-14T09:26:53Z' : before.updated,
      });
      expect(await page(LIST, alice)).not.toContain(`To be closed ${text.length}<`);
      expect(await page('/list/ticket.archive', alice)).toContain(`To be closed ${text.length}`);
    }
  });

  test('says that a reply opens it, and is opened by one', async () => {
    const id = await makeTicket({ status: 'closed', unread: 'off' });
    const form = await openTicket(id, alice, '/list/ticket.archive');
    expect(form.html).toContain('your reply opens it again');
    expect(form.html).not.toContain('value="close"');
    expect((await send(panel, form, alice, { text: 'Still slow.' })).status).toBe(303);
    expect(await rowOf(id)).toMatchObject({ status: 'open', updated: '2026-03-14T09:26:53Z' });
  });

  test('is opened again without a word', async () => {
    const id = await makeTicket({ status: 'closed', unread: 'off' });
    const answer = await send(panel, await openTicket(id, alice), alice, { clicked_button: 'reopen' });
    expect(await page(followed(answer), alice)).toContain('The ticket is open again.');
    expect(await rowOf(id)).toMatchObject({ status: 'open' });
    expect(await textsOf(id)).toHaveLength(2);
  });

  test('while a reply is written holds it up once', async () => {
    const id = await makeTicket();
    const form = await openTicket(id, alice);
    await send(panel, await openTicket(id, admin), admin, { clicked_button: 'close' });
    const answer = await send(panel, form, alice, { text: 'Wait!' });
    expect(answer.status).toBe(409);
    const html = readable(await answer.text());
    expect(html).toContain('your reply opens it again');
    expect((await send(panel, again(form, html), alice)).status).toBe(303);
    expect(await rowOf(id)).toMatchObject({ status: 'open' });
  });
});

describe('several tickets', () => {
  test('are named, closed and opened again at once', async () => {
    const ids = [await makeTicket({ subject: 'First' }), await makeTicket({ subject: '<i>Second</i>' })];
    const elids = ids.map((id) => `elid=${id}`).join('&');
    const closing = await openForm(panel, `/form/ticket.close?${elids}&back=${LIST}`, dana);
    expect(closing.html).toContain('These 2 tickets will be closed');
    expect(closing.html).toContain('<li>&lt;i&gt;Second&lt;/i&gt;</li>');
    expect(closing.html).toContain('2 of them have answers that nobody has read yet');
    const closed = await send(panel, closing, dana);
    expect(await page(followed(closed), dana)).toContain('2 tickets are closed.');
    for (const id of ids) expect(await rowOf(id)).toMatchObject({ status: 'closed', unread: 'on' });
    const opening = await openForm(panel, `/form/ticket.reopen?${elids}&back=/list/ticket.archive`, alice);
    const opened = await send(panel, opening, alice);
    expect(await page(followed(opened), alice)).toContain('2 tickets are open again.');
    for (const id of ids) expect(await rowOf(id)).toMatchObject({ status: 'open', version: 3 });
  });

  test('are left alone when one of them is somebody else’s', async () => {
    const [mine, theirs] = [await makeTicket(), await makeTicket({ customer_id: BOB })];
    const path = (...ids: number[]) => `/form/ticket.close?${ids.map((id) => `elid=${id}`).join('&')}`;
    expect((await panel.get(path(mine, theirs), { cookie: alice })).status).toBe(404);
    const form = await openForm(panel, path(mine), alice);
    expect((await send(panel, form, alice, { elid: [String(mine), String(theirs)] })).status).toBe(404);
    expect((await rowOf(mine)).status).toBe('waiting');
  });

  test('that are closed already are not closed again', async () => {
    const [done, open] = [await makeTicket({ status: 'closed', subject: 'Is done' }), await makeTicket()];
    const { html } = await openForm(panel, `/form/ticket.close?elid=${done}&elid=${open}`, alice);
    expect(html).not.toContain('Is done');
    const nothing = await openForm(panel, `/form/ticket.close?elid=${done}`, alice);
    expect(nothing.html).toContain('There is nothing to close any more.');
    expect((await send(panel, nothing, alice)).status).toBe(409);
  });

  test('that wait for the customer stand first, the latest of them at the top', async () => {
    await panel.database.knex('ticket').where({ customer_id: ALICE }).update({ status: 'closed' });
    await makeTicket({ subject: 'Open since today', status: 'open', updated: '2026-03-14T08:00:00Z' });
    await makeTicket({ subject: 'Waits for long', updated: '2026-01-01T08:00:00Z' });
    await makeTicket({ subject: 'Waits since yesterday', updated: '2026-03-13T08:00:00Z' });
    for (const path of [LIST, '/home']) {
      const html = await page(path, alice);
      const places = ['Waits since yesterday', 'Waits for long', 'Open since today'].map((text) => html.indexOf(text));
      expect(places, path).toEqual([...places].sort((a, b) => a - b));
      expect(places, path).not.toContain(-1);
    }
  });

  test('that are active lead to those that are closed, and back', async () => {
    expect(await page(LIST, dana)).toContain('href="/list/ticket.archive"');
    expect(await page('/list/ticket.archive', dana)).toContain('href="/list/ticket"');
  });
});

describe('support', () => {
  test('finds a new ticket in the queue, answers it, and the customer sees that at once', async () => {
    const filing = await openForm(panel, '/form/ticket.new', alice);
    await send(panel, filing, alice, { subject: 'From the queue', text: 'Hello?' });
    const { id } = await panel.database.knex('ticket').where({ subject: 'From the queue' }).first();
    for (let times = 0; times < 3; times += 1) expect(await page('/home', alice)).toContain('From the queue');
    expect(await page('/list/ticket.queue', admin)).toContain('From the queue');
    const form = await openTicket(id, admin, '/list/ticket.queue');
    expect(form.html).toContain('<li>Customer: Alice Morgan</li><li>New</li>');
    expect(form.html).toMatch(/said-role">Customer</);
    const answer = await send(panel, form, admin, { text: 'We are on it.' });
    expect(followed(answer)).toMatch(/^\/list\/ticket\.queue\?done=/);
    const queue = await page(followed(answer), admin);
    expect(queue).toContain('Your answer to “From the queue” was sent.');
    expect(queue).not.toContain('From the queue</a>');
    expect(await rowOf(id)).toMatchObject({ status: 'waiting', unread: 'on' });
    expect(await sidesOf(id)).toEqual(['customer', 'staff']);
    const home = await page('/home', alice);
    expect(home.slice(home.indexOf('block-tickets'))).toMatch(/title="New reply"[\s\S]*?From the queue/);
    expect((await openTicket(id, alice)).html).toMatch(/Admin[^<]*<\/b> <span class="said-role">Support</);
    expect((await openTicket(id, admin)).html).toContain('Waiting for the customer');
  });

  test('closes a ticket with its last words, which are unread', async () => {
    const id = await makeTicket({ status: 'open', unread: 'off' });
    await send(panel, await openTicket(id, admin), admin, { text: 'Done.', clicked_button: 'close' });
    expect(await rowOf(id)).toMatchObject({ status: 'closed', unread: 'on', customer_id: ALICE });
    expect(await page('/list/ticket.archive', alice)).toContain('title="New reply"');
  });

  test('files no ticket and chooses none of a customer’s list', async () => {
    for (const func of ['ticket.new', 'ticket.close', 'ticket.reopen'])
      expect((await panel.get(`/form/${func}?elid=${await makeTicket()}`, { cookie: admin })).status).toBe(404);
  });
});
