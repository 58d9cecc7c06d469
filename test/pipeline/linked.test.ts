import { describe, expect, test } from 'vitest';
import { linked } from '../../src/pipeline/linked.ts';
import { readable } from '../support/readable.ts';

const shown = (markup: string) => readable(markup).replace(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g, '[$2]($1)');

describe('a text with addresses in it', () => {
  test.each([
    ['nothing & <b>', 'nothing &amp; &lt;b&gt;'],
    ['see https://example.org.', 'see [https://example.org](https://example.org/).'],
    ['(http://a.example/b_(c)?d=1&e=2)', '([http://a.example/b_(c)?d=1&amp;e=2](http://a.example/b_(c)?d=1&amp;e=2))'],
    [
      '“https://пример.рф/путь”, да',
      '“[https://пример.рф/путь](https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C)”, да',
    ],
    [
      'https://a.example\nhttps://b.example',
      '[https://a.example](https://a.example/)\n[https://b.example](https://b.example/)',
    ],
    ['HTTPS://A.EXAMPLE/X', '[HTTPS://A.EXAMPLE/X](https://a.example/X)'],
    ['javascript:alert(1) ftp://a.example //a.example', 'javascript:alert(1) ftp://a.example //a.example'],
    ['https://user:word@a.example', 'https://user:word@a.example'],
    ['https:// and https://', 'https:// and https://'],
    ['https://a.example/"onclick="x', '[https://a.example/](https://a.example/)&quot;onclick=&quot;x'],
    ["https://a.example/'><script>", '[https://a.example/](https://a.example/)&#39;&gt;&lt;script&gt;'],
    ['https://a.example/\u202egpj.exe', '[https://a.example/](https://a.example/)\u202egpj.exe'],
    [`https://a.example/${'x'.repeat(2000)}`, `https://a.example/${'x'.repeat(2000)}`],
    ['xhttps://a.example', 'xhttps://a.example'],
  ])('is %j', (text, markup) => {
    expect(shown(linked(text))).toBe(markup);
  });

  test('tells the other site nothing, and is no recommendation', () => {
    expect(linked('http://a.example')).toBe(
      '<a href="http://a.example/" target="_blank" rel="nofollow noopener noreferrer">http://a.example</a>',
    );
  });

  test('is read in a moment, whatever it is', () => {
    const began = process.cpuUsage();
    linked(`http://a.example/${')'.repeat(1900)} `.repeat(5));
    linked('http://'.repeat(1400));
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000).toBeLessThan(200);
  });
});
