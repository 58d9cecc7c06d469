import { describe, expect, test } from 'vitest';
import type { ColumnKind } from '../src/column.ts';
import * as columns from '../src/columns/index.ts';
import { formatsOf } from '../src/formats.ts';
import type { Column, Row } from '../src/provider.ts';

const formats = formatsOf('en', 'UTC');
const now = new Date('2026-03-14T09:26:53Z');

/** The cell of a kind, for rows of the fields `value`, `used` and `limit`. */
function cellOf(
  kind: ColumnKind,
  change: Partial<Column> = {},
  message: (key: string) => string | undefined = () => undefined,
) {
  const column = { name: 'value', props: [], ...change } as unknown as Column;
  const fields = ['value', 'used', 'limit', 'flag'];
  const cell = kind.cell({ column, at: 0, index: (field) => fields.indexOf(field), message });
  return {
    text: (...row: Row) => cell.text(row, formats, now),
    value: (name: string, ...row: Row) => cell.values?.[name]?.(row, formats, now),
    test: (name: string, ...row: Row) => cell.tests?.[name]?.(row, formats, now),
    mark: (...row: Row) => cell.mark?.(row, formats, now),
  };
}

describe('an indicator', () => {
  test('says how much of its limit is used, from two fields or from its text', () => {
    const fields = cellOf(columns.indicator, { used: 'used', limit: 'limit' });
    expect(fields.text(null, 1500, 3000)).toBe('1,500 / 3,000');
    expect(fields.value('share', null, 1500, 3000)).toBe('50');
    expect(cellOf(columns.indicator).text('5 / 10')).toBe('5 / 10');
    expect(cellOf(columns.indicator, { view: 'brackets' }).text('5/10')).toBe('50% (5 / 10)');
  });

  test.each([
    ['79 / 100', false, false],
    ['80 / 100', true, false],
    ['100 / 100', true, true],
    ['140 / 100', true, true],
  ])('says that %s is near to its limit, or at it', (text, isNear, isFull) => {
    const cell = cellOf(columns.indicator);
    expect([cell.test('near', text), cell.test('full', text)]).toEqual([isNear, isFull]);
    expect(Number(cell.value('share', text))).toBeLessThanOrEqual(100);
  });

  test.each([
    [null, ''],
    ['', ''],
    ['much', ''],
    [42, '42'],
    ['42 / 0', '42'],
    ['42 / -', '42'],
  ])('is a number, or nothing, without a limit: %s', (value, text) => {
    const cell = cellOf(columns.indicator);
    expect([cell.text(value), cell.test('limited', value)]).toEqual([text, false]);
  });
});

describe('a list in a cell', () => {
  test.each([
    ['a, b,, c', 'a\nb\nc'],
    ['a\nb, c', 'a\nb, c'],
    ['["a","b, c"]', 'a\nb, c'],
    ['[broken', '[broken'],
    [null, ''],
  ])('has each value in a line: %j', (value, text) => {
    expect(cellOf(columns.list).text(value)).toBe(text);
  });
});

describe('a card', () => {
  test('has a first line, and more', () => {
    const cell = cellOf(columns.card);
    expect(cell.text('VPS 2\n2 CPU, 4 GB\n Riga ')).toBe('VPS 2');
    expect(cell.value('rest', 'VPS 2\n2 CPU, 4 GB\n Riga ')).toBe('2 CPU, 4 GB\nRiga');
    expect([cell.test('more', 'VPS 2'), cell.test('more', 'VPS\n2')]).toEqual([false, true]);
  });
});

describe('an xprop', () => {
  const rule = (name: string, value: string) => ({ name, value, on: 'p-on', off: undefined, animated: false });

  test('marks a text with what the row has, so that equal cells are drawn once', () => {
    const cell = cellOf(columns.text, { props: [rule('flag', 'on')] });
    expect(cell.mark('a', null, null, 'on')).not.toBe(cell.mark('a', null, null, 'off'));
  });

  test('is named by its message, in a column of icons', () => {
    const texts: Record<string, string> = { hint_p_flag_off: 'Switched off', flag_on: 'Runs' };
    const cell = cellOf(columns.flag, { props: [rule('flag', 'on'), rule('flag', 'off')] }, (key) => texts[key]);
    expect(cell.text(null, null, null, 'off')).toBe('Switched off');
    expect(cell.text(null, null, null, 1)).toBe('Runs');
    expect(cell.text(null, null, null, 'other')).toBe('');
  });
});
