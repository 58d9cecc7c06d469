import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attributeOf, elementsOf, textOf, type XmlElement } from '../../src/xml/node.ts';
import { findings, merged, outline } from './content.ts';

const LAYOUT = 'layouts/billmgr_dashboard_5.xml';
const STAFF = 'layouts/billmgr_dashboard_7.xml';
const OVERLAY = 'layouts/billmgr_mod_shop.xml';
const BASE = `<doc>
  <block name="taskbar" position="top" type="toolbar">
    <toolbtn name="order" url="/order" img="mb-order"/>
    <toolbtn name="help" window="help" img="mb-help"/>
  </block>
  <block name="news" position="left" type="toolbar">
    <toolbtn name="all" url="/news"/>
  </block>
</doc>`;
const LIST = `<mgrdata>
  <metadata name="host" type="list" level="7">
    <query>select id, name from host</query>
    <toolbar><toolgrp name="main"><toolbtn name="edit" type="edit" func="host.edit"/></toolgrp></toolbar>
    <coldata><col name="id"/><col name="name"/></coldata>
  </metadata>
  <lang name="en"><messages name="host"><msg name="title">Hosts</msg></messages></lang>
</mgrdata>`;

const overlaid = (changes: string, base = BASE) =>
  merged({ [LAYOUT]: base, [OVERLAY]: `<mgrdata>${changes}</mgrdata>` });
