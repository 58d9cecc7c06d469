import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PACKAGE } from '../../src/content.ts';
import { compileExpression, isTrue } from '../../src/house/expression.ts';
import { compilePattern } from '../../src/house/pattern.ts';
import { readHouse } from '../../src/house/read.ts';
import { compileSelector } from '../../src/house/selector.ts';
import { readJson } from '../../src/json.ts';
import { elementsOf, type XmlElement } from '../../src/xml/node.ts';
import { readXml } from '../../src/xml/read.ts';
import { findingsWith, surroundings } from '../rules/_content/compile.ts';
import { startBed } from '../support/bed.ts';

const layout = `<doc>
  <block name="bar" position="top" type="toolbar"><toolbtn name="help" window="help"/></block>
  <block name="tickets" position="left" type="list" func="ticket" rows="5">
    <toolbtn name="edit" default="yes"/>
    <col name="subject"/><col name="status"><prop name="waiting"/></col><col name="updated" sorted="desc"/>
  </block>
</doc>`;
const { root } = readXml('layouts/billmgr_dashboard_5.xml', Buffer.from(layout));
const all = (element: XmlElement): XmlElement[] => [element, ...elementsOf(element).flatMap(all)];
const everything = root ? all(root) : [];
const named = (element: XmlElement) => element.attributes.find(({ name }) => name === 'name')?.value ?? element.name;

describe('a selector', () => {
  test.each([
    ['block', ['bar', 'tickets']],
    ['block[type=list]', ['tickets']],
    ['block[type="list"][rows]', ['tickets']],
    ['block[type!=list]', ['bar']],
    ['block[name^=tick][name$=s][name*=cket]', ['tickets']],
    ['doc > block > toolbtn', ['help', 'edit']],
    ['doc toolbtn', ['help', 'edit']],
    ['block[type=list] col', ['subject', 'status', 'updated']],
    ['> doc', ['doc']],
    ['doc > col', []],
    ['col, toolbtn', ['help', 'edit', 'subject', 'status', 'updated']],
    ['col:not([sorted])', ['subject', 'status']],
    ['block:has(> col)', ['tickets']],
    ['block:has(prop)', ['tickets']],
    ['block:not(:has(col, prop))', ['bar']],
    ['col:empty', ['subject', 'updated']],
    [':root', ['doc']],
    ['* > prop', ['waiting']],
  ])('finds what %s says', (text, found) => {
    const selector = compileSelector(text);
    expect(everything.filter((element) => selector.matches(element)).map(named)).toEqual(found);
  });
});

describe('an expression', () => {
  const [, bar, , tickets] = everything as [XmlElement, XmlElement, XmlElement, XmlElement];

  test.each([
    ['@rows <= 5', true],
    ['@rows < 5', false],
    ['@rows = 5 and @type = "list"', true],
    ['@rows = 6 or @rows > 4', true],
    ['not @rows', false],
    ['not (@rows and @title)', true],
    ['@title != "x"', true],
    ['@title < 3', false],
    ["@position in ('left', 'right')", true],
    ["@position in ('top')", false],
    ["@name matches '[a-z_]+'", true],
    ["@name matches 'tick'", false],
    ["@name matches 'tick.*'", true],
    ["count('col') = 3 and count('> prop') = 0 and count('prop') = 1", true],
    ["count('> toolbtn, > col') = 4", true],
    ['name() = "block"', true],
    ["length(@name) = 7 and lower('ABC') = 'abc'", true],
    ["text() = ''", true],
    ['number(@rows) = 5', true],
    ['../@rows', false],
    ["name() = 'block' and not ../../@x", true],
  ])('says of a block whether %s', (text, value) => {
    expect(isTrue(compileExpression(text).evaluate(tickets))).toBe(value);
  });

  test('finds nothing in what is not there', () => {
    expect(compileExpression('@rows').evaluate(bar)).toBe(undefined);
    expect(isTrue(compileExpression('@rows <= 10').evaluate(bar))).toBe(false);
  });

  test.each([
    '',
    '@',
    '@a and',
    '(@a',
    "'a",
    'a',
    'f()',
    '@a matches b',
    '@a in 3',
    '@a = ',
    '@a @b',
    '..',
    "count('')",
  ])('is refused when it is %j', (text) => {
    expect(() => compileExpression(text)).toThrow();
  });
});

