import { describe, expect, test } from 'vitest';
import { frame } from '../../src/diagnostics/frame.ts';

function framed(text: string, marked: string): string[] {
  const start = text.indexOf(marked);
  return frame({ path: 'a.xml', text }, { start, end: start + marked.length }).split('\n');
}

describe('a frame', () => {
  test('shows the line with a mark under the range, and one line before and after', () => {
    const text = '<doc>\n  </block>\n  <block func="tickt" rows="5">\n    <col/>\n</doc>';
    expect(framed(text, 'tickt')).toEqual([
      '   2 |   </block>',
      ' > 3 |   <block func="tickt" rows="5">',
      '     |                ^^^^^',
      '   4 |     <col/>',
    ]);
  });

  test('has no line before the first and none after the last', () => {
    expect(framed('<doc/>', 'doc')).toEqual([' > 1 | <doc/>', '     |  ^^^']);
  });

  test('aligns line numbers of different lengths', () => {
    const text = `${'\n'.repeat(8)}nine\nten`;
    expect(framed(text, 'nine')).toEqual(['    8 |', ' >  9 | nine', '      | ^^^^', '   10 | ten']);
  });

  test('draws a tab as four spaces', () => {
    expect(framed('\t<a\tb="x"/>', 'x')).toEqual([' > 1 |     <a    b="x"/>', '     |              ^']);
  });

  test.each([
    ['letters of one column', 'Ящик "x"', '         ^'.slice(3)],
    ['letters of two columns', '日本 "x"', '      ^'],
    ['signs drawn by two columns', '🚀 "x"', '    ^'],
    ['accents that take no column', 'e\u0301e\u0301 "x"', '    ^'],
  ])('counts %s before the mark', (_title, text, mark) => {
    expect(framed(text, 'x')).toEqual([` > 1 | ${text}`, `     | ${mark}`]);
  });

  test('marks as wide as the text under it', () => {
    expect(framed('a="日本"', '日本')).toEqual([' > 1 | a="日本"', '     |    ^^^^']);
  });

  test('keeps right-to-left letters in the order of the file, as the mark counts them', () => {
    expect(framed('a="שלום" b', 'b')).toEqual([' > 1 | \u202da="שלום" b\u202c', '     |          ^']);
  });

  test('marks only the first line of several', () => {
    const text = '<a>\n<block\n  name="x">\n</block>';
    expect(framed(text, '<block\n  name="x">')).toEqual([
      '   1 | <a>',
      ' > 2 | <block',
      '     | ^^^^^^',
      '   3 |   name="x">',
    ]);
  });

  test('marks one column where a range is empty', () => {
    expect(frame({ path: 'a.xml', text: 'ab' }, { start: 2, end: 2 }).split('\n')).toEqual([' > 1 | ab', '     |   ^']);
  });

  test('keeps line ends of every kind out', () => {
    expect(framed('one\r\ntwo\rthree', 'two')).toEqual(['   1 | one', ' > 2 | two', '     | ^^^', '   3 | three']);
  });

  test('makes signs that would drive a terminal visible', () => {
    expect(framed('\u001b[2J\u0007 \u009b1m \u202ex', 'x')).toEqual([
      ' > 1 | \u241b[2J\u2407 \ufffd1m \ufffdx',
      '     |            ^',
    ]);
  });

  test('is empty for an empty text', () => {
    expect(frame({ path: 'a.xml', text: '' }, { start: 0, end: 0 })).toBe('');
  });
});

describe('a long line', () => {
  const long = 'я'.repeat(60_000);

  test('is cut around the range', () => {
    const lines = framed(`<a title="${long}" func="tickt" b="${long}"/>`, 'tickt');
    expect(lines).toEqual([
      ` > 1 | …${'я'.repeat(32)}" func="tickt" b="${'я'.repeat(70)}…`,
      `     | ${' '.repeat(41)}^^^^^`,
    ]);
  });

  test('is cut behind the range when that is at its start', () => {
    const lines = framed(`<a title="${long}"/>`, 'title');
    expect(lines).toEqual([` > 1 | <a title="${'я'.repeat(110)}…`, '     |    ^^^^^']);
  });

  test('is marked as far as it is shown', () => {
    const [line = '', mark = ''] = framed(`<a title="${long}"/>`, long);
    expect(line.endsWith('я…')).toBe(true);
    expect(mark).toBe(`     | ${' '.repeat(10)}${'^'.repeat(110)}`);
  });

  test('is cut between characters, never within one', () => {
    for (let before = 0; before < 4; before++) {
      const lines = framed(`${'a'.repeat(before)}${'🚀'.repeat(200)}x${'🚀'.repeat(200)}`, 'x');
      expect(lines.join('')).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
    }
  });

  test('beside the marked one is cut at its end', () => {
    const lines = framed(`${long}\n<a/>\n${long}`, '<a/>');
    expect(lines[0]).toBe(`   1 | ${'я'.repeat(120)}…`);
    expect(lines[3]).toBe(`   3 | ${'я'.repeat(120)}…`);
  });
});
