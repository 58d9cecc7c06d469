import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ownFile, type Panel, startPanel } from '../support/panel.ts';
import { readable } from '../support/readable.ts';

let panel: Panel;
let alice: string;
let bob: string;
let admin: string;

beforeAll(async () => {
  panel = await startPanel({ watch: true });
  [alice, bob, admin] = [await panel.signIn('alice'), await panel.signIn('bob'), await panel.signIn('admin')];
});
afterAll(() => panel.stop());

const html = async (path: string, cookie?: string, headers?: Record<string, string>) =>
  readable(await (await panel.get(path, { ...(cookie && { cookie }), ...(headers && { headers }) })).text());

describe('the home page', () => {
  test('sends a visitor without a session to the sign-in page, and back', async () => {
    const answer = await panel.get('/list/ticket?page=2');
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/signin?next=%2Flist%2Fticket%3Fpage%3D2');
    const signedIn = await panel.post('/signin', { login: 'bob', password: 'demo', next: '/list/ticket?page=2' });
    expect(signedIn.headers.get('location')).toBe('/list/ticket?page=2');
  });

  test('shows the five actions of the taskbar and the three lists', async () => {
    const page = await html('/home', alice);
    for (const name of [
      'Order a service',
      'Credit account',
      'Submit trouble ticket',
      'Control panel settings',
      'Read documentation',
    ]) {
      expect(page).toContain(name);
    }
    for (const name of ['Account information', 'Active tickets', 'Service list'])
      expect(page).toContain(`>${name}</h2>`);
    for (const action of ['payment.add?elid=', 'ticket.edit?elid=', 'service.renew?elid='])
      expect(page).toContain(action);
  });

  test('shows each customer only that customer’s rows', async () => {
    const ids = async (customer: number) =>
      (await panel.database.knex('ticket').where({ customer_id: customer }).select('id')).map(
        ({ id }) => `ticket.edit?elid=${id}"`,
      );
    const [a, b] = await Promise.all(
      ['alice', 'bob'].map((login) => panel.database.knex('user').where({ login }).first('customer_id')),
    );
    const [pageA, pageB] = [await html('/home', alice), await html('/home', bob)];
    const [ticketsA, ticketsB] = [await ids(a.customer_id), await ids(b.customer_id)];
    expect(ticketsA.some((id) => pageA.includes(id))).toBe(true);
    expect(ticketsB.some((id) => pageB.includes(id))).toBe(true);
    expect(ticketsB.some((id) => pageA.includes(id))).toBe(false);
    expect(ticketsA.some((id) => pageB.includes(id))).toBe(false);
  });

  test('offers a text and one action where a list is empty', async () => {
    const page = await html('/home', await panel.signIn('nora'));
    expect(page).toContain('Nothing ordered yet');
    expect(page).toContain('href="/form/service.order"');
  });

  test('marks a ticket with a reply that is not read, and no other', async () => {
    const unread = await panel.database.knex('ticket').where({ customer_id: 1, unread: 'on' });
    const page = await html('/home', alice);
    expect(page.match(/New reply: /g)).toHaveLength(unread.length);
    expect(page).toMatch(/New reply: <\/span><\/span>[^<]*slow every evening/);
  });

  test('shows staff the page of level 7', async () => {
    const page = await html('/home', admin);
    expect(page).toContain('Tickets to answer');
    expect(page).not.toContain('Account information');
  });

  test('speaks the language of the setting, then of the browser', async () => {
    const russian = { 'accept-language': 'ru-RU,ru;q=0.9,en;q=0.5' };
    expect(await html('/home', bob, russian)).toContain('Активные запросы');
    await panel.post('/settings', { language: 'en' }, { cookie: bob });
    expect(await html('/home', bob, russian)).toContain('Active tickets');
  });

  test('answers 304 to a visitor who has it', async () => {
    const etag = (await panel.get('/home', { cookie: alice })).headers.get('etag') ?? '';
    const { status } = await fetch(`${panel.address}/home`, { headers: { cookie: alice, 'if-none-match': etag } });
    // fetch adds cache-control: no-cache to a conditional request, which asks for the whole page again
    expect([200, 304]).toContain(status);
    const raw = await rawGet('/home', `cookie: ${alice}\r\nif-none-match: ${etag}\r\n`);
    expect(raw).toMatch(/^HTTP\/1\.1 304/);
  });

  test('shows a write through Lintel at the next request, one from outside after the block’s cache seconds', async () => {
    const { customer_id } = await panel.database.knex('user').where({ login: 'alice' }).first('customer_id');
    const first = await html('/home', alice);
    const [ticket] = await panel.database
      .knex('ticket')
      .where({ customer_id, status: 'waiting' })
      .orderBy('updated', 'desc')
      .limit(1);
    expect(first).toContain(`elid=${ticket.id}"`);
    const rename = (subject: string) => panel.database.knex('ticket').where({ id: ticket.id }).update({ subject });
    await rename('Renamed from outside');
    expect(await html('/home', alice)).not.toContain('Renamed from outside');
    panel.clock = new Date(panel.clock.getTime() + 5001);
    expect(await html('/home', alice)).toContain('Renamed from outside');
    await rename('Renamed through Lintel');
    panel.engine.changed(customer_id);
    expect(await html('/home', alice)).toContain('Renamed through Lintel');
  });

  test('is the same block by block', async () => {
    const page = await html('/home', alice);
    const fragment = await html('/block/tickets', alice);
    expect(page).toContain(fragment.trim());
    expect((await panel.get('/block/queue', { cookie: alice })).status).toBe(404);
  });
});

