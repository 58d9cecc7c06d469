import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { PACKAGE } from '../../src/content.ts';
import { createFolders, lintel } from '../support/command.ts';

const folders = createFolders();
afterAll(() => folders.remove());

/** Without the way to the help that follows. */
const firstWords = (text: string) => text.replace(/\(see lintel --help\)\n$/, '');

describe('the command', () => {
  test.each([
    [['chek'], "error: unknown command 'chek'\n(Did you mean check?)\n"],
    [['check', '--colour'], "error: unknown option '--colour'\n"],
    [
      ['check', '--format', 'xml'],
      "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are github, json, line, pretty, sarif.\n",
    ],
    [['check', 'none.xml'], 'lintel: There is no file none.xml\n'],
    [['check', '.'], 'lintel: . cannot be read: EISDIR\n'],
    [['check', '--lintel-config', 'none.mjs'], /^lintel: LINTEL_CONFIG "none\.mjs" cannot be loaded: [^\n]+\n$/],
    [
      ['check', '--lintel-manager', 'Bill Mgr'],
      'lintel: LINTEL_MANAGER is "Bill Mgr". First word of layout file names.\n',
    ],
    [['serve', '--port', '99999'], 'lintel: PORT is "99999". Port to listen on; 0 picks a free one.\n'],
    [
      ['demo', '--customers', '3'],
      "error: option '--customers <number>' argument '3' is invalid. Give a number from 11 on.\n",
    ],
  ])('says what is wrong with %j in one line', async (args, line) => {
    const { code, stdout, stderr } = await lintel(args, { cwd: await folders.make() });
    expect([code, stdout]).toEqual([2, '']);
    if (typeof line === 'string') expect(firstWords(stderr)).toBe(line);
    else expect(stderr).toMatch(line);
  });

  test.each([
    [{ PORT: 'eighty' }, 'PORT is "eighty". Port to listen on; 0 picks a free one.'],
    [{ PORT: '70000' }, 'PORT is "70000". Port to listen on; 0 picks a free one.'],
    [{ PORT: '1e3' }, 'PORT is "1e3". Port to listen on; 0 picks a free one.'],
    [
      { DATABASE_URL: 'mysql://root@db/panel' },
      'DATABASE_URL is "mysql://root@db/panel". The store: sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME.',
    ],
    [{ HOST: '0.0.0.0' }, 'HOST is "0.0.0.0", not loopback: set LINTEL_ORIGIN to the public origin'],
    [
      { LINTEL_ORIGIN: 'panel.example.com' },
      'LINTEL_ORIGIN is "panel.example.com". Public origin, as https://panel.example.com; required outside of loopback.',
    ],
    [{ LINTEL_MANAGER: '../etc' }, 'LINTEL_MANAGER is "../etc". First word of layout file names.'],
  ])('does not serve with %j', async (env, words) => {
    expect(await lintel(['serve'], { env: env as Record<string, string>, cwd: await folders.make() })).toEqual({
      code: 2,
      stdout: '',
      stderr: `lintel: ${words}\n`,
    });
  });

  test('prefers a flag to the environment, and takes an empty setting for none', async () => {
    const cwd = await folders.make();
    const flag = await lintel(['serve', '--port', '-5'], { env: { PORT: '0' }, cwd });
    expect(flag.stderr).toContain('PORT is "-5"');
    const empty = await lintel(['serve'], { env: { PORT: '', HOST: '0.0.0.0' }, cwd });
    expect(empty.stderr).toContain('HOST is "0.0.0.0"');
  });

  test('shows its help, also when it is not told what to do', async () => {
    const [asked, alone] = [await lintel(['--help']), await lintel([])];
    expect([asked.code, asked.stderr]).toEqual([0, '']);
    for (const name of ['serve', 'check', 'demo', 'explain'])
      expect(asked.stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    expect([alone.code, alone.stderr]).toEqual([2, asked.stdout]);
  });

  test('says which version it is', async () => {
    const { version } = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
    for (const flag of ['--version', '-V'])
      expect(await lintel([flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('makes a demo where there is none yet, and only there', async () => {
    const cwd = await folders.make();
    const make = () => lintel(['demo', '--customers', '11', '--database-url', 'sqlite:new/demo.sqlite'], { cwd });
    expect(await make()).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^11 customers in sqlite:new\/demo\.sqlite, [\d.]+ s\n$/),
    });
    expect(await make()).toEqual({
      code: 2,
      stdout: '',
      stderr: 'lintel: sqlite:new/demo.sqlite holds users already: delete it, or give another --database-url\n',
    });
  });
});
