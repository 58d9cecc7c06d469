import { describe, expect, test } from 'vitest';
import { createHoles, escapeText } from '../../src/pipeline/segments.ts';

describe('a sign', () => {
  test.each([
    ['€12.50', '&#8364;12.50'],
    ['1\u202f234,50\u00a0€', '1&#8239;234,50&#160;&#8364;'],
    [
      '“R&D” – “<b>” · A much longer text than money',
      '&#8220;R&amp;D&#8221; &#8211; &#8220;&lt;b&gt;&#8221; &#183; A much longer text than money',
    ],
    ['Étienne, Анна, 🦊', 'Étienne, Анна, 🦊'],
    ['\u0085\u009f', '\u0085\u009f'],
    ['\u{1f469}\u200d\u{1f4bb} \u200eabc\u202e', '\u{1f469}\u200d\u{1f4bb} \u200eabc\u202e'],
  ])('is its number, and no letter is: %s', (text, markup) => {
    expect(escapeText(text)).toBe(markup);
    expect(escapeText(text)).toBe(markup);
  });

  test('is its number in a template as well', () => {
    const holes = createHoles();
    const segment = holes.segment(`<p>${holes.mark(() => 'a')} – б</p>`);
    expect(segment({} as never)).toBe('<p>a &#8211; б</p>');
  });
});
