import { describe, expect, test } from 'vitest';
import { placeInQuery } from '../src/query-place.ts';

describe('the place of a word in a query', () => {
  test.each([
    ['a whole word, not a part of one', 'select names, name from t', 'name', 14],
    ['outside of strings and comments', "select 'nam', /* nam */ nam -- nam", 'nam', 24],
    ['whatever its case', 'select id FORM t', 'form', 10],
    ['a word with its table before it', 'select s.nam from s', 's.nam', 7],
    ['a word of which only the part behind the dot is named', 'select s.nam from s', 'nam', 9],
    ['a word that is no word', 'select id from t where id = @customer', '@customer', 28],
    ['a parenthesis that is never closed', 'select (a), (b from t where c in (1)', '(', 12],
    ['a parenthesis that was not opened', 'select (a), b) from t', ')', 13],
    ['a string that never ends', "select 'a from t", "'", 7],
  ])('is %s', (_, text, near, at) => {
    expect(placeInQuery(text, near)).toEqual({ at, length: near.length });
  });

  test('is the whole query when the word is not in it, or there is none', () => {
    expect(placeInQuery('select id', 'expiry')).toEqual({ at: 0, length: 9 });
    expect(placeInQuery('select id', undefined)).toEqual({ at: 0, length: 9 });
  });
});
