import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from '../../src/xml/decode.ts';
import { passGate } from '../../src/xml/gate.ts';
import { type XmlLimits, xmlLimits } from '../../src/xml/limits.ts';
import { passPlain } from '../../src/xml/plain.ts';
import { blocks, definitions, messages, samples } from './samples.ts';
import { readSuite } from './suite.ts';

/** Whether the quick gate lets a text through, as only one may that saxes passes too, and sees the same of. */
function passes(text: string, limits: XmlLimits = xmlLimits): boolean {
  const source = { path: 'a.xml', text };
  const plain = passPlain(source, limits);
  if (plain === undefined) return false;
  const passed = passGate(source, limits);
  expect(passed.problem).toBeUndefined();
  expect(plain).toEqual(passed);
  return true;
}

const plain = (text: string) => text.replace(/&#\w+;|𝔘|🚀|<\?xml-model.*\n/gu, '');

describe('the quick gate', () => {
  test.each([
    ['blocks', plain(blocks)],
    ['definitions', plain(definitions)],
    ['texts', plain(messages)],
    [
      'single quotes',
      `<?xml version="1.0" encoding="UTF-8"?>\n<!-- a --><doc a='"'><b c = "&lt;\t\n&apos;"/></doc >\n<!-- b -->`,
    ],
    ['carriage returns', '<?xml version="1.0"\r\n?>\r\n<doc\r\n a="b\r\nc\rd">\r\n\r<![CDATA[e\r\n]]>f\r</doc\r>\r\n'],
    ['letters of other alphabets', '<doc title="Заявки">日本</doc>'],
  ])('passes %s', (_name, text) => {
    expect(passes(text)).toBe(true);
  });

  test.each([
    ['references by number', '<doc>&#65;</doc>'],
    ['prefixes', '<doc xml:lang="en"/>'],
    ['instructions', '<?a b?><doc/>'],
    ['characters beyond the first plane', '<doc>🚀</doc>'],
    ['names of other letters', '<дом/>'],
  ])('leaves %s to the other one', (_name, text) => {
    expect(passes(text)).toBe(false);
    expect(passGate({ path: 'a.xml', text }, xmlLimits).problem).toBeUndefined();
  });

  test.each([
    '<doc a="1" a="2"/>',
    '<doc a="1"b="2"/>',
    '<doc a=1/>',
    '<doc a="<"/>',
    '<doc a="&b;"/>',
    '<doc a="&"/>',
    '<doc>]]></doc>',
    '<doc><!-- -- --></doc>',
    '<doc><!-- --=<![CDATA[a]]></doc>',
    '<doc><a></doc></a>',
    '<doc></docs>',
    '<doc/>a',
    '<doc/><doc/>',
    '<doc',
    '<doc / >',
    '<!DOCTYPE doc><doc/>',
    '<doc __proto__="1"/>',
    '<1/>',
    '<doc -a="1"/>',
    '<doc>\u0001</doc>',
    '<doc>\ud800</doc>',
    '<?xml version="1.1"?><doc/>',
    ' <?xml version="1.0"?><doc/>',
    '<![CDATA[a]]><doc/>',
    '',
  ])('does not pass %j', (text) => {
    expect(passes(text)).toBe(false);
  });

  test('keeps the limits', () => {
    const text = '<a b="1234" c="1"><a><a>12345</a></a><a/></a>';
    expect(passes(text)).toBe(true);
    for (const limit of ['depth=2', 'elements=3', 'attributes=1', 'attributeLength=3', 'textLength=4']) {
      const [name = '', most] = limit.split('=');
      expect(passes(text, { ...xmlLimits, [name]: Number(most) })).toBe(false);
    }
  });

  test('passes nothing that saxes refuses or reads otherwise: the conformance suite', () => {
    const texts = readSuite().map(({ bytes }) => decode('a.xml', bytes, xmlLimits));
    const passed = texts.filter(({ problem, source }) => !problem && passes(source.text));
    expect(passed.length).toBeGreaterThan(0);
  });

  test('passes nothing that saxes refuses or reads otherwise: damaged documents', () => {
    const sample = fc.constantFrom(...samples.map(plain), '<a b="c">d<e/>f</a>');
    const words = `< > & " ' / = - -- ! ? ] ]]> <!-- --> <![CDATA[ <? ?> </ /> <a> </a> <a/> &amp; &lt &x; a 1 . : Я · \ufeff \u0085`;
    const mark = fc.constantFrom('', ' ', '\n', '\r\n', '\r', '\t', ' b="c"', ...words.split(' '));
    const slip = fc.record({ at: fc.nat(), removed: fc.constantFrom(0, 1, 1, 2, 7), mark });
    fc.assert(
      fc.property(sample, fc.array(slip, { minLength: 1, maxLength: 3 }), (text, slips) => {
        passes(
          slips.reduce((before, { at, removed, mark: put }) => {
            const start = at % (before.length + 1);
            return before.slice(0, start) + put + before.slice(start + removed);
          }, text),
        );
      }),
      { numRuns: Number(process.env.CASES ?? 5000) },
    );
  });
});
