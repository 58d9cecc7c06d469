import { describe, expect, test } from 'vitest';
import { limitsPattern, readLimits, xmlLimits } from '../../src/xml/limits.ts';
import { readXml } from '../../src/xml/read.ts';
import { addressIn } from './verify.ts';

const attributes = (count: number) => Array.from({ length: count }, (_, index) => ` a${index}="x"`).join('');

function problemOf(text: string) {
  const { root, source, problems } = readXml('a.xml', Buffer.from(text));
  expect(root).toBeUndefined();
  expect(problems).toHaveLength(1);
  const [problem] = problems;
  if (!problem) throw new Error('no problem');
  const { code, message, range } = problem;
  return { code, message, address: addressIn(source, range.start), marked: source.text.slice(range.start, range.end) };
}

describe('a document within the limits is read with', () => {
  test.each([
    ['64 levels', `${'<a>'.repeat(64)}${'</a>'.repeat(64)}`],
    ['20,000 elements', `<a>${'<b/>'.repeat(19_999)}</a>`],
    ['64 attributes', `<a${attributes(64)}/>`],
    ['a value of 64 KiB', `<a b="${'я'.repeat(65_536)}"/>`],
    ['a text of 256 KiB', `<a>${'x'.repeat(262_144)}</a>`],
    ['a megabyte', `<a>${`<b>${'x'.repeat(262_000)}</b>`.repeat(4)}</a>`],
  ])('%s', (_title, text) => {
    expect(readXml('a.xml', Buffer.from(text)).problems).toEqual([]);
  });
});

describe('a document is refused that', () => {
  test.each([
    [
      'is nested deeper',
      `${'<a>'.repeat(64)}<deep/>`,
      '1:194',
      'deep',
      'The elements are nested deeper than 64 levels',
    ],
    [
      'has more elements',
      `<a>\n${'<b/>'.repeat(19_999)}\n<c/></a>`,
      '3:2',
      'c',
      'The file has more than 20000 elements',
    ],
    [
      'has more attributes',
      `<a${attributes(64)}\n last="x"/>`,
      '2:2',
      'last',
      'The element "a" has more than 64 attributes',
    ],
    [
      'has a longer value',
      `<a>\n<b x="" title="${'я'.repeat(65_537)}"/></a>`,
      '2:9',
      'title',
      'The value of attribute "title" is 65537 characters long, the limit is 65536',
    ],
    [
      'has a longer text',
      `<a>\n<b>${'x'.repeat(262_145)}</b></a>`,
      '2:2',
      'b',
      'The text in "b" is 262145 characters long, the limit is 262144',
    ],
    [
      'has a longer CDATA section',
      `<a><![CDATA[${'x'.repeat(262_145)}]]></a>`,
      '1:2',
      'a',
      'The text in "a" is 262145 characters long, the limit is 262144',
    ],
  ])('%s', (_title, text, address, marked, message) => {
    expect(problemOf(text)).toEqual({ code: 'too-large', message, address, marked });
  });

  test('has more bytes, without being decoded', () => {
    const { source, problems } = readXml('a.xml', Buffer.alloc(1_048_577, ' '));
    expect(source.text).toBe('');
    expect(problems[0]).toMatchObject({
      code: 'too-large',
      message: 'The file is 1048577 bytes long, the limit is 1048576',
    });
  });

  test('goes beyond a limit of its reader', () => {
    const { problems } = readXml('a.xml', Buffer.from('<a><b/></a>'), { ...xmlLimits, depth: 1 });
    expect(problems[0]?.message).toBe('The elements are nested deeper than 1 levels');
  });
});

describe('the setting of limits', () => {
  test.each([
    ['bytes=4M', { bytes: 4_194_304 }],
    ['depth=100 elements=50000', { depth: 100, elements: 50_000 }],
    ['attributes=100  value=128K text=1M', { attributes: 100, attributeLength: 131_072, textLength: 1_048_576 }],
  ])('changes some and keeps the others: %s', (text, changed) => {
    expect(text).toMatch(new RegExp(limitsPattern));
    expect(readLimits(text)).toEqual({ ...xmlLimits, ...changed });
  });

  test.each(['', 'bytes', 'bytes=0', 'bytes=4G', 'depth=1000', 'depth=1K', 'size=4M', 'bytes=4M,depth=8'])(
    'is refused as "%s"',
    (text) => {
      expect(text).not.toMatch(new RegExp(limitsPattern));
    },
  );

  test('allows what it says, up to the deepest', () => {
    const text = `${'<a>'.repeat(999)}${'</a>'.repeat(999)}`;
    expect(readXml('a.xml', Buffer.from(text), readLimits('depth=999')).problems).toEqual([]);
    expect(readXml('a.xml', Buffer.from(`<a>${text}</a>`), readLimits('depth=999')).problems).toHaveLength(1);
  });
});

describe('a document type', () => {
  test.each([
    ['at the start', '<!DOCTYPE doc>\n<doc/>', '1:1'],
    ['behind a comment', '<!-- x -->\n  <!DOCTYPE doc SYSTEM "file:///etc/passwd">\n<doc/>', '2:3'],
    ['in small letters', '<!doctype html>\n<doc/>', '1:1'],
    ['that is broken', '<!DOCTYPE doc [', '1:1'],
    ['inside the root element', '<doc>\n<!DOCTYPE doc></doc>', '2:1'],
  ])('%s is refused', (_title, text, address) => {
    expect(problemOf(text)).toMatchObject({ code: 'doctype', message: 'A DOCTYPE is not allowed', address });
  });
});
