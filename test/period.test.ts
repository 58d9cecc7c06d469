import { describe, expect, test } from 'vitest';
import { periodOf, periodValues, readDay } from '../src/period.ts';
import type { Scope } from '../src/provider.ts';
import { withParameters } from '../src/query.ts';

const scope = (now: string, zone = 'UTC') => ({ now: new Date(now), zone }) as Scope;

describe('a period', () => {
  test.each([
    ['currentmonth', '2026-03-01', '2026-03-31'],
    ['lastmonth', '2026-02-01', '2026-02-28'],
    ['last3months', '2026-01-01', '2026-03-31'],
    ['last12months', '2025-04-01', '2026-03-31'],
    ['currentyear', '2026-01-01', '2026-12-31'],
    ['lastyear', '2025-01-01', '2025-12-31'],
    ['nolimit', '', ''],
  ] as const)('%s is from %s to %s', (name, start, end) => {
    expect(periodOf(name, scope('2026-03-14T09:26:53Z'))).toEqual({ name, start, end });
  });

  test('is reckoned from the day where the visitor is', () => {
    expect(periodOf('currentmonth', scope('2026-02-28T23:30:00Z', 'Europe/Berlin')).start).toBe('2026-03-01');
    expect(periodOf('currentmonth', scope('2026-03-01T03:00:00Z', 'America/New_York')).start).toBe('2026-02-01');
  });

  test('of two dates is put in order, and may be open at an end', () => {
    const days = { start: '2026-05-01', end: '2026-04-01' };
    expect(periodOf('other', scope('2026-03-14T09:26:53Z'), days)).toMatchObject({
      start: '2026-04-01',
      end: '2026-05-01',
    });
    expect(periodValues({ name: 'other', start: '', end: '2026-05-01' }, 'UTC')).toMatchObject({
      periodstart: '0001-01-01',
      periodend: '2026-05-01',
      perioduntil: '2026-05-02T00:00:00Z',
    });
  });

  test('begins and is over at midnight of its zone, also when the clocks change', () => {
    const values = periodValues({ name: 'other', start: '2026-03-01', end: '2026-03-31' }, 'Europe/Berlin');
    expect(values).toMatchObject({ periodfrom: '2026-02-28T23:00:00Z', perioduntil: '2026-03-31T22:00:00Z' });
  });

  test.each(['2026-02-30', '2026-13-01', '14.03.2026', '', '2026-3-1', "2026-01-01' or '1'='1"])(
    'does not take %j for a day',
    (text) => {
      expect(readDay(text)).toBe('');
    },
  );
});

describe('a query of the family', () => {
  test.each([
    ['day >= [[periodstart]] and x', 'day >= :periodstart and x'],
    ["day >= '[[periodstart]]' and x", 'day >= :periodstart and x'],
    ['a = [[shop.name]]', 'a = :shop__name'],
    ["a = 'text [[name]]' -- [[name]]", "a = 'text [[name]]' -- [[name]]"],
  ])('%s has its parameters at their places', (text, expected) => {
    expect(withParameters(text).replace(/ +/g, ' ').trim()).toBe(expected);
    expect(withParameters(text)).toHaveLength(text.length);
  });
});
