import { describe, expect, test } from 'vitest';
import { attributeOf, elementsOf, textOf, type XmlElement } from '../../src/xml/node.ts';
import { readXml } from '../../src/xml/read.ts';
import { blocks, definitions, messages, samples, taskbar } from './samples.ts';
import { addressIn, verifyRanges } from './verify.ts';

function rootOf(text: string): XmlElement {
  const { root, problems } = readXml('a.xml', Buffer.from(text));
  expect(problems).toEqual([]);
  if (!root) throw new Error('no root');
  return root;
}

function attributeValue(text: string, name = 'a'): string | undefined {
  return attributeOf(rootOf(text), name)?.value;
}

describe('a layout', () => {
  test('is read as a tree in the order of the file', () => {
    const root = rootOf(taskbar);
    expect(root.name).toBe('doc');
    expect(root.parent).toBeUndefined();
    const [block] = elementsOf(root, 'block');
    expect(block?.parent).toBe(root);
    expect(block?.attributes.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'name=taskbar',
      'position=top',
      'type=toolbar',
    ]);
    const buttons = block ? elementsOf(block) : [];
    expect(buttons.map((button) => attributeOf(button, 'name')?.value)).toEqual(['order', 'credit', 'ticket', 'help']);
  });

  test('keeps every range on the text it is named for', () => {
    for (const sample of samples) verifyRanges(rootOf(sample));
  });

  test('has exact places behind tabs, several bytes and characters of two units', () => {
    const services = elementsOf(rootOf(blocks), 'block')[2];
    const title = services && attributeOf(services, 'title');
    expect(title?.value).toBe('Услуги 日本 🚀');
    expect(services && title && addressIn(services.source, title.valueRange.start)).toBe('15:76');
    expect(services && title && addressIn(services.source, title.valueRange.end)).toBe('15:87');
  });

  test('has exact places behind CRLF', () => {
    const [metadata] = elementsOf(rootOf(definitions));
    const query = metadata && elementsOf(metadata, 'query')[0];
    expect(query && addressIn(query.source, query.range.start)).toBe('3:5');
    expect(query && addressIn(query.source, query.range.end)).toBe('6:16');
  });

  test('may begin with a byte order mark, which counts for nothing', () => {
    const { root, source } = readXml('a.xml', Buffer.from('\ufeff<doc/>'));
    expect(source.text).toBe('<doc/>');
    expect(root?.range).toEqual({ start: 0, end: 6 });
  });
});

describe('ranges', () => {
  test('of an element span its tags, its name and what stands between', () => {
    const { range, nameRange, innerRange } = rootOf('<!-- x --><doc a="1" > <b/> </doc >');
    expect([range, nameRange, innerRange]).toEqual([
      { start: 10, end: 35 },
      { start: 11, end: 14 },
      { start: 22, end: 28 },
    ]);
  });

  test('of an empty element have nothing inside, at its end', () => {
    expect(rootOf('<doc />').innerRange).toEqual({ start: 7, end: 7 });
    expect(rootOf('<doc></doc>').innerRange).toEqual({ start: 5, end: 5 });
  });

  test('of an attribute hold its name, and its raw value without quotes', () => {
    const root = rootOf(`<doc a = 'x &amp; "y"' b=""/>`);
    expect(root.attributes).toMatchObject([
      { name: 'a', value: 'x & "y"', nameRange: { start: 5, end: 6 }, valueRange: { start: 10, end: 21 } },
      { name: 'b', value: '', nameRange: { start: 23, end: 24 }, valueRange: { start: 26, end: 26 } },
    ]);
  });
});

