import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCatalogue } from '../src/catalogue.ts';
import { PACKAGE } from '../src/content.ts';
import type { FormDefinition } from '../src/form.ts';
import { addressOf } from '../src/function.ts';
import type { PaymentMethod } from '../src/payment.ts';
import { scopeParameters } from '../src/query.ts';
import { signatureOf } from '../src/signature.ts';
import { type Bed, startBed } from './support/bed.ts';
import { createFolders, lintel } from './support/command.ts';
import { readable } from './support/readable.ts';

const LAYOUT = 'layouts/billmgr_dashboard_5.xml';
const read = (path: string) => readFileSync(join(PACKAGE, path), 'utf8');
const readme = read('README.md');
const data = read('data/README.md');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** The fenced blocks of a text in a language; `` for those without one. */
const fences = (text: string, language: string) =>
  [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, name, block = '']) =>
    name === language ? [block] : [],
  );

const folders = createFolders();
let bed: Bed;
beforeAll(async () => {
  bed = await startBed();
});
afterAll(async () => {
  await bed.stop();
  await folders.remove();
});

describe('layouts/README.md', () => {
  test('shows an overlay that is right and changes nothing in vain', async () => {
    const overlay = fences(read('layouts/README.md'), 'xml').find((text) => text.startsWith('<mgrdata>')) ?? '';
    const engine = await bed.engine({ 'layouts/billmgr_mod_shop.xml': overlay });
    const problems = engine.health.problems.filter(({ severity }) => severity !== 'info');
    expect(problems.map(({ code }) => code)).toEqual([]);
    expect(engine.health.problems.map(({ code }) => code)).not.toContain('unused-change');
    const page = String((await engine.home(await bed.scopeOf('alice'))).body);
    expect(page).toMatch(/Submit [\s\S]*>Shop<[\s\S]*Read documentation/);
    expect(page).not.toContain('Credit account');
  });
});

