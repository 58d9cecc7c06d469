import { readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFolders, lintel, type Serving, serve } from '../support/command.ts';
import { readable } from '../support/readable.ts';

const folders = createFolders();
let cwd: string;
/** A panel of a hosting provider: a layout and texts of its own, and rows from its own code. */
let panel: string;
beforeAll(async () => {
  cwd = await folders.make();
  panel = await folders.make({
    'content/layouts/billmgr_dashboard_5.xml':
      '<doc><block name="invoices" position="left" type="list" func="invoice"><col name="number"/><col name="total"/></block></doc>',
    'content/data/invoice.xml': `<mgrdata>${['en', 'ru']
      .map(
        (language) =>
          `<lang name="${language}"><messages name="invoice"><msg name="title">Rechnungen</msg><msg name="number">No.</msg><msg name="total">Total</msg></messages></lang>`,
      )
      .join('')}</mgrdata>`,
    'panel.mjs': `const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export const providers = [{
  name: 'invoice', level: '5', key: 'id', cache: 0,
  columns: [{ name: 'number', sortable: true, sorted: 'desc' }, { name: 'total', type: 'money' }],
  sample: [{ id: 1, customer_id: 1, number: 'A-1', total: 1200, currency: 'EUR' }],
  async rows({ customer }) {
    await wait(globalThis.isAsked ? 900 : 0);
    globalThis.isAsked = true;
    return [{ id: 1, customer_id: customer, number: 'A-1', total: 1200, currency: 'EUR' }];
  },
}];`,
  });
});
afterAll(() => folders.remove());

const database = { DATABASE_URL: 'sqlite:panel.sqlite' };
const running: Serving[] = [];
afterAll(() => {
  for (const one of running) one.signal('SIGKILL');
});

async function start(env: Record<string, string> = {}, folder = cwd): Promise<Serving> {
  const serving = await serve({ cwd: folder, env: { ...database, ...env } });
  running.push(serving);
  return serving;
}

function post(address: string, path: string, fields: Record<string, string>, cookie = ''): Promise<Response> {
  const headers = { origin: address, cookie };
  return fetch(address + path, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(fields) });
}

async function signIn(address: string, login: string): Promise<string> {
  const [cookie = ''] = (await post(address, '/signin', { login, password: 'demo' })).headers.getSetCookie();
  return cookie.split(';')[0] ?? '';
}

const get = (address: string, path: string, cookie = '') => fetch(address + path, { headers: { cookie } });

describe('lintel serve', () => {
  test('makes the demo at its first start, and says where it is and who may sign in', async () => {
    const { address, signal, ended } = await start();
    for (const login of ['alice', 'dana', 'bob', 'nora', 'max', 'admin']) {
      const page = await get(address, '/home', await signIn(address, login));
      expect([login, page.status]).toEqual([login, 200]);
    }
    signal('SIGTERM');
    const { code, stdout, stderr } = await ended;
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Creating the demo database …\n\n {2}Lintel is at http:\/\/127\.0\.0\.1:\d+\n/);
    expect(stdout).toContain(
      '  Sign in as alice, bob, nora, max (customers), dana (works for alice) or admin; the password is demo.\n',
    );
    expect(await readdir(cwd)).toEqual(['panel.sqlite']);
  });

  test('keeps what was acknowledged when it is killed', async () => {
    const before = await start();
    expect(before.stdout()).not.toContain('Creating');
    const cookie = await signIn(before.address, 'alice');
    const changed = await post(before.address, '/settings', { language: 'ru', theme: 'dark' }, cookie);
    before.signal('SIGKILL');
    expect(changed.status).toBe(303);
    expect((await before.ended).code).toBeNull();
    const after = await start();
    const page = await (await get(after.address, '/home', cookie)).text();
    expect(page).toContain('<html lang="ru" dir="ltr" data-theme="dark">');
    after.signal('SIGINT');
    expect((await after.ended).code).toBe(0);
  });

  test('answers what is under way when it is told to stop, sends others elsewhere, and ends', async () => {
    const own = {
      LINTEL_CONTENT: 'content',
      LINTEL_CONFIG: 'panel.mjs',
      DATABASE_URL: `sqlite:${join(cwd, 'panel.sqlite')}`,
    };
    const { address, signal, ended } = await start(own, panel);
    const cookie = await signIn(address, 'bob');
    const page = await (await get(address, '/home', cookie)).text();
    expect(page).toContain('>Rechnungen</h2>');
    expect(readable(page)).toMatch(/A-1[\s\S]*€12\.00/);
    expect((await get(address, '/readyz')).status).toBe(200);

    const slow = get(address, '/home', cookie);
    await new Promise((resolve) => setTimeout(resolve, 200));
    signal('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 100));
    signal('SIGTERM'); // npm and process managers send two of one
    signal('SIGINT');
    const ready = await get(address, '/readyz');
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'stopping', revision: 1, errors: 0 }]);
    expect((await get(address, '/livez')).status).toBe(200);
    expect(await (await slow).text()).toContain('A-1');
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    await expect(get(address, '/livez')).rejects.toThrow();
    expect(await readdir(cwd)).toEqual(['panel.sqlite']);
  });

  test('logs each request on a line, without cookies, passwords and queries', async () => {
    const { address, signal, ended } = await start();
    const cookie = await signIn(address, 'nora');
    await get(address, '/list/ticket?sort=subject', cookie);
    await post(address, '/signin', { login: 'nora', password: 'hunter2' });
    signal('SIGTERM');
    const { stdout } = await ended;
    const entries = stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
    expect(entries).toContainEqual(
      expect.objectContaining({ method: 'GET', path: '/list/ticket', status: 200, user: expect.any(Number) }),
    );
    expect(entries).toContainEqual(expect.objectContaining({ level: 40, msg: 'sign-in refused' }));
    for (const secret of ['hunter2', cookie.split('=')[1] ?? '', 'sort=']) expect(stdout).not.toContain(secret);
  });
});

