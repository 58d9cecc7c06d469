import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownPath } from '../../src/server/own-address.ts';

const SITE = 'https://panel.example.com';

describe('a path to go on to', () => {
  test.each(['/', '/home', '/list/ticket?page=2&sort=-id', '/form/service.renew?elid=1#top', '/signing', '/%5cevil'])(
    'is %j as it is',
    (path) => expect(ownPath(path)).toBe(path),
  );

  test.each([
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n\\evil.example',
    '/.//evil.example',
    '/signin/../..//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '/%2E%2e//evil.example',
    ' //evil.example',
    'https://evil.example',
    'https:/evil.example',
    'javascript:alert(1)',
    'evil.example',
    '?next=x',
    '',
    '/signin',
    '/signin?next=/home',
    '/signin/',
    '/./signin',
    undefined,
    ['/home'],
    { 0: '/' },
  ])('is not %j', (path) => expect(ownPath(path)).toBeUndefined());

  test('is on this site, whatever is asked for', () => {
    const piece = fc.constantFrom(
      ...[
        '/',
        '\\',
        '.',
        '..',
        '%5c',
        '%2f',
        '%2e',
        '\t',
        '\n',
        '\r',
        '\0',
        ' ',
        '@',
        ':',
        '#',
        '?',
        ';',
        '[',
        '\u3002',
      ],
      ...[
        'evil.example',
        'signin',
        'home',
        'https:',
        'javascript:',
        '\u2028',
        '\u202e',
        '％２ｆ',
        '／',
        '＼',
        '\ud800',
      ],
    );
    const nasty = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((all) => `/${all.join('')}`),
      fc.webUrl(),
      fc.string(),
    );
    let kept = 0;
    fc.assert(
      fc.property(nasty, (text) => {
        const path = ownPath(text);
        if (path === undefined) return;
        kept += 1;
        expect(path).toMatch(/^\/(?![/\\])[\u0021-\u007e]*$/);
        expect(new URL(path, SITE).origin).toBe(SITE);
        expect(new URL(path, SITE).pathname).not.toBe('/signin');
        expect(ownPath(path)).toBe(path);
      }),
      { numRuns: 5000, seed: 3 },
    );
    expect(kept).toBeGreaterThan(500);
  });
});
