import { describe, expect, test } from 'vitest';
import { comparePins, pinsFor } from '../../src/pipeline/pins.ts';
import { merged } from './content.ts';

const LAYOUT = 'layouts/billmgr_dashboard_5.xml';
const OVERLAY = 'layouts/billmgr_mod_shop.xml';
const PINS = 'layouts/billmgr_mod_shop.pins.json';
const LIST = `<mgrdata><metadata name="host" type="list" level="7">
  <query>select id, name from host</query>
  <coldata><col name="id"/><col name="name"/></coldata>
</metadata></mgrdata>`;
const files = {
  [LAYOUT]:
    '<doc><block name="x" position="top" type="toolbar"><toolbtn name="a" url="/"/><toolbtn name="b" url="/"/></block></doc>',
  'data/host.xml': LIST,
  [OVERLAY]: `<mgrdata>
    <block name="x"><toolbtn name="a" img="p-on" last="yes"/></block>
    <metadata name="host"><query>select id, name, rack from host</query></metadata>
  </mgrdata>`,
};
const pins = pinsFor(merged(files).overlaid.targets.get(OVERLAY) ?? []);
const compare = (text: string, changed: Partial<typeof files> = {}) =>
  comparePins(merged({ ...files, ...changed }), [{ path: PINS, bytes: Buffer.from(text) }])
    .documents.flatMap(({ problems }) => problems)
    .map(({ message, source }) => [message, source.path]);

describe('pins', () => {
  test('say what the base is, for people too', () => {
    expect(JSON.parse(pins)).toEqual({
      [`${LAYOUT}: block x`]: {
        attributes: { name: 'x', position: 'top', type: 'toolbar' },
        children: ['toolbtn a', 'toolbtn b'],
      },
      [`${LAYOUT}: block x / toolbtn a`]: { attributes: { name: 'a', url: '/' }, children: [] },
      'data/host.xml: metadata host': {
        attributes: { name: 'host', type: 'list', level: '7' },
        children: ['query', 'coldata'],
      },
      'data/host.xml: metadata host / query': {
        attributes: {},
        text: expect.stringMatching(/^[\da-f]{16}$/),
        children: [],
      },
    });
    expect(compare(pins)).toEqual([]);
  });

  test.each([
    [
      'an attribute',
      LAYOUT,
      'type="toolbar"',
      'type="taskbar"',
      'The base of "block x" has changed: type was "toolbar" and is "taskbar"',
    ],
    ['a part', LAYOUT, '<toolbtn name="b" url="/"/>', '', 'The base of "block x" has changed: "toolbtn b" is gone'],
    [
      'a query',
      'data/host.xml',
      'id, name from',
      'id, rack as name from',
      'The base of "metadata host / query" has changed: its text is another',
    ],
    [
      'an order',
      LAYOUT,
      '<toolbtn name="a" url="/"/><toolbtn name="b" url="/"/>',
      '<toolbtn name="b" url="/"/><toolbtn name="a" url="/"/>',
      'The base of "block x" has changed: its parts stand in another order',
    ],
  ])('tell that %s has changed', (_, path, before, after, message) => {
    expect(compare(pins, { [path]: files[path as keyof typeof files].replace(before, after) })).toEqual([
      [message, OVERLAY],
    ]);
  });

  test.each([
    ['{', 'The file of pins is not JSON'],
    ['{"a": {,}}', 'The file of pins is not JSON'],
    ['', 'The file of pins is not JSON'],
    ['null', 'The file of pins is not an object'],
    ['{"a": 5}', 'The pin "a" has no attributes and children as they are written'],
    [
      '{"a": {"attributes": {"x": 1}, "children": []}}',
      'The pin "a" has no attributes and children as they are written',
    ],
  ])('that are %j are a finding', (text, message) => {
    expect(compare(text)).toEqual([[message, PINS]]);
  });
});
