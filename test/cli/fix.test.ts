import { mkdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createFolders, lintel } from '../support/command.ts';

const LAYOUT = 'layouts/billmgr_dashboard_5.xml';
/** A rule whose fix writes titles in small letters, and one that takes turns with it on the word "turn". */
const RULES = `
const fix = (attribute, text) => ({ message: 'Wrong letters', source: attribute.source, range: attribute.valueRange, fix: { range: attribute.valueRange, text } });
const titles = (node) => node.attributes.filter(({ name }) => name === 'title');
export const rules = [
  { code: 'invalid-case', severity: 'warning', about: 'Titles are small.', *element({ node }) {
    for (const title of titles(node)) if (title.value !== title.value.toLowerCase()) yield fix(title, title.value.toLowerCase());
  } },
  { code: 'invalid-turn', severity: 'warning', about: 'It turns.', *element({ node }) {
    for (const title of titles(node)) if (title.value === 'turn') yield fix(title, 'TURN');
  } },
];`;

const folders = createFolders();
afterAll(() => folders.remove());

const blockOf = (title: string, name = 'a') => `<block name="${name}" title="${title}" position="top" type="toolbar"/>`;
const run = (cwd: string, ...args: string[]) =>
  lintel(['check', '--fix', '--lintel-config', 'panel.mjs', ...args], { cwd });

describe('lintel check --fix', () => {
  test('makes every change that is safe, keeps all other bytes, and says what it did', async () => {
    const text = `\ufeff<doc>\r\n\t<!-- Счёт 💰 -->${blockOf('НОВОСТИ')}\r\n  ${blockOf('Two', 'b')}\r\n</doc>\r\n`;
    const cwd = await folders.make({ [LAYOUT]: text, 'panel.mjs': RULES });
    const { code, stdout, stderr } = await run(cwd, LAYOUT);
    expect([code, stdout]).toEqual([0, 'No problems in 1 file.\n']);
    expect(stderr).toBe(
      `${LAYOUT}:2:40: fixed: НОВОСТИ is now новости [invalid-case]\n${LAYOUT}:3:26: fixed: Two is now two [invalid-case]\n`,
    );
    expect(await readFile(join(cwd, LAYOUT), 'utf8')).toBe(text.replace('НОВОСТИ', 'новости').replace('Two', 'two'));
    const again = await run(cwd, LAYOUT);
    expect(again).toEqual({ code: 0, stdout: 'No problems in 1 file.\n', stderr: '' });
  });

  test('writes the one name that is near, and leaves what could be two', async () => {
    const text = `<doc>
  <block name="tickets" position="lefft" type="list" func="tickt" rows="5">
    <toolbtn name="edti" defualt="yes"/>
    <col name="subjekt"/><col name="sttus" name2="a"/><col name="status"/>
    <col name="updated" sorted="desc"/><cool name="id"/>
  </block>
</doc>
`;
    const cwd = await folders.make({ [LAYOUT]: text, 'panel.mjs': '' });
    const { code, stdout } = await run(cwd, LAYOUT, '--format', 'line');
    expect(await readFile(join(cwd, LAYOUT), 'utf8')).toBe(
      text
        .replace('lefft', 'left')
        .replace('tickt', 'ticket')
        .replace('edti', 'edit')
        .replace('defualt', 'default')
        .replace('subjekt', 'subject')
        .replace('<cool', '<col'),
    );
    // A column of that name stands there already; an attribute may be meant for anything.
    expect([code, stdout.match(/\[[\w-]+\]/g)]).toEqual([1, ['[unknown-column]', '[unknown-attribute]']]);
  });

  test('reports what it cannot change, and changes nothing without being told', async () => {
    const text = `<doc>${blockOf('One')}<blik-blak/></doc>`;
    const cwd = await folders.make({ [LAYOUT]: text, 'panel.mjs': RULES });
    const told = await lintel(['check', '--lintel-config', 'panel.mjs', '--format', 'json', LAYOUT], { cwd });
    expect(JSON.parse(told.stdout)[0].fix).toMatchObject({ text: 'one', line: 1 });
    expect(await readFile(join(cwd, LAYOUT), 'utf8')).toBe(text);
    const { code, stdout } = await run(cwd, LAYOUT, '--format', 'line');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^layouts\/billmgr_dashboard_5\.xml:1:\d+: error: [^\n]* \[unknown-element\]\n$/);
    expect(await readFile(join(cwd, LAYOUT), 'utf8')).toBe(text.replace('One', 'one'));
  });

  test('ends when two rules take turns', async () => {
    const cwd = await folders.make({ [LAYOUT]: `<doc>${blockOf('turn')}</doc>`, 'panel.mjs': RULES });
    expect((await run(cwd, LAYOUT)).code).toBe(1);
  });

  test('keeps the rights of a file, and goes through a link inside of the content', async () => {
    const cwd = await folders.make({ 'layouts/parts/real.xml': `<doc>${blockOf('One')}</doc>`, 'panel.mjs': RULES });
    await symlink('parts/real.xml', join(cwd, LAYOUT));
    const { mode } = await stat(join(cwd, LAYOUT));
    await run(cwd, LAYOUT);
    expect(await readFile(join(cwd, 'layouts/parts/real.xml'), 'utf8')).toContain('title="one"');
    expect((await stat(join(cwd, LAYOUT))).mode).toBe(mode);
  });

  test('touches no file outside of the content, and none of an installed package', async () => {
    const text = `<doc>${blockOf('One')}</doc>`;
    const cwd = await folders.make({ 'elsewhere/real.xml': text, 'panel/panel.mjs': RULES });
    const panel = join(cwd, 'panel');
    await mkdir(join(panel, 'layouts'));
    await symlink(join(cwd, 'elsewhere/real.xml'), join(panel, LAYOUT));
    const linked = await run(panel, LAYOUT);
    expect(linked.code).toBe(1);
    expect(linked.stderr).toContain(`${LAYOUT}: not changed, for it is not a file of this content\n`);
    expect(await readFile(join(cwd, 'elsewhere/real.xml'), 'utf8')).toBe(text);

    const other = await folders.make({ [`node_modules/theme/${LAYOUT}`]: text, 'panel.mjs': RULES });
    const installed = await run(other, `node_modules/theme/${LAYOUT}`);
    expect(installed.stderr).toContain('not changed');
    expect(await readFile(join(other, `node_modules/theme/${LAYOUT}`), 'utf8')).toBe(text);
  });
});