describe('a pattern', () => {
  test.each([
    ['[a-z]+', 'abc', true],
    ['[a-z]+', 'aBc', false],
    ['[^a-z]+', 'ABC', true],
    ['[a-z_-]*\\d?', 'a_b-c1', true],
    ['a.c', 'a💰c', true],
    ['a?b*c+', 'c', true],
    ['a?b*c+', 'abbb', false],
    ['\\w+\\.\\w+', 'ticket.new', true],
    ['[\\d.]+', '1.5', true],
    ['счёт', 'счёт', true],
    ['', '', true],
  ])('%s takes %j: %j', (pattern, text, isTaken) => {
    expect(compilePattern(pattern)(text)).toBe(isTaken);
  });

  test('is never slow', () => {
    const test = compilePattern('a*a*a*a*a*a*a*a*b');
    const started = performance.now();
    expect(test('a'.repeat(20_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('a JSON text', () => {
  test.each(['{"a":[1,-2.5e3,true,false,null,"\\u00e4\\n"],"b":{}}', '[]', ' "x" ', '0', '{"a~/b":{"":[[]]}}'])(
    'has the value that it has anywhere: %s',
    (text) => {
      expect(readJson('a.json', Buffer.from(text)).value).toEqual(JSON.parse(text));
    },
  );

  test.each([
    '',
    '{',
    '[1,]',
    '{"a"}',
    '{a:1}',
    '01',
    '"\n"',
    '[1 2]',
    'nul',
    '{}x',
    '['.repeat(100_000),
    '\ufeff\ufeff{}',
  ])('is refused with a place, never thrown: %j', (text) => {
    const { problem } = readJson('a.json', Buffer.from(text));
    expect(problem?.range.start).toBeLessThanOrEqual(text.length);
  });
});

describe('a rule of the house', () => {
  const rule = { name: 'few-rows', select: 'block', assert: '@rows <= 3', message: '{@name}: {@rows} rows {{' };
  const findings = async (more: object) => {
    const files = [
      { path: 'layouts/billmgr_dashboard_5.xml', bytes: Buffer.from(layout) },
      { path: 'layouts/rules/house.json', bytes: Buffer.from(JSON.stringify({ rules: [{ ...rule, ...more }] })) },
    ];
    return (await findingsWith(files, undefined)).filter(({ code }) => code.startsWith('house/'));
  };

  test('is reported under its name, at what it reads', async () => {
    const [bar, tickets] = await findings({ hint: 'At most {3}.' });
    expect(tickets).toMatchObject({ code: 'house/few-rows', severity: 'warning', message: 'tickets: 5 rows {' });
    expect(tickets?.hint).toBe('At most 3.');
    expect(layout.slice(tickets?.range.start, tickets?.range.end)).toBe('5');
    expect(layout.slice(bar?.range.start, bar?.range.end)).toBe('block');
  });

  test.each([
    [{ level: '5' }, 2],
    [{ level: '7' }, 0],
    [{ level: 'user+' }, 2],
    [{ path: 'layouts/*.xml' }, 2],
    [{ path: 'data/**' }, 0],
    [{ path: '**_5.xml' }, 2],
    [{ path: '*_5.xml' }, 0],
    [{ assert: undefined }, 2],
    [{ select: 'block[type=list]' }, 1],
  ])('is kept to what it is about: %j', async (more, count) => {
    expect(await findings(more)).toHaveLength(count);
  });

  test('has the severity that it says', async () => {
    expect((await findings({ severity: 'error' })).map(({ severity }) => severity)).toEqual(['error', 'error']);
  });

  test('reads any file without a fault', () => {
    for (const { bytes } of surroundings) expect(readHouse([{ path: 'a.json', bytes }])[0]?.problems).toHaveLength(1);
  });

  test('keeps content with an error of the house from being served', async () => {
    const bed = await startBed();
    const rules = JSON.stringify({ rules: [{ ...rule, severity: 'error' }] });
    const files = { 'layouts/rules/house.json': rules };
    // What lies underneath is not the house's to change.
    await expect(bed.engine(files)).resolves.toMatchObject({ health: { problems: [] } });
    const served = bed.engine({ ...files, 'layouts/billmgr_dashboard_5.xml': layout });
    await expect(served).rejects.toMatchObject({
      diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'house/few-rows' })]),
    });
    await bed.stop();
  });

  test('is written as the manual says', async () => {
    const manual = readFileSync(join(PACKAGE, 'layouts/README.md'), 'utf8');
    const [, text = ''] = /```json\n([\s\S]*?)```/.exec(manual) ?? [];
    const [document] = readHouse([{ path: 'layouts/rules/house.json', bytes: Buffer.from(text) }]);
    expect(document?.problems).toEqual([]);
    expect(document?.rules.length).toBeGreaterThan(2);
    const found = await findingsWith([{ path: 'layouts/rules/house.json', bytes: Buffer.from(text) }], undefined);
    expect(found.filter(({ code }) => code === 'invalid-rule')).toEqual([]);
  });
});
