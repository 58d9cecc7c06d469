import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safeLink } from '../src/link.ts';

const HERE = 'https://panel.example';

describe('a safe link', () => {
  test.each([
    ['/list/ticket', '/list/ticket'],
    ['/list/ticket?page=2&sort=-updated#top', '/list/ticket?page=2&sort=-updated#top'],
    ['?page=2', '/?page=2'],
    ['#top', '/#top'],
    ['/', '/'],
    ['/a b', '/a%20b'],
    ['/a/../b', '/b'],
    ['/список', '/%D1%81%D0%BF%D0%B8%D1%81%D0%BE%D0%BA'],
    ['https://example.com/help?a=1', 'https://example.com/help?a=1'],
    ['HTTP://Example.COM', 'http://example.com/'],
    [' https://example.com/ ', 'https://example.com/'],
    ['mailto:support@example.com', 'mailto:support@example.com'],
    ['tel:+49301234567', 'tel:+49301234567'],
  ])('is an address as it was meant: %s', (text, link) => {
    expect(safeLink(text)).toBe(link);
  });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    ' \u0001javascript:alert(1)',
    'java\u0000script:alert(1)',
    'vbscript:msgbox(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'blob:https://panel.example/1',
    'ftp://example.com/',
    'view-source:https://example.com/',
  ])('has no scheme that runs or reads something: %j', (text) => {
    expect(safeLink(text)).toBeUndefined();
  });

  test.each([
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '\t//evil.example',
    '/\n\\evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/a/..//evil.example',
    '/./\\evil.example',
    '/%2e//evil.example',
    '/a/%2E%2E//evil.example',
    'http:evil.example',
    'http:/evil.example',
    'http:///evil.example',
    'https://user:password@example.com/',
    'https://panel.example@evil.example/',
    'https://',
    'https://[::1',
    'evil.example',
    '',
    ' ',
  ])('is no way to another site that looks like one of ours: %j', (text) => {
    const link = safeLink(text);
    if (link !== undefined) expect(new URL(link, HERE).origin).not.toBe(HERE);
    expect(link?.startsWith('/') ?? false).toBe(false);
  });

  test('leads a browser to this site whenever it is a path', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '//',
      '\t',
      '\n',
      ' ',
      'evil.example',
      '%2e',
      '%2f',
      '%5c',
      '@',
      ':',
      '?',
      '#',
      'a',
      'http:',
    );
    const text = fc.array(piece, { maxLength: 8, size: 'max' }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (any) => {
        const link = safeLink(any);
        if (link?.startsWith('/')) expect(new URL(link, HERE).origin).toBe(HERE);
        else if (link !== undefined) expect(['http:', 'https:', 'mailto:', 'tel:']).toContain(new URL(link).protocol);
      }),
      { numRuns: 5000, seed: 1 },
    );
  });

  test('stays the same when it is made safe again', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
        const link = safeLink(url) ?? '';
        expect(safeLink(link)).toBe(link);
      }),
      { numRuns: 300, seed: 2 },
    );
  });
});