const layout = (changes: string) => outline(overlaid(changes).layouts.get(5));
const block = (buttons: string) =>
  layout(`<block name="taskbar">${buttons}</block>`).replace(/^doc\((.*), block news.*/, '$1');

describe('an overlay', () => {
  test.each([
    ['adds a button at the end', '<toolbtn name="shop" url="/shop"/>', 'order, help, shop'],
    ['adds one before another', '<toolbtn name="shop" url="/shop" before="help"/>', 'order, shop, help'],
    ['adds one behind another', '<toolbtn name="shop" url="/shop" after="order"/>', 'order, shop, help'],
    ['adds one at the begin', '<toolbtn name="shop" url="/shop" first="yes"/>', 'shop, order, help'],
    ['moves one', '<toolbtn name="help" first="yes"/>', 'help, order'],
    ['moves one to the end', '<toolbtn name="order" last="yes"/>', 'help, order'],
    ['takes one away', '<toolbtn name="order" remove="yes"/>', 'help'],
    ['leaves one that is not to be removed', '<toolbtn name="order" remove="no"/>', 'order, help'],
    [
      'places one by another that comes later',
      '<toolbtn name="a" url="/" after="b"/><toolbtn name="b" url="/" first="yes"/>',
      'b, a, order, help',
    ],
  ])('%s', (_, change, names) => {
    const buttons = names.split(', ').map((name) => `toolbtn ${name}`);
    expect(block(change)).toBe(`block taskbar(${buttons.join(', ')})`);
  });

  test('sets attributes, which know its file', () => {
    const doc = overlaid('<block name="news" rows="3" position="right"/>').layouts.get(5);
    const news = elementsOf(doc as XmlElement, 'block')[1] as XmlElement;
    expect(news.source.path).toBe(LAYOUT);
    expect(news.attributes.map(({ name, value, source }) => [name, value, source.path])).toEqual([
      ['name', 'news', LAYOUT],
      ['position', 'right', OVERLAY],
      ['type', 'toolbar', LAYOUT],
      ['rows', '3', OVERLAY],
    ]);
  });

  test('adds a block that is whole to every layout', () => {
    const added = '<block name="shop" position="top" type="toolbar" first="yes"><toolbtn name="go" url="/"/></block>';
    const { layouts } = merged({ [LAYOUT]: BASE, [STAFF]: '<doc/>', [OVERLAY]: `<mgrdata>${added}</mgrdata>` });
    expect(outline(layouts.get(5))).toMatch(/^doc\(block shop\(toolbtn go\), block taskbar/);
    expect(outline(layouts.get(7))).toBe('doc(block shop(toolbtn go))');
  });

  test('changes a block only in the layouts that have it', () => {
    const { layouts } = merged({
      [LAYOUT]: BASE,
      [STAFF]: '<doc/>',
      [OVERLAY]: '<mgrdata><doc><block name="news" position="top" type="toolbar" title="News"/></doc></mgrdata>',
    });
    expect(outline(layouts.get(7))).toBe('doc');
    expect(outline(layouts.get(5))).toContain('block news');
  });

  test('comes after another in the order of their names', () => {
    const change = (title: string) => `<mgrdata><block name="news" title="${title}"/></mgrdata>`;
    const { layouts } = merged({
      'layouts/billmgr_mod_b.xml': change('b'),
      [LAYOUT]: BASE,
      'layouts/billmgr_mod_a.xml': change('a'),
    });
    expect(attributeOf(elementsOf(layouts.get(5) as XmlElement)[1] as XmlElement, 'title')?.value).toBe('b');
  });

  test('changes definitions, adds others, and takes them away', () => {
    const change = `<mgrdata>
      <metadata name="host" keyname="name">
        <query>select id, name, rack from host</query>
        <toolbar><toolgrp name="main"><toolbtn name="edit" img="t-new"><hide name="name" value="x"/></toolbtn></toolgrp></toolbar>
        <coldata><col name="id" remove="yes"/><col name="rack" first="yes"/></coldata>
      </metadata>
      <metadata name="rack" type="list" level="7"><query>select 1 as id</query></metadata>
    </mgrdata>`;
    const { definitions } = merged({ 'data/host.xml': LIST, [OVERLAY]: change });
    expect(outline(definitions.get('host'))).toBe(
      'metadata host(query, toolbar(toolgrp main(toolbtn edit(hide name))), coldata(col rack, col name))',
    );
    const query = elementsOf(definitions.get('host') as XmlElement, 'query')[0] as XmlElement;
    expect([textOf(query), query.source.path]).toEqual(['select id, name, rack from host', OVERLAY]);
    expect(definitions.has('rack')).toBe(true);
    const gone = merged({
      'data/host.xml': LIST,
      [OVERLAY]: '<mgrdata><metadata name="host" remove="yes"/></mgrdata>',
    });
    expect([...gone.definitions.keys()]).toEqual([]);
  });

  test('writes its texts over those of the base', () => {
    const lang = (text: string) => `<lang name="en"><messages name="host">${text}</messages></lang>`;
    const { messages } = merged({
      'data/host.xml': LIST,
      [OVERLAY]: `<mgrdata>${lang('<msg name="title">Machines</msg><msg name="menu">All</msg>')}</mgrdata>`,
    });
    expect([messages.text('en', 'host', 'title'), messages.text('en', 'host', 'menu')]).toEqual(['Machines', 'All']);
  });

  test('of another manager changes nothing', () => {
    const files = {
      [LAYOUT]: BASE,
      'layouts/ispmgr_mod_x.xml': '<mgrdata><block name="news" remove="yes"/></mgrdata>',
    };
    expect(outline(merged(files).layouts.get(5))).toContain('block news');
  });
});

describe('an overlay of another manager', () => {
  test('is checked by its structure alone', async () => {
    const text =
      '<mgrdata><block name="x" rows="1"><toolbtn name="y" img="nothing"/></block><metadata name="z" lvl="5"/></mgrdata>';
    const found = await findings({ 'layouts/ispmgr_mod_x.xml': text });
    expect(found.map(({ code }) => code)).toEqual(['unknown-attribute']);
  });
});

describe('a check of an overlay', () => {
  const said = async (change: string, base = BASE, only?: string[]) =>
    (await findings({ [LAYOUT]: base, [OVERLAY]: `<mgrdata>${change}</mgrdata>` }, only ? { only } : {}))
      .filter(({ code }) => code !== 'missing-message')
      .map(({ code, source, range, related }) => {
        const places = [{ source, range }, ...(related ?? [])];
        return `${code} ${places.map((at) => `${at.source.path.slice(16, 21)} ${at.source.text.slice(at.range.start, at.range.end)}`).join(' < ')}`;
      });

  test('finds nothing in one that is right', async () => {
    expect(await said('<block name="news" title="News"><toolbtn name="all" img="mb-help"/></block>')).toEqual([]);
  });

  test('finds a slip at its own line, once', async () => {
    expect(await said('<block name="news"><toolbtn name="all" img="mb-hlp"/></block>')).toEqual([
      'unknown-icon mod_s mb-hlp',
    ]);
  });

  test('finds what is wrong only since the change, at the change', async () => {
    expect(await said('<block name="news" type="list"/>')).toContain('missing-attribute mod_s block < dashb block');
  });

  test('leaves a slip of the base where it is', async () => {
    const base = BASE.replace('mb-order', 'mb-ordr');
    expect(await said('<block name="taskbar" title="x"/>', base)).toEqual(['unknown-icon dashb mb-ordr']);
    expect(await said('<block name="taskbar" title="x"/>', base, [OVERLAY])).toEqual([]);
  });

  test('looks at the structure of what has no target', async () => {
    expect(await said('<block name="nws" titel="x"><toolbtn name="a" img="mb-hlp"/></block>')).toEqual([
      'unknown-target mod_s nws < dashb news',
      'unknown-attribute mod_s titel',
    ]);
    const files = { [OVERLAY]: '<mgrdata><block name="x" rows="many"><include name="y"/></block></mgrdata>' };
    expect((await findings(files, { structureOnly: true })).map(({ code }) => code)).toEqual(['invalid-value']);
  });

  test('is silent about targets while a file cannot be read', async () => {
    expect(await said('<block name="nws" title="x"/>', '<doc><block></doc>')).toEqual([
      expect.stringMatching(/^invalid-syntax/),
    ]);
  });

  test('knows that a column was removed from a list and from its block', async () => {
    const files = {
      'data/host.xml': LIST,
      [STAFF]:
        '<doc><block name="hosts" position="left" type="list" func="host"><col name="name"/><col name="id"/></block></doc>',
      [OVERLAY]: `<mgrdata>
        <metadata name="host"><query>select id from host</query><coldata><col name="name" remove="yes"/></coldata></metadata>
        <block name="hosts"><col name="name" remove="yes"/></block>
      </mgrdata>`,
    };
    const columns = async (all: Record<string, string>) =>
      (await findings(all)).filter(({ code }) => code === 'unknown-column').map(({ source }) => source.path);
    expect(await columns(files)).toEqual([]);
    // A layout that still shows it is wrong at its own place.
    const kept = { ...files, [OVERLAY]: files[OVERLAY].replace(/<block.*<\/block>/, '') };
    expect(await columns(kept)).toEqual([STAFF]);
  });
});

describe('merging', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const button = fc.record({
    name,
    place: fc.constantFrom('', ' first="yes"', ' last="yes"', ' before="a"', ' after="c"', ' before="b" after="a"'),
    rest: fc.constantFrom('', ' url="/"', ' remove="yes"', ' url="/x" img="mb-help"', ' titel="x"'),
  });
  const blockOf = fc.record({
    name,
    rest: fc.constantFrom('', ' position="top" type="toolbar"'),
    buttons: fc.array(button, { maxLength: 5 }),
  });
  const write = (
    blocks: readonly {
      name: string;
      rest: string;
      buttons: readonly { name: string; place: string; rest: string }[];
    }[],
  ) =>
    blocks
      .map(
        ({ buttons, ...one }) =>
          `<block name="${one.name}"${one.rest}>${buttons.map((b) => `<toolbtn name="${b.name}"${b.place}${b.rest}/>`).join('')}</block>`,
      )
      .join('\n');
  const everyElement = (element: XmlElement): XmlElement[] => [element, ...elementsOf(element).flatMap(everyElement)];

  test('gives the same twice, with places that are in their files', () => {
    fc.assert(
      fc.property(fc.array(blockOf, { maxLength: 4 }), fc.array(blockOf, { maxLength: 4 }), (base, changes) => {
        const files = { [LAYOUT]: `<doc>${write(base)}</doc>`, [OVERLAY]: `<mgrdata>${write(changes)}</mgrdata>` };
        const content = merged(files);
        const doc = content.layouts.get(5) as XmlElement;
        expect(outline(merged(files).layouts.get(5))).toBe(outline(doc));
        for (const element of everyElement(doc)) {
          const { source, nameRange, range } = element;
          expect(source.text.slice(nameRange.start, nameRange.end)).toBe(element.name);
          expect(source.text.slice(range.start).startsWith(`<${element.name}`)).toBe(true);
          for (const child of elementsOf(element)) expect(child.parent).toBe(element);
          for (const { source: file, nameRange: at, valueRange, name, value } of element.attributes) {
            expect(file.text.slice(valueRange.start, valueRange.end)).toBe(value);
            expect(file.text.slice(at.start, at.end)).toBe(name);
          }
        }
      }),
      { seed: 1 },
    );
  });

  test('changes nothing with an overlay that is empty', () => {
    fc.assert(
      fc.property(fc.array(blockOf, { maxLength: 4 }), (base) => {
        const text = `<doc>${write(base)}</doc>`;
        const content = merged({ [LAYOUT]: text, [OVERLAY]: '<mgrdata/>' });
        expect(content.layouts.get(5)).toEqual(merged({ [LAYOUT]: text }).layouts.get(5));
      }),
      { seed: 2 },
    );
  });

  test('removes what is to be removed, and nothing else', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1 }), fc.nat(), (names, index) => {
        const gone = names[index % names.length] as string;
        const base = `<doc><block name="x" position="top" type="toolbar">${names.map((one) => `<toolbtn name="${one}" url="/"/>`).join('')}</block></doc>`;
        const change = `<block name="x"><toolbtn name="${gone}" remove="yes"/></block>`;
        const rest = names.filter((one) => one !== gone).map((one) => `toolbtn ${one}`);
        expect(outline(overlaid(change, base).layouts.get(5))).toBe(
          rest.length > 0 ? `doc(block x(${rest.join(', ')}))` : 'doc(block x)',
        );
      }),
      { seed: 3 },
    );
  });

  test('never fails at what a check finds in it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(blockOf, { maxLength: 3 }),
        fc.array(blockOf, { maxLength: 3 }),
        async (base, changes) => {
          const files = { [LAYOUT]: `<doc>${write(base)}</doc>`, [OVERLAY]: `<mgrdata>${write(changes)}</mgrdata>` };
          for (const { source, range } of await findings(files)) {
            expect(range.start).toBeGreaterThanOrEqual(0);
            expect(range.end).toBeLessThanOrEqual(source.text.length);
          }
        },
      ),
      { seed: 4, numRuns: 60 },
    );
  });
});
