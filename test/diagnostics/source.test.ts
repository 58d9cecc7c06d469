import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineRange, placeAt } from '../../src/diagnostics/source.ts';

const at = (text: string, offset: number) => {
  const { line, column } = placeAt({ path: 'a.xml', text }, offset);
  return `${line}:${column}`;
};

describe('a place', () => {
  test.each([
    ['the first character', 'abc', 0, '1:1'],
    ['the last character', 'abc', 2, '1:3'],
    ['the end of the text', 'abc', 3, '1:4'],
    ['an empty text', '', 0, '1:1'],
    ['a line after LF', 'a\nb', 2, '2:1'],
    ['a line after CRLF', 'a\r\nb', 3, '2:1'],
    ['a line after a lone CR', 'a\rb', 2, '2:1'],
    ['the CR of a CRLF', 'a\r\nb', 1, '1:2'],
    ['an empty line between', 'a\n\nb', 2, '2:1'],
    ['past a final line end', 'a\n', 2, '2:1'],
    ['past a tab, which is one character', '\t\tb', 2, '1:3'],
    ['past Cyrillic letters', 'Заявки x', 7, '1:8'],
    ['past characters of two units', '🚀𝔘x', 4, '1:3'],
    ['the middle of such a character', '🚀x', 1, '1:2'],
    ['on a line after one', '🚀\n🚀x', 5, '2:2'],
    ['before the text', 'abc', -5, '1:1'],
    ['behind the text', 'a\nbc', 99, '2:3'],
  ])('of %s', (_title, text, offset, expected) => {
    expect(at(text, offset)).toBe(expected);
  });

  test('leads back to its offset', () => {
    const pieces = fc.constantFrom('a', 'Я', '🚀', '\t', ' ', '\n', '\r\n', '\r.');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), fc.nat(), (parts, pick) => {
        const text = parts.join('');
        const before = parts.slice(0, parts.length === 0 ? 0 : pick % parts.length);
        const { line, column } = placeAt({ path: 'a.xml', text }, before.join('').length);
        const lines = text.split(/\r\n|\r|\n/);
        const start = [...text.matchAll(/\r\n|\r|\n/g)][line - 2];
        const offset = start ? start.index + start[0].length : 0;
        const prefix = Array.from(lines[line - 1] ?? '').slice(0, column - 1);
        expect(offset + prefix.join('').length).toBe(before.join('').length);
      }),
    );
  });

  test('is found fast in a line of a megabyte', () => {
    const source = { path: 'a.xml', text: 'я'.repeat(1_000_000) };
    const start = performance.now();
    for (let offset = 0; offset < 1_000_000; offset += 100) placeAt(source, offset);
    expect(performance.now() - start).toBeLessThan(200);
  });
});

describe('a line', () => {
  test('excludes its line end, whichever it is', () => {
    const source = { path: 'a.xml', text: 'one\ntwo\r\nthree\rfour' };
    const lines = [1, 2, 3, 4, 5].map((line) => lineRange(source, line));
    expect(lines.map((range) => range && source.text.slice(range.start, range.end))).toEqual([
      'one',
      'two',
      'three',
      'four',
      undefined,
    ]);
  });
});
