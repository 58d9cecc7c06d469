import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elementsOf, type XmlElement } from '../../src/xml/node.ts';
import { findings, merged, outline } from './content.ts';

const LAYOUT = 'layouts/billmgr_dashboard_5.xml';
const HELP = '<block><toolbtn name="help" window="help"/></block>';
const layout = (name: string) =>
  `<doc><block name="taskbar" position="top" type="toolbar"><toolbtn name="a" url="/"/><include name="${name}"/><toolbtn name="b" url="/"/></block></doc>`;
const home = (files: Record<string, string>) => outline(merged(files).layouts.get(5));
const codes = async (files: Record<string, string>, options = {}) =>
  (await findings(files, options)).map(({ code }) => code).filter((code) => code !== 'missing-message');

describe('an include', () => {
  const whole = 'doc(block taskbar(toolbtn a, toolbtn help, toolbtn b))';

  test.each(['parts/help', 'parts/help.xml', './parts/help', '../layouts/parts/help', '../data/parts/help'])(
    'finds the file as %s',
    (name) => {
      const path = `layouts/${name.replace('.xml', '')}.xml`.replace('/./', '/').replace('layouts/../', '');
      expect(home({ [LAYOUT]: layout(name), [path]: HELP })).toBe(whole);
    },
  );

  test('leads on from the folder of its own file', () => {
    const files = {
      [LAYOUT]: layout('parts/one'),
      'layouts/parts/one.xml': '<block><include name="deep/two"/></block>',
      'layouts/parts/deep/two.xml': '<block><include name="../three"/></block>',
      'layouts/parts/three.xml': HELP,
    };
    expect(home(files)).toBe(whole);
  });

  test('leaves each element in its file', () => {
    const doc = merged({ [LAYOUT]: layout('parts/help'), 'layouts/parts/help.xml': HELP }).layouts.get(5) as XmlElement;
    const buttons = elementsOf(elementsOf(doc)[0] as XmlElement);
    expect(buttons.map(({ source }) => source.path)).toEqual([LAYOUT, 'layouts/parts/help.xml', LAYOUT]);
    expect(buttons.every(({ parent }) => parent === elementsOf(doc)[0])).toBe(true);
  });

  test('brings definitions and texts, once', async () => {
    const files = {
      'data/all.xml': '<mgrdata><include name="parts/host"/><include name="parts/host.en"/></mgrdata>',
      'data/parts/host.xml':
        '<mgrdata><metadata name="host" type="list" level="7"><query>select 1 as id</query></metadata></mgrdata>',
      'data/parts/host.en.xml':
        '<mgrdata><lang name="en"><messages name="host"><msg name="title">Hosts</msg></messages></lang></mgrdata>',
    };
    const content = merged(files);
    expect([...content.definitions.keys()]).toEqual(['host']);
    expect(content.messages.text('en', 'host', 'title')).toBe('Hosts');
    expect(await codes(files)).toEqual([]);
  });

  test('works in an overlay', () => {
    const files = {
      [LAYOUT]: '<doc><block name="taskbar" position="top" type="toolbar"><toolbtn name="a" url="/"/></block></doc>',
      'layouts/billmgr_mod_x.xml': '<mgrdata><block name="taskbar"><include name="parts/help"/></block></mgrdata>',
      'layouts/parts/help.xml': '<block><toolbtn name="help" window="help" first="yes"/></block>',
    };
    expect(home(files)).toBe('doc(block taskbar(toolbtn help, toolbtn a))');
  });

  test('is a slip in the part that has it, found once however often the part is included', async () => {
    const part = HELP.replace('window="help"', 'window="hlp"');
    const files = {
      [LAYOUT]: layout('help'),
      'layouts/billmgr_dashboard_7.xml': layout('help'),
      'layouts/help.xml': part,
    };
    const found = await findings(files);
    expect(found.filter(({ code }) => code === 'invalid-value').map(({ source }) => source.path)).toEqual([
      'layouts/help.xml',
    ]);
    expect(await codes(files, { only: ['layouts/help.xml'] })).toEqual(['invalid-value']);
    expect(await codes(files, { only: [LAYOUT] })).toEqual([]);
  });

  test('leaves a layout a layout that another includes', () => {
    const files = {
      [LAYOUT]: '<doc><block name="x" position="top" type="toolbar"/></doc>',
      'layouts/billmgr_dashboard_7.xml': '<doc><include name="billmgr_dashboard_5"/></doc>',
    };
    expect([5, 7].map((level) => outline(merged(files).layouts.get(level)))).toEqual(['doc(block x)', 'doc(block x)']);
  });

  test('is silent in a file whose functions and files are elsewhere', async () => {
    expect(await codes({ [LAYOUT]: layout('nothing') }, { structureOnly: true })).toEqual([]);
    expect(await codes({ [LAYOUT]: layout('../../etc/passwd') }, { structureOnly: true })).toEqual(['unsafe-include']);
  });

  test('of a file that cannot be read is no other slip', async () => {
    expect(await codes({ [LAYOUT]: layout('help'), 'layouts/help.xml': '<block>' })).toEqual(['invalid-syntax']);
  });

  test('ends, however many files there are that include one another', () => {
    const many = (name: string) =>
      `<block>${`<include name="${name}"/>`.repeat(10)}<toolbtn name="x" url="/"/></block>`;
    const files: Record<string, string> = { [LAYOUT]: layout('p0') };
    for (let index = 0; index < 12; index += 1) files[`layouts/p${index}.xml`] = many(`p${index + 1}`);
    files['layouts/p12.xml'] = HELP;
    const before = performance.now();
    const problems = merged(files).documents.flatMap((document) => document.problems);
    expect(problems.map(({ code }) => code)).toContain('invalid-include');
    expect(performance.now() - before).toBeLessThan(5000);
  });

  test('of any files in any circle never fails', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const file = fc.array(fc.constantFrom(...names), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.tuple(file, file, file, file), fc.constantFrom(...names), async (all, first) => {
        const files: Record<string, string> = { [LAYOUT]: layout(first) };
        all.forEach((includes, index) => {
          files[`layouts/${names[index]}.xml`] =
            `<block>${includes.map((name) => `<include name="${name}"/>`).join('')}</block>`;
        });
        const found = await codes(files);
        const isEndless = (name: string, way: string[]): boolean =>
          way.includes(name) || (all[names.indexOf(name)] ?? []).some((next) => isEndless(next, [...way, name]));
        expect(found.includes('invalid-include')).toBe(names.some((name) => isEndless(name, [])));
      }),
      { seed: 5, numRuns: 150 },
    );
  });
});