describe('lintel serve does not start', () => {
  test('with content that is broken, and says where', async () => {
    const broken = await folders.make({
      'layouts/billmgr_dashboard_5.xml': '<doc>\n  <block name="a" position="left" type="list" func="tickt"/>\n</doc>',
    });
    const { code, stdout, stderr } = await lintel(['serve', '--port', '0'], {
      cwd,
      env: { ...database, LINTEL_CONTENT: broken },
    });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(
      'layouts/billmgr_dashboard_5.xml:2:53: error: No function is named "tickt" [unknown-function]',
    );
    expect(stderr).toContain('1 problem in 1 file.');
  });

  test('with a template that is broken, and says where', async () => {
    const broken = await folders.make({ 'templates/columns/text.njk': '<b>\n{% value "nope" %}</b>' });
    const { code, stderr } = await lintel(['serve', '--port', '0'], {
      cwd,
      env: { ...database, LINTEL_CONTENT: broken },
    });
    expect(code).toBe(1);
    expect(stderr).toContain(
      'templates/columns/text.njk:2:4: error: This column has no value named "nope" [invalid-template]',
    );
  });

  test('on an address that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const ended = await lintel(['serve', '--port', String(port)], { cwd, env: database });
    other.close();
    expect(ended).toEqual({ code: 2, stdout: '', stderr: `lintel: Cannot listen on 127.0.0.1:${port}: EADDRINUSE\n` });
  });

  test('with a module that cannot be loaded', async () => {
    const folder = await folders.make({ 'broken.mjs': 'export const providers = [' });
    for (const name of ['broken.mjs', 'none.mjs']) {
      const { code, stderr } = await lintel(['serve', '--port', '0'], {
        cwd: folder,
        env: { ...database, LINTEL_CONFIG: name },
      });
      expect(code).toBe(2);
      expect(stderr).toMatch(new RegExp(`^lintel: LINTEL_CONFIG "${name}" cannot be loaded: [^\\n]+\\n$`));
    }
  });

  test('with a content folder that is not there', async () => {
    const ended = await lintel(['serve', '--port', '0'], { cwd, env: { ...database, LINTEL_CONTENT: 'nowhere' } });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^lintel: LINTEL_CONTENT [^\n]*nowhere[^\n]*\n$/);
  });

  test.each([
    ['a folder', 'sqlite:.'],
    ['a path below a file', 'sqlite:file.txt/panel.sqlite'],
    ['a file that is no database', 'sqlite:file.txt'],
    ['a server that is not there', 'postgres://lintel:hunter2@127.0.0.1:1/lintel'],
  ])('with a database that is %s', async (_, url) => {
    const folder = await folders.make({ 'file.txt': 'This is a text, and no database at all. '.repeat(100) });
    const { code, stdout, stderr } = await lintel(['serve', '--port', '0'], {
      cwd: folder,
      env: { DATABASE_URL: url },
    });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^lintel: [^\n]+\n$/);
    expect(stderr).not.toContain('hunter2');
  });
});
