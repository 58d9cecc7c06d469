import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { PACKAGE } from '../../src/content.ts';
import { createFolders, lintel } from '../support/command.ts';

const LAYOUT = 'layouts/billmgr_dashboard_5.xml';
const OVERLAY = 'layouts/billmgr_mod_shop.xml';
const PINS = 'layouts/billmgr_mod_shop.pins.json';
const folders = createFolders();
afterAll(() => folders.remove());

const layout = readFile(join(PACKAGE, LAYOUT), 'utf8');
const shop = '<mgrdata>\n  <block name="accounts" title="Purse"/>\n</mgrdata>\n';

describe('lintel overlay pin', () => {
  test('writes down what the base is; a check warns when that has changed, until it is pinned again', async () => {
    const cwd = await folders.make({ [LAYOUT]: await layout, [OVERLAY]: shop });
    expect(await lintel(['overlay', 'pin'], { cwd })).toEqual({ code: 0, stdout: `${PINS}: 1 pin\n`, stderr: '' });
    expect(await lintel(['check', OVERLAY], { cwd })).toMatchObject({ code: 0 });
    await writeFile(join(cwd, LAYOUT), (await layout).replace('position="right"', 'position="left"'));
    expect(await lintel(['check', OVERLAY, '--format', 'line'], { cwd })).toMatchObject({
      code: 1,
      stdout: `${OVERLAY}:2:4: warning: The base of "block accounts" has changed: position was "right" and is "left" [invalid-pin]\n`,
    });
    expect(await lintel(['overlay', 'pin', OVERLAY], { cwd })).toMatchObject({ code: 0 });
    expect(await lintel(['check', OVERLAY], { cwd })).toMatchObject({ code: 0 });
    const pins = JSON.parse(await readFile(join(cwd, PINS), 'utf8')) as object;
    expect(Object.keys(pins)).toEqual([`${LAYOUT}: block accounts`]);
  });

  test('works from another folder', async () => {
    const cwd = await folders.make({ [`panel/${OVERLAY}`]: shop });
    expect(await lintel(['overlay', 'pin', `panel/${OVERLAY}`], { cwd })).toMatchObject({
      code: 0,
      stdout: `panel/${PINS}: 1 pin\n`,
    });
    const checked = await lintel(['check', `panel/${OVERLAY}`], { cwd });
    expect(checked).toMatchObject({ code: 0, stdout: 'No problems in 1 file.\n' });
  });

  test('pins no overlay that is wrong', async () => {
    const cwd = await folders.make({ [OVERLAY]: shop.replace('accounts', 'acounts') });
    const { code, stdout, stderr } = await lintel(['overlay', 'pin'], { cwd });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('No layout of "billmgr" has a block named "acounts" [unknown-target]');
    expect(stderr).toContain(`lintel: ${OVERLAY} is not pinned: correct it first\n`);
  });

  test('reads the settings that a check reads', async () => {
    const frame = '<block name="state" title="State" position="left" type="url" url="https://state.example/"/>';
    const cwd = await folders.make({ [OVERLAY]: `<mgrdata>\n  ${frame}\n</mgrdata>\n` });
    for (const command of [
      ['check', OVERLAY],
      ['overlay', 'pin'],
      ['overlay', 'pin', OVERLAY],
    ]) {
      expect(await lintel(command, { cwd })).toMatchObject({ code: 1 });
      expect(await lintel([...command, '--lintel-frames', 'https://state.example'], { cwd })).toMatchObject({
        code: 0,
      });
    }
  });

  test('says when a file is no overlay, or there is none', async () => {
    const cwd = await folders.make({ [LAYOUT]: await layout });
    expect(await lintel(['overlay', 'pin', LAYOUT], { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr: `lintel: ${LAYOUT} is no overlay: its name is to be <manager>_mod_<name>.xml\n`,
    });
    expect(await lintel(['overlay', 'pin'], { cwd })).toEqual({
      code: 0,
      stdout: 'There is no overlay to pin.\n',
      stderr: '',
    });
  });
});

describe('lintel check of an overlay', () => {
  test('finds an included file beside it, wherever it is called', async () => {
    const part = '<block><toolbtn name="a" url="/" img="mb-hlp"/></block>';
    const overlay = '<mgrdata><block name="taskbar"><include name="parts/a"/></block></mgrdata>';
    const cwd = await folders.make({ [`panel/${OVERLAY}`]: overlay, 'panel/layouts/parts/a.xml': part });
    expect(await lintel(['check', `panel/${OVERLAY}`], { cwd })).toMatchObject({ code: 0 });
    const { stdout } = await lintel(['check', 'panel/layouts/parts/a.xml', '--format', 'line'], { cwd });
    expect(stdout).toMatch(/^panel\/layouts\/parts\/a\.xml:1:39: error: No icon is named "mb-hlp" \[unknown-icon\]$/m);
  });
});
