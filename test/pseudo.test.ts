import { describe, expect, test } from 'vitest';
import { createMessages, fill } from '../src/messages.ts';
import { PSEUDO, pseudo, withPseudo } from '../src/pseudo.ts';

describe('a text in the pseudo-language', () => {
  test.each([
    ['Sign in', '[Šíĝñ íñ one]'],
    ['__first__–__last__ of __total__', '[__first__–__last__ óf __total__ one]'],
    ['Read <a href="/help">this</a>', '[Ŕéáđ <a href="/help">ţĥíš</a> one]'],
    ['[Write to us](/form/ticket.new) now', '[[Ŵŕíţé ţó úš](/form/ticket.new) ñóŵ one two]'],
    ['__count__&#160;day|__count__&#160;days', '[__count__&#160;đáý one]|[__count__&#160;đáýš one]'],
  ])('has accents, brackets and more length: %s', (text, expected) => {
    expect(pseudo(text)).toBe(expected);
  });

  test.each(['–', '', '12', '__name__', '100 %', '&#160;'])(
    'is the same when there is nothing to read in it: %j',
    (text) => {
      expect(pseudo(text)).toBe(text);
    },
  );

  test.each([1, 5, 20, 80, 200])('is at least two fifths longer: %d letters', (length) => {
    expect(pseudo('a'.repeat(length)).length).toBeGreaterThanOrEqual(length * 1.4);
  });

  test('keeps the space behind it outside', () => {
    expect(pseudo('by ')).toBe('[ƀý one] ');
  });

  test('has its values as it would have them', () => {
    expect(fill(pseudo('__count__ ticket|__count__ tickets'), PSEUDO, { count: 1200 })).toBe('[1,200 ţíçķéţš one]');
  });
});

describe('the texts with the pseudo-language', () => {
  const group = (texts: Record<string, string>) => new Map([['page', new Map(Object.entries(texts))]]);
  const messages = withPseudo(
    createMessages(
      new Map([
        ['en', group({ home: 'Home' })],
        ['ru', group({ home: 'Главная' })],
      ]),
    ),
  );

  test('have it last', () => {
    expect(messages.languages).toEqual(['en', 'ru', PSEUDO]);
  });

  test('are those of the default language in it', () => {
    expect(messages.text(PSEUDO, 'page', 'home')).toBe('[Ĥóɱé one]');
    expect(messages.has(PSEUDO, 'page', 'home')).toBe(true);
    expect(messages.has(PSEUDO, 'page', 'other')).toBe(false);
    expect(messages.text(PSEUDO, 'page', 'other')).toBeUndefined();
    expect(messages.text('ru', 'page', 'home')).toBe('Главная');
  });
});
