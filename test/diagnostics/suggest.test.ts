import { describe, expect, test } from 'vitest';
import { nearest, suggest } from '../../src/diagnostics/suggest.ts';

const functions = ['ticket', 'payment', 'account', 'service'];

describe('the nearest name', () => {
  test.each([
    ['one letter is missing', 'tickt', 'ticket'],
    ['two letters are swapped', 'tikcet', 'ticket'],
    ['only the case differs', 'Ticket', 'ticket'],
    ['it is longer by an ending', 'accounts', 'account'],
    ['nothing is near', 'dashboard', undefined],
    ['the word is too short to tell', 'x', undefined],
    ['the word is empty', '', undefined],
    ['the word is endless', 'ticket'.repeat(10_000), undefined],
  ])('is found when %s', (_title, word, expected) => {
    expect(nearest(word, functions)).toBe(expected);
  });

  test('is the first of several that are as near', () => {
    expect(nearest('cat', ['cap', 'car', 'cut'])).toBe('cap');
  });

  test.each([
    ['begins alike', 'cat', ['cut', 'cap'], 'cap'],
    ['has only two letters swapped', 'naem', ['same', 'name'], 'name'],
    ['lacks two letters', 'rodct', ['domain', 'product'], 'product'],
  ])('is the one that %s', (_title, word, known, expected) => {
    expect(nearest(word, known)).toBe(expected);
  });

  test('is none when half of a short word is changed', () => {
    expect(nearest('size', ['list', 'date'])).toBe(undefined);
  });
});

describe('a hint', () => {
  test('names the nearest first, then all that are known', () => {
    expect(suggest('tickt', functions)).toBe('Did you mean "ticket"? Known: account, payment, service, ticket.');
  });

  test('names only the known when none is near', () => {
    expect(suggest('dashboard', functions)).toBe('Known: account, payment, service, ticket.');
  });

  test('shortens a long list', () => {
    const names = Array.from({ length: 22 }, (_, index) => `function${String(index).padStart(2, '0')}`);
    expect(suggest('function3', names)).toBe(
      'Did you mean "function03"? Known: function00, function01, function02, function03, function04, function05, ' +
        'function06, function07, function08, function09 and 12 more.',
    );
  });

  test('is empty when nothing is known', () => {
    expect(suggest('tickt', [])).toBe('');
  });
});
