import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { importCodes } from '../../src/import/codes.ts';
import * as rules from '../../src/rules/index.ts';
import { createFolders, lintel } from '../support/command.ts';

const panel = join(import.meta.dirname, 'panel');
const expected = join(import.meta.dirname, 'expected');
const folders = createFolders();
afterAll(() => folders.remove());

/** The files below a folder, by path. */
function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(xml|out)$/.test(name));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** A folder with the panel's files in it, beside which content may be written. */
async function bench(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const cwd = await folders.make(files);
  if (Object.keys(files).length === 0) await cp(panel, join(cwd, 'panel'), { recursive: true });
  return cwd;
}

describe('the import of a panel', () => {
  test('writes content of ours, and tells at its place what does not carry over', async () => {
    const cwd = await bench();
    const { code, stdout, stderr } = await lintel(['import', 'panel', '--out', 'own', '--format', 'line'], { cwd });
    expect(code).toBe(1);
    const made = { ...filesIn(join(cwd, 'own')), 'report.out': `${stderr}\n${stdout}` };
    if (process.env.UPDATE) await rewrite(made);
    expect(made).toEqual(filesIn(expected));
  });

  test('makes what passes the check of structure', async () => {
    const cwd = await bench();
    await lintel(['import', 'panel', '--out', 'own'], { cwd });
    const checked = await lintel(['check', '--structure', '--lintel-content', 'own'], { cwd });
    expect(checked).toMatchObject({ code: 0, stderr: '' });
    expect(checked.stdout).toMatch(/^No problems.*\n$/m);
  });

  test('says only of codes that a rule has, or that it explains itself', () => {
    const folder = join(import.meta.dirname, '../../src/import');
    const texts = readdirSync(folder)
      .filter((name) => name !== 'codes.ts')
      .map((name) => readFileSync(join(folder, name), 'utf8'));
    const said = texts.flatMap((text) => [...text.matchAll(/\bcode(?::| =) '([^']+)'/g)].map(([, code]) => code));
    const ofRules = Object.values(rules).map(({ code }) => code);
    const own = new Set(said.filter((code) => !ofRules.includes(code ?? '')));
    expect(own).toEqual(new Set(importCodes.map(({ code }) => code)));
  });

  test('says the same, and writes nothing, with --list', async () => {
    const cwd = await bench();
    const { code, stdout } = await lintel(['import', 'panel', '--out', 'own', '--list'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain(
      'would write own/layouts/billmgr_dashboard_5.xml from panel/etc/xml/billmgr_dashboard_5.xml\n',
    );
    expect(stdout).toContain('[unused-script]');
    expect(readdirSync(cwd)).toEqual(['panel']);
  });

  test('overwrites nothing without --force, and has nothing against finding its own work', async () => {
    const cwd = await bench();
    const again = () => lintel(['import', 'panel', '--out', 'own'], { cwd });
    expect(await again()).toEqual(await again());
    const layout = join(cwd, 'own/layouts/billmgr_dashboard_5.xml');
    writeFileSync(layout, '<doc/>');
    expect(await again()).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'lintel: Nothing was written: own/layouts/billmgr_dashboard_5.xml would be overwritten. Give --force, or another --out\n',
    });
    expect(readFileSync(layout, 'utf8')).toBe('<doc/>');
    await lintel(['import', 'panel', '--out', 'own', '--force'], { cwd });
    expect(readFileSync(layout, 'utf8')).toContain('taskbar');
  }, 120_000);

  test('of what Lintel has all of ends with 0 and says so', async () => {
    const layout =
      '<doc>\n  <block name="taskbar" position="top" type="toolbar">\n    <toolbtn name="ticket" list="ticket"/>\n  </block>\n</doc>\n';
    const cwd = await bench({ 'etc/billmgr_dashboard_5.xml': layout });
    expect(await lintel(['import', 'etc', '--out', 'own'], { cwd })).toEqual({
      code: 0,
      stdout: 'wrote own/layouts/billmgr_dashboard_5.xml from etc/billmgr_dashboard_5.xml\nNo problems in 1 file.\n',
      stderr: '',
    });
    expect(readFileSync(join(cwd, 'own/layouts/billmgr_dashboard_5.xml'), 'utf8')).toBe(layout);
  });

  test.each([
    ['a folder that is not there', ['import', 'nowhere'], 'There is no folder nowhere'],
    ['a file', ['import', 'a.txt'], 'a.txt is a file: give the folder that it lies in'],
    ['a folder without XML', ['import', '.'], 'There is no XML file in .'],
  ])('refuses %s', async (_title, args, message) => {
    const cwd = await bench({ 'a.txt': '' });
    expect(await lintel(args, { cwd })).toEqual({ code: 2, stdout: '', stderr: `lintel: ${message}\n` });
  });
});

async function rewrite(made: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(made)) {
    await mkdir(dirname(join(expected, name)), { recursive: true });
    await writeFile(join(expected, name), text);
  }
}