describe('the README', () => {
  test('starts and tests with lines that there are', () => {
    const lines = fences(readme, 'sh').map((block) => block.trim());
    expect(lines).toEqual(['npm ci && npm start', 'npm ci && npm test']);
    const named = [...readme.matchAll(/npm (?:run )?(\w+)/g)]
      .map(([, name = '']) => name)
      .filter((name) => name !== 'ci');
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
    expect(existsSync(join(PACKAGE, 'package-lock.json'))).toBe(true);
  });

  test('signs in as users of the demo, with their password', () => {
    const [, words = '', password] = /Sign in as ([\s\S]*?); the password is `(\w+)`/.exec(readme) ?? [];
    expect([...words.matchAll(/`(\w+)`/g)].map(([, login]) => login)).toEqual([
      'alice',
      'dana',
      'bob',
      'nora',
      'admin',
    ]);
    expect(password).toBe('demo');
  });

  test('shows a layout that is right, and says what is on its page', async () => {
    const [layout = ''] = fences(readme, 'xml');
    const engine = await bed.engine({ [LAYOUT]: layout });
    expect(engine.health.problems).toEqual([]);
    const page = String((await engine.home(await bed.scopeOf('alice'))).body);
    const [, top = ''] = /region-top">([\s\S]*?)<div class="region /.exec(page) ?? [];
    const [, left = ''] = /region-left">([\s\S]*)<\/main>/.exec(page) ?? [];
    expect(top.match(/<li>/g)).toHaveLength(1);
    expect(left.match(/<tr role="row"><td/g)).toHaveLength(5);
    const headings = [...left.matchAll(/<th [^>]*>([^<]*)</g)].map(([, heading]) => heading);
    expect(headings).toEqual(['Subject', 'Status', 'Last reply', '']);
    expect(left.match(/>Edit</g)).toHaveLength(5);
  });

  test('shows what the command prints for a broken layout, to the letter', async () => {
    const [block = ''] = fences(readme, '');
    const [, command = '', output = ''] = /^\$ npx lintel (.*)\n([\s\S]*)$/.exec(block) ?? [];
    const broken = read(LAYOUT).replace('func="ticket"', 'func="tickt"');
    const cwd = await folders.make({ [LAYOUT]: broken });
    expect(await lintel(command.split(' '), { cwd })).toEqual({ code: 1, stdout: output, stderr: '' });
  });

  test('shows a module of providers that works', async () => {
    const [code = ''] = fences(readme, 'js');
    const cwd = await folders.make({
      'panel.mjs': code,
      [LAYOUT]:
        '<doc><block name="invoices" position="left" type="list" func="invoice"><col name="number"/></block></doc>',
    });
    await mkdir(join(cwd, 'node_modules'));
    await symlink(PACKAGE, join(cwd, 'node_modules/lintel'), 'dir');
    const check = (...more: string[]) => lintel(['check', LAYOUT, '--format', 'line', ...more], { cwd });
    expect((await check()).stdout).toContain('No function is named "invoice"');
    const { stdout, stderr } = await check('--lintel-config', 'panel.mjs');
    expect([stdout.replace(/^.*\[missing-message\]\n/gm, ''), stderr]).toEqual(['', '']);
  });

  test('shows a way to a large demo that works with a small one', async () => {
    const [, line = ''] = /`npm run demo -- (.*?)`/.exec(readme) ?? [];
    const cwd = await folders.make();
    const { code, stdout } = await lintel(['demo', ...line.replace('100000', '11').split(' ')], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^11 customers in sqlite:data\/large\.sqlite/);
  });

  test('names places that there are for what is new', () => {
    const [, table = ''] = /## Where a new … goes\n([\s\S]*?)\n## /.exec(readme) ?? [];
    const paths = [...table.matchAll(/`((?:src|test|templates|layouts|data)\/[^`]*)`/g)].map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths) {
      const place = join(PACKAGE, /NAME|CODE/.test(path) ? dirname(path.replace(/(NAME|CODE)\/$/, 'x')) : path);
      expect(existsSync(place), path).toBe(true);
    }
  });

  test.each(['README.md', 'data/README.md', 'layouts/README.md', 'templates/README.md'])(
    'links to what there is: %s',
    (path) => {
      const links = [...read(path).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = '']) => link);
      for (const link of links) expect(existsSync(join(PACKAGE, dirname(path), link)), link).toBe(true);
    },
  );
});

describe('the manual of definitions', () => {
  test('shows a definition that is right, on tables that fit', async () => {
    const [definition = ''] = fences(data, 'xml');
    await bed.database.knex.raw(
      'create table invoice (id integer primary key, customer_id integer, number text, total integer, currency text, status text, due text)',
    );
    const { customer } = await bed.scopeOf('alice');
    const invoice = { customer_id: customer, number: 'A-17', total: 12_050, currency: 'EUR', due: '2026-03-20' };
    await bed.database.knex('invoice').insert([
      { ...invoice, status: 'unpaid' },
      { ...invoice, number: 'A-16', due: '2026-02-20', status: 'paid' },
    ]);
    const engine = await bed.engine({
      'data/invoice.xml': definition,
      [LAYOUT]:
        '<doc><block name="invoices" position="left" type="list" func="invoice"><toolbtn name="pay" default="yes"/></block></doc>',
    });
    expect(engine.health.problems.filter(({ code }) => !['missing-message', 'missing-action'].includes(code))).toEqual(
      [],
    );
    const page = String((await engine.home(await bed.scopeOf('alice'))).body);
    expect(page.indexOf('A-16')).toBeLessThan(page.indexOf('A-17'));
    expect(readable(page)).toContain('€120.50');
    expect(page).toContain(`${addressOf({ name: 'payment.pay', type: 'form', level: () => true })}?elid=1"`);
    expect(page).not.toContain('?elid=2"');
    expect(String((await engine.home(await bed.scopeOf('bob'))).body)).not.toContain('A-1');
  });

  test('shows a form that is right, and acts', async () => {
    const definition = fences(data, 'xml').find((xml) => xml.includes('type="form"')) ?? '';
    const [code = ''] = fences(data, 'js');
    const folder = await folders.make({ 'forms.mjs': code });
    await mkdir(join(folder, 'node_modules'));
    await symlink(PACKAGE, join(folder, 'node_modules/lintel'), 'dir');
    const module = pathToFileURL(join(folder, 'forms.mjs')).href;
    const { forms } = (await import(/* @vite-ignore */ module)) as { forms: FormDefinition[] };
    const { knex } = bed.database;
    await knex.raw('create table backup_size (id integer primary key, name text, price integer, level integer)');
    await knex.raw('create table backup (customer_id integer, size_id text, copies integer)');
    await knex('backup_size').insert({ name: 'Small', price: 290, level: 5 });
    const engine = await bed.engine({ 'data/backup.xml': definition }, { forms });
    const codes = ['missing-message', 'missing-action'];
    expect(engine.health.problems.filter(({ code }) => !codes.includes(code))).toEqual([]);
    const scope = await bed.scopeOf('alice');
    const ask = (fields: Record<string, string>) => ({
      func: 'backup.order',
      sent: new URLSearchParams({ form_key: 'k'.repeat(22), form_version: '290', ...fields }),
      back: '/home',
    });
    const chosen = { size: '1', keep: 'month', copies: '2', form_seen: '["1","month"]' };
    const shown = await engine.form(scope, ask({ size: '1' }));
    expect(shown && 'page' in shown && readable(String(shown.page.body))).toContain('€2.90');
    expect(await engine.submit(scope, ask({ ...chosen, copies: '10' }))).toMatchObject({ status: 422 });
    expect(await engine.submit(scope, ask(chosen))).toMatchObject({ to: expect.stringMatching(/^\/home\?done=/) });
    expect(await knex('backup').select()).toEqual([{ customer_id: scope.customer, size_id: '1', copies: 2 }]);
  });

  test('shows a payment method that believes what is signed, and nothing else', async () => {
    const [, code = ''] = fences(data, 'js');
    const folder = await folders.make({ 'methods.mjs': code });
    await mkdir(join(folder, 'node_modules'));
    await symlink(PACKAGE, join(folder, 'node_modules/lintel'), 'dir');
    process.env.GATEWAY_SECRET = 'between us';
    const { methods } = (await import(join(folder, 'methods.mjs'))) as { methods: readonly PaymentMethod[] };
    const [card] = createCatalogue({ methods }).methods;
    const now = new Date('2026-03-14T09:26:53Z');
    const body = Buffer.from(
      JSON.stringify({ event: 'e1', id: '2026-1-1-1', status: 'paid', amount: 5000, currency: 'EUR' }),
    );
    const read = (secret: string) =>
      card?.readNotification({ headers: { 'gateway-signature': signatureOf(body, secret, now) }, body, now });
    const told = { event: 'e1', reference: '2026-1-1-1', status: 'paid', amount: 5000, currency: 'EUR' };
    expect(await read('between us')).toEqual(told);
    expect(await read('else')).toEqual({ refused: 'wrong' });
  });

  test('names every parameter that a query may use, and no other', () => {
    const [, words = ''] = /It may use ([\s\S]*?)\. A list/.exec(data) ?? [];
    const named = [...words.matchAll(/`:(\w+)`/g)].map(([, name = '']) => name);
    expect(named.sort()).toEqual(Object.keys(scopeParameters).sort());
  });
});