describe('the value of an attribute', () => {
  test.each([
    ['the five entities of XML', '&amp;&lt;&gt;&quot;&apos;', `&<>"'`],
    ['decimal and hexadecimal references', '&#65;&#x41;&#x1F680;', 'AA🚀'],
    ['a reference to an ampersand once, not twice', '&amp;nbsp;&#38;lt;', '&nbsp;&lt;'],
    ['tabs and line ends as spaces', 'a\tb\nc\r\nd\re', 'a b c d e'],
    ['tabs and line ends that are references as they are', 'a&#9;b&#10;c&#13;d', 'a\tb\nc\rd'],
    ['spaces as they are', '  a  b ', '  a  b '],
    ['what looks like a number as text', '007', '007'],
    ['a sign of greater as it is', 'a > b', 'a > b'],
  ])('reads %s', (_title, raw, expected) => {
    expect(attributeValue(`<doc a="${raw}"/>`)).toBe(expected);
  });

  test.each(['toString', 'hasOwnProperty', 'valueOf', '__defineGetter__', 'xml:lang', 'xmlns:a', 'xmlns'])(
    'is found under the name %s',
    (name) => {
      expect(attributeValue(`<doc ${name}="x"/>`, name)).toBe('x');
      expect(attributeOf(rootOf('<doc/>'), name)).toBeUndefined();
    },
  );
});

describe('text', () => {
  test('is decoded, and kept in order among the elements', () => {
    const { children } = rootOf('<doc> a &lt; b<x/>c<![CDATA[<d> &amp;]]></doc>');
    expect(children.map((child) => (child.kind === 'text' ? child : child.name))).toEqual([
      { kind: 'text', text: ' a < b' },
      'x',
      { kind: 'text', text: 'c' },
      { kind: 'text', text: '<d> &amp;' },
    ]);
  });

  test('of an element is its own, trimmed, without comments and instructions', () => {
    const root = rootOf(messages);
    const list = elementsOf(root)
      .flatMap((lang) => elementsOf(lang))
      .flatMap((group) => elementsOf(group, 'msg'));
    expect(list.map(textOf)).toEqual([
      'Заказать услугу',
      'Здравствуйте, __name__! <Bob & Alice>',
      'заявка|заявки|заявок — __count__',
    ]);
    expect(textOf(rootOf(`<a> x<!-- > -->y<?pi it's "?>z<b>no</b> </a>`))).toBe('xyz');
  });

  test('has its line ends turned into LF', () => {
    expect(textOf(rootOf('<a>one\r\ntwo\rthree</a>'))).toBe('one\ntwo\nthree');
  });
});

describe('a processing instruction', () => {
  test.each([
    ['with one quote', `<?note it's?><doc/>`],
    ['with a quote and a tag', `<?note " <doc> ?><doc/><?end '?>`],
    ['that looks like markup', '<?a <!-- ?><!-- <?b --><doc><![CDATA[<?c]]></doc>'],
    ['that holds its own begin', '<doc><?b <?b?c??></doc>'],
    ['that begins with a question mark', '<?b ?c?><doc/><?b ?>'],
    ['named like a property', '<?__proto__ constructor="x"?><doc/>'],
    ['over lines of CRLF', '<?a\r\n"\r\n?>\r\n<doc\r\nb="c"/>'],
  ])('%s is allowed and ignored', (_title, text) => {
    const root = rootOf(text);
    expect(root.name).toBe('doc');
    expect(root.source.text).toBe(text);
    verifyRanges(root);
  });
});

describe('an element', () => {
  test.each(['toString', 'hasOwnProperty', 'valueOf', '__lookupGetter__', '_', 'a.b-c_d9'])(
    'may be named %s',
    (name) => {
      const [child] = elementsOf(rootOf(`<doc><${name}>x</${name}></doc>`));
      expect(child?.name).toBe(name);
      expect(child && textOf(child)).toBe('x');
    },
  );

  test('gives its children of one name, or all', () => {
    const root = rootOf('<doc><a/>text<b/><a/></doc>');
    expect(elementsOf(root).map(({ name }) => name)).toEqual(['a', 'b', 'a']);
    expect(elementsOf(root, 'a')).toHaveLength(2);
  });
});
