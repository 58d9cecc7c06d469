import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { XmlElement } from '../../src/xml/node.ts';
import { readXml } from '../../src/xml/read.ts';
import { samples } from './samples.ts';
import { verifyRanges } from './verify.ts';

/** Reads a text, and fails unless it is either a whole tree or one problem at a place of the text. */
function readAnything(bytes: Uint8Array): void {
  const { root, source, problems } = readXml('a.xml', bytes);
  if (root) {
    expect(problems).toEqual([]);
    expect(root.range.end).toBeLessThanOrEqual(source.text.length);
    verifyRanges(root);
    return;
  }
  expect(problems).toHaveLength(1);
  const [problem] = problems;
  for (const { range } of [problem, ...(problem?.related ?? [])].filter((place) => place !== undefined)) {
    expect(range.start).toBeGreaterThanOrEqual(0);
    expect(range.end).toBeGreaterThanOrEqual(range.start);
    expect(range.end).toBeLessThanOrEqual(source.text.length);
  }
  expect(problem?.message).not.toMatch(/\.$|[\r\n]|not well-formed here|Two readers/);
}

const sample = fc.constantFrom(...samples);
const signs = `< > & " ' / = ; - -- ! ? [ ] ]]> : <!-- --> <![CDATA[ <? ?> </ /> <!DOCTYPE <a> </a> <a/> &amp; &#65; &nbsp;`;
const oddities = 'a 1 . Я 🚀 “ · \ufeff \u0001 \ufffe \u200b \u0085 \u2028 &#0; &lt &#x xml: b="c" <?xml';
const mark = fc.constantFrom(' ', '\n', '\t', '\r', '\r\n', ' b="c"', ...signs.split(' '), ...oddities.split(' '));

describe('the reader never throws, and says one thing at a time,', () => {
  test('of a document that is cut anywhere', () => {
    for (const text of samples) {
      for (let length = 0; length < text.length; length++) readAnything(Buffer.from(text.slice(0, length)));
    }
  });

  test('of a document that lacks one character anywhere', () => {
    for (const text of samples) {
      for (let at = 0; at < text.length; at += 3) readAnything(Buffer.from(text.slice(0, at) + text.slice(at + 1)));
    }
  });

  test('of a document with a few marks out of place', () => {
    const slip = fc.record({ at: fc.nat(), removed: fc.constantFrom(0, 1, 1, 7), mark: fc.option(mark, { nil: '' }) });
    fc.assert(
      fc.property(sample, fc.array(slip, { minLength: 1, maxLength: 3 }), (text, slips) => {
        const damaged = slips.reduce((before, { at, removed, mark: put }) => {
          const start = at % (before.length + 1);
          return before.slice(0, start) + put + before.slice(start + removed);
        }, text);
        readAnything(Buffer.from(damaged));
      }),
      { numRuns: 2000 },
    );
  });

  test('of a document with one byte changed', () => {
    fc.assert(
      fc.property(sample, fc.nat(), fc.nat(255), (text, at, byte) => {
        const bytes = Buffer.from(text);
        bytes[at % bytes.length] = byte;
        readAnything(bytes);
      }),
      { numRuns: 1000 },
    );
  });

  test('of bytes and marks in any order', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), readAnything));
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 40 }), (marks) => readAnything(Buffer.from(marks.join('')))),
      { numRuns: 2000 },
    );
  });
});

/** An element before it is written down, and what it should be read as. */
interface Written {
  readonly xml: string;
  readonly shape: unknown;
}

const name = fc
  .stringMatching(/^[A-Za-z_][\w.-]{0,8}$/)
  .filter((word) => !/^(__proto__|constructor|prototype)$/.test(word));
const character = fc
  .oneof(
    fc.constantFrom('a', 'b', '1', ' ', 'Я', 'ё', '\t', '\n', '\u0085', '日', '🚀', '&', '<', '>', '"', "'"),
    fc.nat(0x10ffff).map((code) => codePoint(code)),
  )
  .filter((text) => /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]$/u.test(text));
const space = fc.constantFrom(' ', '\n', '\r\n\t', '  ');

function codePoint(code: number): string {
  return code >= 0xd800 && code <= 0xdfff ? 'x' : String.fromCodePoint(code);
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const writtenCharacter = fc.tuple(character, fc.nat(2)).map(([text, way]) => {
  const code = text.codePointAt(0) ?? 0;
  if (way === 0) return { xml: `&#${code};`, text };
  if (way === 1 || /[\t\n\r]/.test(text)) return { xml: `&#x${code.toString(16)};`, text };
  return { xml: references[text] ?? text, text };
});
const writtenText = fc.array(writtenCharacter, { maxLength: 12 }).map((list) => ({
  xml: list.map(({ xml }) => xml).join(''),
  text: list.map(({ text }) => text).join(''),
}));
const attribute = fc.record({
  name,
  value: writtenText,
  quote: fc.constantFrom('"', "'"),
  before: space,
  around: fc.constantFrom('', ' ', '\n'),
});
const attributes = fc.uniqueArray(attribute, { maxLength: 5, selector: (one) => one.name }).map((list) => ({
  xml: list
    .map(
      ({ name: key, value, quote, before, around }) => `${before}${key}${around}=${around}${quote}${value.xml}${quote}`,
    )
    .join(''),
  shape: list.map(({ name: key, value }) => [key, value.text]),
}));
const aside = fc.constantFrom('', '', '<!-- a <b> & c -->', '<?pi it\'s "?>', '<![CDATA[]]>');

const { element } = fc.letrec<{ element: Written; child: Written }>((tie) => ({
  element: fc
    .record({
      name,
      attributes,
      children: fc.array(tie('child'), { maxLength: 4 }),
      space: fc.constantFrom('', ' ', '\r\n'),
      aside,
    })
    .map(({ name: tag, attributes: own, children, space: gap, aside: end }) => {
      const inner = children.map(({ xml }) => xml).join('') + end;
      const xml = inner === '' ? `<${tag}${own.xml}${gap}/>` : `<${tag}${own.xml}${gap}>${inner}</${tag}${gap}>`;
      return { xml, shape: [tag, own.shape, merged(children.map(({ shape }) => shape))] };
    }),
  child: fc.oneof(
    { maxDepth: 5 },
    writtenText.map(({ xml, text }) => ({ xml, shape: text })),
    tie('element'),
  ),
}));

function merged(children: readonly unknown[]): unknown[] {
  const result: unknown[] = [];
  for (const child of children) {
    const last = result.at(-1);
    if (typeof child === 'string' && typeof last === 'string') result[result.length - 1] = last + child;
    else result.push(child);
  }
  return result.filter((child) => child !== '');
}

function shapeOf(one: XmlElement): unknown {
  const children = one.children.map((child) => (child.kind === 'text' ? child.text : shapeOf(child)));
  return [one.name, one.attributes.map((own) => [own.name, own.value]), merged(children)];
}

test('the reader gives back what was written, with its places, however it was written', () => {
  fc.assert(
    fc.property(
      element,
      aside.filter((text) => !text.startsWith('<![')),
      ({ xml, shape }, before) => {
        const { root, problems } = readXml('a.xml', Buffer.from(`${before}${xml}`));
        expect(problems).toEqual([]);
        if (!root) return;
        expect(shapeOf(root)).toEqual(shape);
        verifyRanges(root);
      },
    ),
    { numRuns: 800 },
  );
});