describe('the manual of templates', () => {
  test('names every folder of templates', () => {
    const manual = read('templates/README.md');
    for (const entry of readdirSync(join(PACKAGE, 'templates'), { withFileTypes: true })) {
      if (entry.name !== 'README.md')
        expect(manual, entry.name).toContain(`${entry.name}${entry.isDirectory() ? '/' : ''}`);
    }
  });

  test.each([
    ['page.njk', 'parts/header.njk', ''],
    ['blocks/KIND.njk', 'blocks/list.njk', 'block'],
    ['columns/KIND.njk', 'columns/text.njk', 'column'],
  ])('names what there is in %s', async (row, template, object) => {
    const [, words = ''] =
      new RegExp(`^\\| \`${row}\` \\|[^|]*\\| (.*) \\|$`, 'm').exec(read('templates/README.md')) ?? [];
    const [first = '', ...rest] = [...words.matchAll(/\w+/g)].map(([word]) => word);
    const names = object === '' ? [first, ...rest] : [object, ...rest.map((name) => `${object}.${name}`)];
    expect(first).toBe(names[0]);
    const drawn = names.map((name) => `{{ '<${name}>' if ${name} is undefined }}`).join('');
    const engine = await bed.engine({ [`templates/${template}`]: `[[${drawn}]]` });
    const page = String((await engine.home(await bed.scopeOf('alice'))).body);
    const missing = [...page.matchAll(/\[\[(.*?)\]\]/g)].map(([, found]) => found);
    expect(new Set(missing)).toEqual(new Set(['']));
  });
});
