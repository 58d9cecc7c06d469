import { expect } from 'vitest';
import { placeAt, type Range } from '../../src/diagnostics/source.ts';
import type { XmlElement } from '../../src/xml/node.ts';

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Fails unless every range in the tree holds the text that it is named for. */
export function verifyRanges(element: XmlElement): void {
  const { source, name, range, nameRange, innerRange } = element;
  const textIn = ({ start, end }: Range) => source.text.slice(start, end);
  expect(textIn(nameRange)).toBe(name);
  expect(nameRange.start).toBe(range.start + 1);
  expect(textIn(range)).toMatch(/^<.*>$/s);
  const isEmpty = textIn({ start: range.end - 2, end: range.end }) === '/>' && innerRange.start === range.end;
  if (!isEmpty) {
    expect(source.text[innerRange.start - 1]).toBe('>');
    expect(textIn({ start: innerRange.end, end: range.end })).toMatch(new RegExp(`^</${name}\\s*>$`));
  }
  for (const attribute of element.attributes) {
    expect(textIn(attribute.nameRange)).toBe(attribute.name);
    expect(decoded(textIn(attribute.valueRange))).toBe(attribute.value);
    const quote = source.text[attribute.valueRange.start - 1];
    expect(['"', "'"]).toContain(quote);
    expect(source.text[attribute.valueRange.end]).toBe(quote);
  }
  let last = innerRange.start;
  for (const child of element.children) {
    if (child.kind === 'text') continue;
    expect(child.parent).toBe(element);
    expect(child.range.start).toBeGreaterThanOrEqual(last);
    expect(child.range.end).toBeLessThanOrEqual(innerRange.end);
    last = child.range.end;
    verifyRanges(child);
  }
}

/** The raw text of an attribute's value as XML reads it. */
function decoded(raw: string): string {
  return raw.replace(/\r\n|[\r\n\t]/g, ' ').replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (_all, hex, decimal, name) => {
    if (name) return named[name] ?? '';
    return String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal));
  });
}

/** `line:column` of an offset. */
export function addressIn(source: XmlElement['source'], offset: number): string {
  const { line, column } = placeAt(source, offset);
  return `${line}:${column}`;
}
