import { XmlElement as Element, XmlCData, XmlDocument, XmlText } from 'libxml2-wasm';
import { describe, expect, test } from 'vitest';
import type { XmlElement } from '../../src/xml/node.ts';
import { readXml } from '../../src/xml/read.ts';
import { readSuite } from './suite.ts';

const suite = readSuite();

/** The bytes as ASCII, where ASCII it is: wide letters lose their zeros. */
const asciiOf = (bytes: Buffer) => bytes.toString('latin1').replaceAll('\0', '');
const hasDoctype = ({ bytes }: { bytes: Buffer }) =>
  /<!DOCTYPE/.test(asciiOf(bytes).replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>/g, ''));
const isWide = ({ bytes }: { bytes: Buffer }) => bytes[0] === 0xff || bytes[0] === 0xfe || bytes[1] === 0;

const plain = suite.filter((one) => !hasDoctype(one));
const broken = plain.filter(({ type }) => type === 'not-wf');
const good = plain.filter(({ type }) => type !== 'not-wf');

describe('of the W3C suite for XML 1.0', () => {
  test('so many documents are tried', () => {
    expect({ all: suite.length, broken: broken.length, good: good.length }).toEqual({
      all: 1992,
      broken: 244,
      good: 74,
    });
  });

  test('every document that is not well-formed is refused, at a place, with a reason', () => {
    for (const { id, bytes } of broken) {
      const { root, source, problems } = readXml('a.xml', bytes);
      expect(root, id).toBeUndefined();
      expect(problems, id).toHaveLength(1);
      const [{ range, message } = { range: undefined, message: '' }] = problems;
      expect(range?.start, id).toBeLessThanOrEqual(source.text.length);
      expect(message, id).not.toMatch(/not well-formed here|Two readers/);
    }
  });

  test('every document that is well-formed is read, as libxml2 reads it', () => {
    for (const { id, bytes } of good.filter((one) => !isWide(one))) {
      const { root, problems } = readXml('a.xml', bytes);
      expect(problems, id).toEqual([]);
      const other = XmlDocument.fromBuffer(bytes);
      expect(root && shapeOf(root), id).toEqual(foreignShapeOf(other.root));
      other.dispose();
    }
  });

  test('the two well-formed ones in UTF-16 are refused for that', () => {
    const wide = good.filter(isWide).map(({ bytes }) => readXml('a.xml', bytes).problems);
    expect(wide.map(([problem]) => problem?.message)).toEqual(Array(2).fill('The file is encoded as UTF-16'));
  });

  test('every document with a document type is refused for it, whatever else is wrong', () => {
    for (const { id, bytes } of suite.filter(hasDoctype)) {
      const [problem] = readXml('a.xml', bytes).problems;
      expect(problem?.code, id).toBe('doctype');
      expect(problem?.source.text.slice(problem.range.start, problem.range.end), id).toMatch(/^<!DOCTYPE$/i);
    }
  });
});

type Shape = readonly [name: string, attributes: readonly (readonly string[])[], children: readonly (Shape | string)[]];

function shapeOf({ name, attributes, children }: XmlElement): Shape {
  const own = attributes.filter((one) => !/^xmlns(:|$)/.test(one.name)).map((one) => [one.name, one.value]);
  return [name, own, joined(children.map((child) => (child.kind === 'text' ? child.text : shapeOf(child))))];
}

function foreignShapeOf(element: Element): Shape {
  const named = ({ prefix, name }: { prefix: string; name: string }) => (prefix ? `${prefix}:${name}` : name);
  const children: (Shape | string)[] = [];
  for (let child = element.firstChild; child; child = child.next) {
    if (child instanceof Element) children.push(foreignShapeOf(child));
    else if (child instanceof XmlText || child instanceof XmlCData) children.push(child.content);
  }
  return [named(element), element.attrs.map((one) => [named(one), one.value]), joined(children)];
}

function joined(children: readonly (Shape | string)[]): (Shape | string)[] {
  const result: (Shape | string)[] = [];
  for (const child of children) {
    const last = result.at(-1);
    if (typeof child === 'string' && typeof last === 'string') result[result.length - 1] = last + child;
    else result.push(child);
  }
  return result.filter((child) => child !== '');
}
