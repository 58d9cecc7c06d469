import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PACKAGE } from '../../src/content.ts';
import { createFolders, lintel } from '../support/command.ts';

const LAYOUT = 'layouts/billmgr_dashboard_5.xml';
const folders = createFolders();
let layout: string;
let service: string;
let database: string;
beforeAll(async () => {
  layout = await readFile(join(PACKAGE, LAYOUT), 'utf8');
  service = await readFile(join(PACKAGE, 'data/service.xml'), 'utf8');
  database = `sqlite:${join(await folders.make(), 'demo.sqlite')}`;
  const made = await lintel(['demo', '--customers', '11', '--database-url', database]);
  expect(made).toMatchObject({ code: 0, stderr: '' });
});
afterAll(() => folders.remove());

/** The line of a text that holds the words, counted from 1. */
const lineOf = (text: string, words: string) => text.slice(0, text.indexOf(words)).split('\n').length;

describe('lintel check', () => {
  test('finds nothing in the content of Lintel, queries included', async () => {
    const one = await lintel(['check', LAYOUT]);
    expect(one).toEqual({ code: 0, stdout: 'No problems in 1 file.\n', stderr: '' });
    const all = await lintel(['check'], { env: { DATABASE_URL: database } });
    expect(all).toMatchObject({ code: 0, stderr: '' });
    expect(all.stdout).toMatch(/^No problems in \d+ files\.\n$/);
  });

  test('says where a layout is broken, and what was meant', async () => {
    const broken = layout.replace('func="ticket"', 'func="tickt"');
    const cwd = await folders.make({ [LAYOUT]: broken });
    const line = lineOf(broken, 'func="tickt"');
    const [before, at, after] = broken.split('\n').slice(line - 2, line + 1);
    const column = (at ?? '').indexOf('tickt') + 1;
    expect(await lintel(['check', LAYOUT], { cwd })).toEqual({
      code: 1,
      stderr: '',
      stdout: `${LAYOUT}:${line}:${column}: error: No function is named "tickt" [unknown-function]
   ${line - 1} | ${before}
 > ${line} | ${at}
      | ${' '.repeat(column - 1)}^^^^^
   ${line + 1} | ${after}
   hint: Did you mean "ticket"? Known: account, account.history, announcement, customer, due, payment, service, session, ticket, ticket.archive, ticket.queue.
1 problem in 1 file.
`,
    });
  });

  test('says all that is wrong in one run, in the order of the files', async () => {
    const cwd = await folders.make({
      [LAYOUT]: layout.replace('position="right"', 'position="rigth"').replace('img="mb-help"', 'img="mb-hlp"'),
      'layouts/billmgr_dashboard_7.xml': '<doc><block name="a" position="top" type="toolbar"></doc>',
    });
    const { code, stdout } = await lintel(['check', '--format', 'line'], { cwd });
    expect(code).toBe(1);
    expect(
      stdout.split('\n').map((line) => line.replace(/^(.*?):\d+:\d+: (\w+): .*(\[[\w-]+\])$/, '$1 $2 $3')),
    ).toEqual([
      `${LAYOUT} error [unknown-icon]`,
      `${LAYOUT} error [invalid-value]`,
      'layouts/billmgr_dashboard_7.xml error [invalid-syntax]',
      '',
    ]);
  });

  test('prints an array of findings for programs, and nothing else', async () => {
    const broken = layout.replace('img="mb-help"', 'img="mb-hlp"').replace('rows="5"', 'rows="five"');
    const cwd = await folders.make({ [LAYOUT]: broken });
    const { code, stdout, stderr } = await lintel(['check', LAYOUT, '--format', 'json'], { cwd });
    expect([code, stderr]).toEqual([1, '']);
    const findings = JSON.parse(stdout) as Record<string, unknown>[];
    for (const finding of findings) {
      expect(Object.keys(finding)).toEqual('code severity message path line column endLine endColumn hint'.split(' '));
    }
    const line = lineOf(broken, 'mb-hlp');
    const column = (broken.split('\n')[line - 1] ?? '').indexOf('mb-hlp') + 1;
    expect(findings[0]).toMatchObject({ code: 'unknown-icon', severity: 'error', path: LAYOUT, line, column });
    expect(findings[0]).toMatchObject({ endLine: line, endColumn: column + 'mb-hlp'.length });
    expect(findings.map(({ code }) => code)).toEqual(['unknown-icon', 'invalid-value']);
    expect((await lintel(['check', LAYOUT, '--format', 'json'])).stdout).toBe('[]\n');
  });

  test('names files as they were named, from wherever it is run', async () => {
    const folder = await folders.make({ [LAYOUT]: layout.replace('func="ticket"', 'func="tickt"') });
    const paths = await Promise.all(
      [
        [folder, LAYOUT],
        [join(folder, 'layouts'), 'billmgr_dashboard_5.xml'],
        [folder, join(folder, LAYOUT)],
      ].map(
        async ([cwd = '', name = '']) =>
          (await lintel(['check', name, '--format', 'line'], { cwd })).stdout.split(':')[0],
      ),
    );
    expect(paths).toEqual([LAYOUT, 'billmgr_dashboard_5.xml', LAYOUT]);
  });

  test('knows what stands in the files around', async () => {
    const definition = `<mgrdata><metadata name="invoice" type="list" level="5" key="id">
      <query>select id, customer_id, number from payment where customer_id = :customer</query>
      <coldata><col name="number"/></coldata></metadata>
      <lang name="en"><messages name="invoice"><msg name="title">Invoices</msg><msg name="number">No.</msg></messages></lang>
      <lang name="ru"><messages name="invoice"><msg name="title">Счета</msg><msg name="number">№</msg></messages></lang></mgrdata>`;
    const own = `<doc><block name="invoices" position="left" type="list" func="invoice"/></doc>`;
    const cwd = await folders.make({ [LAYOUT]: own, 'data/invoice.xml': definition });
    expect(await lintel(['check', LAYOUT], { cwd })).toMatchObject({ code: 0, stdout: 'No problems in 1 file.\n' });
    const alone = await folders.make({ [LAYOUT]: own });
    expect((await lintel(['check', LAYOUT], { cwd: alone })).stdout).toContain('No function is named "invoice"');
  });

  test('asks the database about queries when there is one, and says so when there is none', async () => {
    const broken = service.replace('expires, autorenew,', 'expires, autorenw,');
    expect(broken).not.toBe(service);
    const cwd = await folders.make({ 'data/service.xml': broken });
    const asked = await lintel(['check', 'data/service.xml', '--format', 'line', '--database-url', database], { cwd });
    expect(asked).toMatchObject({ code: 1, stderr: '' });
    expect(asked.stdout).toContain(`data/service.xml:${lineOf(broken, 'autorenw')}:`);
    expect(asked.stdout).toContain('[invalid-query]');
    const alone = await lintel(['check', 'data/service.xml', '--database-url', 'sqlite:none.sqlite'], { cwd });
    expect(alone).toEqual({
      code: 0,
      stdout: 'No problems in 1 file.\n',
      stderr: 'lintel: queries were not checked: there is no database at sqlite:none.sqlite\n',
    });
  });

  test('looks at structure alone when names are registered elsewhere', async () => {
    const cwd = await folders.make({ [LAYOUT]: layout.replace('func="ticket"', 'func="elsewhere"') });
    expect((await lintel(['check', LAYOUT], { cwd })).code).toBe(1);
    expect(await lintel(['check', LAYOUT, '--structure'], { cwd })).toMatchObject({ code: 0, stderr: '' });
  });

  test('knows the providers of a module', async () => {
    const cwd = await folders.make({
      [LAYOUT]: '<doc><block name="a" position="left" type="list" func="elsewhere"/></doc>',
      'panel.mjs': `export const providers = [{ name: 'elsewhere', level: '5', key: 'id', columns: [], sample: [], rows: async () => [] }];`,
    });
    const { stdout } = await lintel(['check', LAYOUT, '--lintel-config', 'panel.mjs', '--format', 'line'], { cwd });
    expect(stdout).not.toContain('unknown-function');
  });

  test('reads whatever is in a file without a fault', async () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256);
    const cwd = await folders.make({
      'empty.xml': '',
      'binary.xml': bytes,
      'utf16.xml': Buffer.from(`\ufeff${layout}`, 'utf16le'),
      'huge.xml': `<doc>${'<block/>'.repeat(200_000)}</doc>`,
      'deep.xml': '<doc>'.repeat(50_000),
      'entities.xml': '<!DOCTYPE doc [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><doc>&b;</doc>',
    });
    for (const name of ['empty.xml', 'binary.xml', 'utf16.xml', 'huge.xml', 'deep.xml', 'entities.xml']) {
      const { code, stdout, stderr } = await lintel(['check', name, '--format', 'json'], { cwd });
      expect([name, code, stderr]).toEqual([name, 1, '']);
      expect(JSON.parse(stdout).length, name).toBeGreaterThan(0);
    }
  });

  test('goes on when its reader has enough', async () => {
    const cwd = await folders.make({
      [LAYOUT]: `<doc>${'<block name="a" position="nowhere" type="list"/>\n'.repeat(3000)}</doc>`,
    });
    const { code, stdout } = await lintel(['check', LAYOUT], { cwd });
    expect(code).toBe(1);
    expect(stdout.length).toBeGreaterThan(1_000_000);
    expect(stdout).toMatch(/\d+ problems in 1 file\.\n$/);
  });

  test('draws templates on trial, as a server does before it shows them', async () => {
    const template = 'templates/blocks/list.njk';
    const cwd = await folders.make({ [template]: `{{ block['ti' + 'tel'] }}`, [LAYOUT]: layout });
    const said = `${template}:1:1: error: What is written here has no value [invalid-template]\n`;
    for (const files of [[], [template]])
      expect(await lintel(['check', '--format', 'line', ...files], { cwd })).toMatchObject({ code: 1, stdout: said });
    expect(await lintel(['check', '--format', 'line', LAYOUT], { cwd })).toMatchObject({ code: 0 });
  });

  test('reads templates and rules of the house too, all of them or those that are named', async () => {
    const cwd = await folders.make({
      [LAYOUT]: layout,
      'layouts/rules/house.json': JSON.stringify({
        rules: [{ name: 'few-rows', select: 'block', assert: 'not @rows or @rows <= 5', message: '{@rows} rows' }],
      }),
      'layouts/rules/wrong.json': '{ "rules": [{ "name": "a", "selct": "block", "message": "A" }] }',
      'templates/blocks/list.njk': '<h2>{{ block.titel }}</h2>',
    });
    const codes = async (...args: string[]) => {
      const { stdout } = await lintel(['check', '--format', 'line', '--database-url', 'sqlite:none', ...args], { cwd });
      return stdout.split('\n').flatMap((line) => /^(\S+?):.*\[(.*)\]$/.exec(line)?.slice(1).join(' ') ?? []);
    };
    const rows = `${LAYOUT} house/few-rows`;
    const rule = 'layouts/rules/wrong.json invalid-rule';
    const template = 'templates/blocks/list.njk unknown-variable';
    expect(await codes()).toEqual([rows, rule, template]);
    expect(await codes(LAYOUT)).toEqual([rows]);
    expect(await codes('layouts/rules/wrong.json')).toEqual([rule]);
    expect(await codes('layouts/rules/house.json')).toEqual([]);
    expect(await codes('templates/blocks/list.njk', LAYOUT)).toEqual([rows, template]);
  });

  test('shows where the files are that it was not told of', async () => {
    const cwd = await folders.make({ [`panel/${LAYOUT}`]: layout.replace('func="ticket"', 'func="tickt"') });
    const { stdout } = await lintel(['check', '--lintel-content', 'panel', '--format', 'line'], { cwd });
    expect(stdout).toContain(`panel/${LAYOUT}:`);
  });

  test('has a form for code scanning and one for workflows', async () => {
    const cwd = await folders.make({ [LAYOUT]: layout.replace('func="ticket"', 'func="tickt"') });
    const scan = await lintel(['check', LAYOUT, '--format', 'sarif'], { cwd });
    const { runs } = JSON.parse(scan.stdout) as {
      runs: { tool: { driver: { rules: object[] } }; results: object[] }[];
    };
    expect([scan.code, runs[0]?.results.length]).toEqual([1, 1]);
    expect(runs[0]?.tool.driver.rules.length).toBeGreaterThan(20);
    const { stdout } = await lintel(['check', LAYOUT, '--format', 'github'], { cwd });
    expect(stdout).toMatch(
      /^::error file=layouts\/billmgr_dashboard_5\.xml,line=\d+,.*title=unknown-function::No function/,
    );
  });
});
