import { describe, expect, test } from 'vitest';
import { levelTest, readLevel } from '../src/level.ts';

const EVERYBODY = Array.from({ length: 32 }, (_, level) => level);
/** The staff of generation 4; that of later ones begins at 29. */
const STAFF = EVERYBODY.filter((level) => level >= 7 && level < 16);
const from = (first: number) => EVERYBODY.filter((level) => level >= first);

describe('an access level', () => {
  test.each([
    [undefined, EVERYBODY],
    ['all', EVERYBODY],
    ['registered', from(1)],
    ['0+', EVERYBODY],
    ['nobody+', EVERYBODY],
    ['5', [5]],
    ['05', [5]],
    ['31', [31]],
    ['6 7', [6, 7]],
    [' 6\t7\n', [6, 7]],
    ['6+', from(6)],
    ['user', [5, 16]],
    ['reseller', [6, 24]],
    ['admin', [7, 29]],
    ['super', [30]],
    ['nobody', [0]],
    ['user+', from(5)],
    ['admin+', [...STAFF, ...from(29)]],
    ['nobody admin+', [0, ...STAFF, ...from(29)]],
    ['5 registered', from(1)],
  ])('lets in who it names: %j', (text, levels) => {
    const isIn = readLevel(text);
    expect(isIn).toBeDefined();
    expect(EVERYBODY.filter((level) => isIn?.(level))).toEqual(levels);
  });

  test.each([
    '',
    ' ',
    '32',
    '100',
    '-1',
    '5.5',
    '5,7',
    '+5',
    '5 +',
    '5++',
    'all+',
    'registered+',
    'User',
    'owner',
    '5 owner',
    'constructor',
    'toString+',
    '__proto__',
  ])('is none, and lets nobody in: %j', (text) => {
    expect(readLevel(text)).toBeUndefined();
    expect(EVERYBODY.filter(levelTest(text))).toEqual([]);
  });

  test('may have the names of a host application', () => {
    const isIn = readLevel('super', { super: 30 });
    expect(EVERYBODY.filter((level) => isIn?.(level))).toEqual([30]);
    expect(readLevel('user', { super: 30 })).toBeUndefined();
  });
});
