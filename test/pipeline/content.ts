/** Content that is written in a test: files by path, read and merged. */
import { createCatalogue } from '../../src/catalogue.ts';
import { type Content, merge } from '../../src/pipeline/merge.ts';
import { compileContent } from '../../src/revision.ts';
import { attributeOf, elementsOf, type XmlElement } from '../../src/xml/node.ts';
import { readXml } from '../../src/xml/read.ts';

const catalogue = createCatalogue();

export type Files = Readonly<Record<string, string>>;

export function merged(files: Files): Content {
  const documents = Object.entries(files).map(([path, text]) => ({ ...readXml(path, Buffer.from(text)), path }));
  return merge(documents, { manager: 'billmgr', elements: catalogue.elements });
}

/** What is wrong in the files, a line each: `layouts/a.xml error unknown-target: text`. */
export async function findings(files: Files, options: { only?: string[]; structureOnly?: boolean } = {}) {
  const all = Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
  const { diagnostics } = await compileContent(
    {
      documents: all.filter(({ path }) => path.endsWith('.xml')),
      pins: all.filter(({ path }) => path.endsWith('.json')),
    },
    {
      catalogue,
      manager: 'billmgr',
      icons: new Set(['mb-order', 'mb-help', 't-new']),
      database: undefined,
      structureOnly: options.structureOnly ?? false,
      ...(options.only && { only: new Set(options.only) }),
    },
  );
  return diagnostics;
}

/** An element and what is in it, in short: `block taskbar(toolbtn help, toolbtn order)`. */
export function outline(element: XmlElement | undefined): string {
  if (!element) return '';
  const name = [element.name, attributeOf(element, 'name')?.value ?? ''].join(' ').trim();
  const inner = elementsOf(element).map(outline).join(', ');
  return inner === '' ? name : `${name}(${inner})`;
}
