import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { elementsOf, textOf, type XmlElement } from '../../src/xml/node.ts';
import { ownText } from '../../src/xml/own-text.ts';
import { readXml } from '../../src/xml/read.ts';

function rootOf(text: string): XmlElement {
  const { root, problems } = readXml('data/ticket.xml', Buffer.from(text));
  if (!root) throw new Error(problems[0]?.message);
  return root;
}

/** What stands in the source where a part of the own text is said to stand. */
function sourceOf(text: string, part: string): string {
  const root = rootOf(text);
  const own = ownText(root);
  const { start, end } = own.range(own.text.indexOf(part), part.length);
  return root.source.text.slice(start, end);
}

describe('the own text of an element', () => {
  test.each([
    ['plain', '<query>  select id </query>', 'id', 'id'],
    ['behind a reference', '<query>a &lt; b and &#x1F3AB;c = d</query>', 'd', 'd'],
    ['a reference itself', '<query>a &lt; b</query>', '<', '&lt;'],
    ['half of a character beyond U+FFFF', '<query>&#127915; x</query>', '\ud83c', '&#127915;'],
    ['in CDATA', '<query>a <![CDATA[< &lt; b]]> c</query>', '&lt; b', '&lt; b'],
    ['behind a comment with a tag in it', '<query>a <!-- <b>&x --> c</query>', 'c', 'c'],
    ['behind a line break of Windows', '<query>a\r\nb\r\nc</query>', 'b\nc', 'b\r\nc'],
    ['behind a child', '<query>a<b>b</b>c</query>', 'c', 'c'],
    ['behind an instruction', '<query>a<?b c?>d</query>', 'd', 'd'],
  ])('is found %s', (_, text, part, source) => {
    expect(sourceOf(text, part)).toBe(source);
  });

  test('has a first run that ends where something interrupts it', () => {
    const root = rootOf('<doc>\n  Home &amp; page <block/> more</doc>');
    const { start, end } = ownText(root).first;
    expect(root.source.text.slice(start, end)).toBe('Home &amp; page');
  });

  test('lies behind the name when there is none', () => {
    const root = rootOf('<query/>');
    expect(ownText(root)).toMatchObject({ text: '', first: root.nameRange });
  });

  test('is what textOf says, for every element of the fixtures and layouts', () => {
    const folders = [...readdirSync(join(import.meta.dirname, '../rules'), { withFileTypes: true })]
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(import.meta.dirname, '../rules', name));
    for (const folder of folders) {
      for (const file of readdirSync(folder).filter((name) => name.endsWith('.xml'))) {
        const { root } = readXml(file, readFileSync(join(folder, file)));
        for (const element of root ? everyElement(root) : []) expect(ownText(element).text).toBe(textOf(element));
      }
    }
  });
});

function* everyElement(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of elementsOf(element)) yield* everyElement(child);
}
