import { describe, expect, test } from 'vitest';
import { comma, isolated, isRightToLeft } from '../src/direction.ts';
import { formatsOf } from '../src/formats.ts';
import { fill } from '../src/messages.ts';

const between = (text: string) => `\u2068${text}\u2069`;

describe('a language', () => {
  test.each(['ar', 'ar-EG', 'he', 'fa', 'ur'])('is written from the right: %s', (language) => {
    expect(isRightToLeft(language)).toBe(true);
  });

  test.each(['en', 'de', 'ru', 'zh', 'arn', ''])('is written from the left: %s', (language) => {
    expect(isRightToLeft(language)).toBe(false);
  });

  test('lists things with its own comma', () => {
    expect(['en', 'he', 'ar', 'fa-IR'].map(comma)).toEqual([', ', ', ', '، ', '، ']);
  });
});

describe('a value in a text', () => {
  test.each(['vm1.example.net', '*.example.org', 'VPS NVMe-4', '€12.50', '2026-03-14 – 2026-04-14', '+49 30 1234'])(
    'from the right keeps together what is from the left: %s',
    (value) => {
      expect(fill('الخدمة: __name__.', 'ar', { name: value })).toBe(`الخدمة: ${between(value)}.`);
    },
  );

  test.each(['الحساب الرئيسي', 'ليلى حداد', '42', ''])('from the right has nothing to keep together in %j', (value) => {
    expect(isolated(value, 'ar')).toBe(value);
  });

  test('from the left keeps together what is from the right', () => {
    expect(fill('“__name__” (__count__)', 'en', { name: 'مثال.شبكة', count: 3 })).toBe(`“${between('مثال.شبكة')}” (3)`);
    expect(isolated('שלום', 'ru')).toBe(between('שלום'));
  });

  test.each(['Alice', 'ковалёв-почта.рф', '例子.中国', '🔥 "Help"'])('from the left is as it is: %s', (value) => {
    expect(isolated(value, 'en')).toBe(value);
  });
});

describe('an amount from the right', () => {
  test('has its sign behind the letters of its currency', () => {
    expect(formatsOf('ar', 'UTC').money(1850, 'USD')).toMatch(/18\.50.US\$\u200e$/);
    expect(formatsOf('ar', 'UTC').money(1850, 'EUR')).toMatch(/18\.50.€$/);
  });
});
