import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Patchwork } from '../../src/import/patchwork.ts';

const source = { path: 'a.xml', text: '<doc>\n  <a/>\n  <b c="d" e="f"/>\n</doc>\n' };
const rangeOf = (text: string, part: string) => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length });

test('a part that is cut takes its line with it, or the space before it', () => {
  const work = new Patchwork(source);
  work.cut(rangeOf(work.text, '<a/>'));
  work.cut(rangeOf(work.text, 'e="f"'));
  expect(work.text).toBe('<doc>\n  <b c="d"/>\n</doc>\n');
});

test('a place knows where it came from, and what nobody wrote comes from nowhere', () => {
  const work = new Patchwork(source);
  work.cut(rangeOf(work.text, '<a/>'));
  work.replace({ start: 0, end: 0 }, '<?xml?>');
  expect(work.origin(rangeOf(work.text, 'c="d"'))).toEqual({ source, range: rangeOf(source.text, 'c="d"') });
  expect(work.origin(rangeOf(work.text, '<?xml?>'))).toBeUndefined();
});

test('whatever is changed, each letter that is left is one of the source at the place that is told', () => {
  const change = fc.record({ at: fc.nat(), length: fc.nat(20), text: fc.constantFrom('', '', 'new') });
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.array(change, { maxLength: 8 }),
      (text, changes) => {
        const work = new Patchwork({ path: 'a.xml', text });
        let plain = text;
        for (const { at, length, text: put } of changes) {
          const start = at % (plain.length + 1);
          const end = Math.min(start + length, plain.length);
          work.replace({ start, end }, put);
          plain = plain.slice(0, start) + put + plain.slice(end);
        }
        expect(work.text).toBe(plain);
        for (let at = 0; at < plain.length; at++) {
          const origin = work.origin({ start: at, end: at + 1 });
          if (origin) expect(text.slice(origin.range.start, origin.range.end)).toBe(plain[at]);
        }
      },
    ),
  );
});