describe('an edited layout', () => {
  const PATH = 'layouts/billmgr_dashboard_5.xml';

  test('is on the page at the next request; a broken one changes nothing, and only staff are told', async () => {
    const text = await readFile(ownFile(PATH), 'utf8');
    await panel.write(PATH, text.replace('<block name="tickets"', '<block title="Open questions" name="tickets"'));
    await vi.waitFor(async () => expect(await html('/home', alice)).toContain('Open questions'), { timeout: 5000 });

    await panel.write(PATH, text.replace('func="ticket"', 'func="tickt"'));
    await vi.waitFor(async () => expect(await html('/home', admin)).toContain('No function is named'), {
      timeout: 5000,
    });
    const staff = await html('/home', admin);
    expect(staff).toMatch(/layouts\/billmgr_dashboard_5\.xml:\d+:\d+/);
    expect(staff).toContain('Did you mean');
    const customer = await html('/home', alice);
    expect(customer).toContain('Open questions');
    expect(customer).not.toContain('tickt');

    await panel.write(PATH, text);
    await vi.waitFor(async () => expect(await html('/home', alice)).toContain('Active tickets'), { timeout: 5000 });
    expect(await html('/home', admin)).not.toContain('No function is named');
  });

  test('may also be a template that does not parse', async () => {
    const text = await readFile(ownFile('templates/blocks/list.njk'), 'utf8');
    await panel.write('templates/blocks/list.njk', text.replace('{% endsome %}', ''));
    await vi.waitFor(async () => expect(await html('/home', admin)).toContain('templates/blocks/list.njk'), {
      timeout: 5000,
    });
    expect(await html('/home', alice)).toContain('Active tickets');
    await panel.write('templates/blocks/list.njk', text);
    await vi.waitFor(async () => expect(await html('/home', admin)).not.toContain('templates/blocks/list.njk'), {
      timeout: 5000,
    });
  });
});

async function rawGet(path: string, headers: string): Promise<string> {
  const { connect } = await import('node:net');
  const { hostname, port } = new URL(panel.address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(`GET ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\n${headers}connection: close\r\n\r\n`),
    );
    let text = '';
    socket.on('data', (chunk) => (text += chunk));
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
}

describe('the history of accounts', () => {
  test('is one step from accounts and payments, and shows what came and what went, the newest first', async () => {
    for (const list of ['account', 'payment'])
      expect(await html(`/list/${list}`, alice)).toMatch(
        /<nav class="links"[^>]*><a [^>]*href="\/list\/account.history"/,
      );
    const page = await html('/list/account.history', alice);
    expect(page).toContain('+€50.00');
    expect(page).toContain('-€15.90');
    expect(page).not.toContain('owed');
    const times = [...page.matchAll(/datetime="([^"]+)"/g)].map(([, time]) => time ?? '');
    expect(times).toEqual(times.toSorted().reverse());
    expect(times.length).toBeGreaterThan(20);
  });
});
