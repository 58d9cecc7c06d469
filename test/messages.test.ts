import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PACKAGE } from '../src/content.ts';
import { createMessages, fill } from '../src/messages.ts';
import { pluralForms } from '../src/plural.ts';

const STRIP = 'В содержимом __count__ ошибка.|В содержимом __count__ ошибки.|В содержимом __count__ ошибок.';
const ARABIC = 'لا تذاكر|تذكرة|تذكرتان|__count__ تذاكر|__count__ تذكرةً|__count__ تذكرة';
const ENGLISH = '__count__ problem.|__count__ problems.';

describe('a text', () => {
  test.each([
    [1, '1 ошибка'],
    [2, '2 ошибки'],
    [4, '4 ошибки'],
    [5, '5 ошибок'],
    [0, '0 ошибок'],
    [11, '11 ошибок'],
    [12, '12 ошибок'],
    [21, '21 ошибка'],
    [104, '104 ошибки'],
    [111, '111 ошибок'],
    [1001, '1\u00a0001 ошибка'],
  ])('has the plural form that Russian wants: %d', (count, words) => {
    expect(fill(STRIP, 'ru', { count })).toBe(`В содержимом ${words}.`);
  });

  test.each([
    [0, '0 problems.'],
    [1, '1 problem.'],
    [2, '2 problems.'],
    [1001, '1,001 problems.'],
  ])('has the plural form that English wants: %d', (count, words) => {
    expect(fill(ENGLISH, 'en', { count })).toBe(words);
  });

  test.each([
    [0, 'لا تذاكر'],
    [1, 'تذكرة'],
    [2, 'تذكرتان'],
    [3, '3 تذاكر'],
    [10, '10 تذاكر'],
    [11, '11 تذكرةً'],
    [99, '99 تذكرةً'],
    [100, '100 تذكرة'],
    [102, '102 تذكرة'],
    [103, '103 تذاكر'],
    [1111, '1,111 تذكرةً'],
  ])('has the plural form that Arabic wants: %d', (count, words) => {
    expect(fill(ARABIC, 'ar', { count })).toBe(words);
  });

  test.each([
    ['cs', 'jeden|dva|pět', ['pět', 'jeden', 'dva', 'pět']],
    ['he', 'אחד|שניים|רבים', ['רבים', 'אחד', 'שניים', 'רבים']],
    ['ja', '__count__個', ['0個', '1個', '2個', '5個']],
    ['sl', 'ena|dve|tri|pet', ['pet', 'ena', 'dve', 'pet']],
  ])('has the forms of its language in the order of Unicode: %s', (language, text, words) => {
    expect([0, 1, 2, 5].map((count) => fill(text, language, { count }))).toEqual(words);
  });

  test('in two forms has one and all others, whatever the language', () => {
    expect([0, 1, 2, 7].map((count) => fill(ENGLISH, 'ar', { count }))).toEqual([
      '0 problems.',
      '1 problem.',
      '2 problems.',
      '7 problems.',
    ]);
  });

  test('keeps its bars when it is not counted', () => {
    expect(fill('a|b', 'en', {})).toBe('a|b');
    expect(fill('__first__|__last__', 'en', { first: 1, last: 2 })).toBe('1|2');
  });

  test('has its values in their places, each as often as it is named', () => {
    expect(fill('__first__–__last__ of __total__, __first__', 'en', { first: 1, last: 25, total: 1200 })).toBe(
      '1–25 of 1,200, 1',
    );
  });

  test.each(['__nobody__', '__constructor__', '__toString__', '__proto__', '____', '__ x __', '_x_'])(
    'keeps what no value is given for: %s',
    (text) => {
      expect(fill(text, 'en', { count: 1 })).toBe(text);
    },
  );

  test('takes a value as it is, placeholders in it included', () => {
    expect(fill('“__what__” cannot be shown', 'en', { what: '__count__ $& <b>' })).toBe(
      '“__count__ $& <b>” cannot be shown',
    );
  });
});

describe('the manual of texts', () => {
  const rows = readFileSync(join(PACKAGE, 'layouts/README.md'), 'utf8').matchAll(
    /^\| ((?:`[a-z]{2}`(?:, )?)+) \| `([a-z\\|]+)` \| `(.*)` \|$/gm,
  );
  const forms = [...rows].flatMap(([, languages = '', names = '', example = '']) =>
    [...languages.matchAll(/[a-z]{2}/g)].map(([language]) => [language, names, example] as const),
  );

  test('has a table of forms', () => {
    expect(forms.length).toBeGreaterThan(10);
  });

  test.each(forms)('names the forms of %s as they are', (language, names, example) => {
    expect(pluralForms(language)).toEqual(names.split('\\|'));
    expect(example.split('\\|')).toHaveLength(names.split('\\|').length);
  });
});

describe('the texts', () => {
  const group = (texts: Record<string, string>) => new Map(Object.entries(texts));
  const messages = createMessages(
    new Map([
      ['ru', new Map([['ticket', group({ title: 'Запросы' })]])],
      [
        'en',
        new Map([
          ['ticket', group({ title: 'Tickets', subject: 'Subject' })],
          ['common', group({ status: 'Status', title: 'List' })],
        ]),
      ],
      ['de', new Map()],
    ]),
  );

  test('come in the language, else in the default one', () => {
    expect(messages.text('ru', 'ticket', 'title')).toBe('Запросы');
    expect(messages.text('ru', 'ticket', 'subject')).toBe('Subject');
    expect(messages.text('xx', 'ticket', 'title')).toBe('Tickets');
    expect(messages.text('en', 'ticket', 'nothing')).toBeUndefined();
  });

  test('come from their own group before the common one', () => {
    expect(messages.text('en', 'ticket', 'title')).toBe('Tickets');
    expect(messages.text('en', 'ticket', 'status')).toBe('Status');
    expect(messages.text('en', 'service', 'title')).toBe('List');
  });

  test('say what a language has of its own', () => {
    expect(messages.has('ru', 'ticket', 'title')).toBe(true);
    expect(messages.has('ru', 'ticket', 'subject')).toBe(false);
  });

  test('name the default language first', () => {
    expect(messages.languages).toEqual(['en', 'de', 'ru']);
  });
});
