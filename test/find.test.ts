import { describe, expect, test } from 'vitest';
import { finder, findGlob, findPattern, readFind } from '../src/find.ts';

describe('what is looked for', () => {
  test('is one line of whole characters', () => {
    expect(readFind('  a\u0000b\n\tc  ')).toBe('a b c');
    expect(readFind('x\ud83e')).toBe('x\ufffd');
    expect(readFind('и\u0306')).toBe('й');
    expect(readFind('x'.repeat(1000))).toHaveLength(100);
  });

  test.each([
    ['Shop', 'my SHOP.example', true],
    ['ЁЖИК', 'ёжик', true],
    ['straße', 'STRAßE', true],
    ['Σ', 'σ', true],
    ['a.c', 'abc', false],
    ['[ab]', 'a', false],
    ['a+b', 'A+B', true],
    ['\\d', '1', false],
    ['$', 'US$', true],
    ['', 'anything', true],
  ])('%s in %s: %s', (find, text, isFound) => {
    expect(finder(find)(text)).toBe(isFound);
  });

  test('is a pattern in which nothing but the case is left open', () => {
    expect(findPattern('a.b-1')).toBe('[aA]\\.[bB]-1');
    expect(findGlob('a*[?]')).toBe('*[aA][*][[][?]]*');
  });
});
