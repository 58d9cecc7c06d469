import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parameterNames, writeSelect } from '../../src/database/select.ts';
import { readSelect } from '../../src/database.ts';

const clients = ['sqlite', 'postgres'] as const;
const namesIn = (sql: string, client: (typeof clients)[number] = 'sqlite') => parameterNames(readSelect(sql, client));

describe.each(clients)('a SELECT read for %s', (client) => {
  test.each([
    ['stands for a value', 'select * from ticket where customer_id = :customer', ['customer']],
    ['may come several times', 'select :a, :b, :a', ['a', 'b']],
    ['is no text in quotes', `select ':a', 'it''s :b', ":c" from t where d = :d`, ['d']],
    ['is no remark', 'select 1 -- :a\n, /* :b\n */ :c', ['c']],
    ['ends where its name ends', 'select :a+1, (:b), :c_2::text', ['a', 'b', 'c_2']],
  ])('has a parameter that %s', (_, sql, names) => {
    expect(namesIn(sql, client)).toEqual(names);
  });

  test.each([
    ['a second statement', 'select 1; delete from ticket', 'delete'],
    ['a parenthesis too many', 'select (1))', ')'],
    ['a way out of the parentheses around it', 'select 1) union select (2', ')'],
    ['a parenthesis too few', 'select (1', '('],
    ['a string without an end', "select 'one", "'"],
    ['a remark without an end', 'select 1 /* one', '/*'],
  ])('is refused for %s', (_, sql, near) => {
    expect(readSelect(sql, client).problem).toMatchObject({ near });
  });

  test('may end with a semicolon and a remark', () => {
    const select = readSelect('select 1 ; -- that is all\n', client);
    expect(select).toMatchObject({ text: 'select 1 ', problem: undefined });
  });

  test('says where each parameter stands', () => {
    const sql = 'select :first,\n  :second';
    const { parameters } = readSelect(sql, client);
    expect(parameters.map(({ start, end }) => sql.slice(start, end))).toEqual([':first', ':second']);
  });

  test('is the same text again when its parameters are written as they were, whatever it is', () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      '`',
      '[',
      ']',
      '$',
      '$$',
      '$a$',
      ':',
      '::',
      ':a',
      '--',
      '\n',
      '/*',
      '*/',
      '?',
      ';',
      '(',
      ')',
      "E'",
      '\\',
      'x',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const sql = pieces.join('');
        const select = readSelect(sql, client);
        expect(`${writeSelect(select, (name) => `:${name}`)}`).toBe(`${select.text}\n`);
        expect(sql.startsWith(select.text)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a SELECT', () => {
  test('has brackets around names on SQLite, and around indexes on PostgreSQL', () => {
    expect(namesIn('select [:a], :b', 'sqlite')).toEqual(['b']);
    expect(namesIn('select list[:a], :b', 'postgres')).toEqual(['a', 'b']);
  });

  test('may hold text in dollars and with backslashes on PostgreSQL', () => {
    expect(namesIn(`select $$ :a $$, $x$ :b $$ $x$, E'\\' :c', e'it''s', :d`, 'postgres')).toEqual(['d']);
  });

  test('may ask with a question mark on PostgreSQL, where that is an operator', () => {
    expect(readSelect(`select tags ? 'a'`, 'postgres').problem).toBeUndefined();
  });

  test.each(['?', '?1', '@a', '$a', ':1'])('does not bind by %s on SQLite, past its names', (token) => {
    expect(readSelect(`select ${token}`, 'sqlite').problem).toMatchObject({ near: token });
  });

  test('does not bind by number on PostgreSQL', () => {
    expect(readSelect('select $1', 'postgres').problem).toMatchObject({ near: '$1' });
  });
});
