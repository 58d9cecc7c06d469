import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { removedFrom, renderMarkdown } from '../../src/pipeline/markdown.ts';

const TAGS =
  /^(p|br|hr|span|strong|b|em|i|del|s|small|sub|sup|mark|code|pre|kbd|abbr|blockquote|ul|ol|li|a|h3|h4|table|thead|tbody|tr|th|td)$/;

/** What a browser would find in markup: tags with their attributes. */
function tagsOf(markup: string): { name: string; attributes: string }[] {
  return [...markup.matchAll(/<\/?([a-z][^\s/>]*)([^>]*)>/gi)].map(([, name = '', attributes = '']) => ({
    name,
    attributes,
  }));
}

const EVIL = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="java&#x0A;script:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](<javascript:alert(1)>)',
  '[x][r]\n\n[r]: data:text/html,x',
  '![x](https://evil.example/x.png)',
  '<iframe src="https://evil.example"></iframe>',
  '<form action="/signout"><button>x</button></form>',
  '<style>*{display:none}</style>',
  '<b style="position:fixed" onclick="x()" id="main" class="notice">x</b>',
  '<a href="//evil.example">x</a>',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0">',
  '<object data="x"></object>',
  '<math><mtext></p><img src=x onerror=alert(1)>',
  '<!--<img src="--><img src=x onerror=alert(1)//">',
  '<script',
  '<h1>x</h1><h6 onclick=x>y</h6>',
];

describe('Markdown', () => {
  test.each([
    ['**a** _b_ `c`', '<p><strong>a</strong> <em>b</em> <code>c</code></p>'],
    ['- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
    ['# A', '<h3>A</h3>'],
    ['[a](/list/ticket)', '<p><a href="/list/ticket">a</a></p>'],
    ['a  \nb', '<p>a<br>b</p>'],
    ['1 < 2 & "3"', '<p>1 &lt; 2 &amp; "3"</p>'],
    ['– “a” €', '<p>&#8211; &#8220;a&#8221; &#8364;</p>'],
  ])('%j is %j', (text, markup) => expect(renderMarkdown(text)).toBe(markup));

  test('opens pages of other sites in a window of their own', () => {
    const [link] = tagsOf(renderMarkdown('https://status.example.com'));
    expect(link).toBeDefined();
    expect(renderMarkdown('https://status.example.com')).toContain(
      '<a href="https://status.example.com/" target="_blank" rel="nofollow noopener noreferrer">',
    );
  });

  const isSafe = (markup: string) => {
    expect(markup).not.toMatch(/<\/(?![a-z0-9]+>)/);
    for (const { name, attributes } of tagsOf(markup)) {
      expect(name).toMatch(TAGS);
      const rest = attributes.replace(
        /\s(?:href="(?:https?:|mailto:|tel:|\/(?!\/)|[?#])[^"<>]*"|title="[^"<>]*"|target="_blank"|rel="nofollow noopener noreferrer"|start="\d+")/g,
        '',
      );
      expect(rest.trim()).toBe('');
    }
  };

  test.each(EVIL)('is safe: %s', (text) => isSafe(renderMarkdown(text)));

  test('is safe whatever it is made of', () => {
    const part = fc.oneof(
      fc.constantFrom(...EVIL),
      fc.constantFrom('*', '`', '\n\n', '    ', '> ', '](', '<', '>', '"', '&lt;', ' | '),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => isSafe(renderMarkdown(parts.join('')))),
      { numRuns: 400, seed: 1 },
    );
  });

  test('says what is taken out, at its place', () => {
    const places = (text: string) => removedFrom(text).map(({ at, length }) => text.slice(at, at + length));
    expect(places('a <b onclick="x()">b</b>')).toEqual(['onclick="x()"']);
    expect(places('> - a <IMG src=x> <script>y</script>')).toEqual(['<IMG src=x>', '<script>']);
    expect(places('| a |\n|---|\n| [x](javascript:y) |')).toEqual(['javascript:y']);
    expect(places('[x](/a) [x](//evil.example)')).toEqual(['//evil.example']);
    expect(places('![a](b.png) ![a](b.png)')).toEqual(['![a](b.png)', '![a](b.png)']);
    expect(places('**fine** <b>too</b> `<script>` 1 < 2 [a](/b) <https://example.com>')).toEqual([]);
  });

  test('lies within the text, whatever it is', () => {
    const part = fc.oneof(fc.constantFrom(...EVIL), fc.string());
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const text = parts.join(' ');
        for (const { at, length } of removedFrom(text)) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(length).toBeGreaterThan(0);
          expect(at + length).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 300, seed: 2 },
    );
  });
});
