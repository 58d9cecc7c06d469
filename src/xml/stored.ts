/** Documents as plain JSON values: those of the package are read when Lintel is built, and only taken up again when it runs. */
import type { Source } from '../diagnostics/source.ts';
import type { XmlAttribute, XmlElement, XmlNode } from './node.ts';
import { PlacedAttribute, PlacedElement } from './placed.ts';
import type { XmlDocument } from './read.ts';

/** The text it was read from, and its root. Only a document without problems is stored. */
export interface StoredDocument {
  readonly text: string;
  readonly root: StoredElement;
}

/** Name, begin, begin and end of the inside, end; attributes; children (a text, or a CDATA section in an array). */
type StoredElement = [string, number, number, number, number, StoredAttribute[], (StoredElement | string | [string])[]];
/** Name, its begin, value, begin and end of the value. */
type StoredAttribute = [string, number, string, number, number];

export function storeDocument({ source, root, problems }: XmlDocument): StoredDocument | undefined {
  return root && problems.length === 0 ? { text: source.text, root: storeElement(root) } : undefined;
}

function storeElement({ name, range, innerRange, attributes, children }: XmlElement): StoredElement {
  const storedAttributes = attributes.map(
    ({ name, nameRange, value, valueRange }): StoredAttribute => [
      name,
      nameRange.start,
      value,
      valueRange.start,
      valueRange.end,
    ],
  );
  const storedChildren = children.map((child) =>
    child.kind === 'element' ? storeElement(child) : child.cdata ? ([child.text] as [string]) : child.text,
  );
  return [name, range.start, innerRange.start, innerRange.end, range.end, storedAttributes, storedChildren];
}

/** The document as `readXml` would give it for the same text. */
export function restoreDocument(path: string, { text, root }: StoredDocument): XmlDocument {
  const source = { path, text };
  return { source, root: restoreElement(root, source, undefined), problems: [] };
}

function restoreElement(stored: StoredElement, source: Source, parent: XmlElement | undefined): XmlElement {
  const [name, start, innerStart, innerEnd, end, attributes, children] = stored;
  const nodes: XmlNode[] = [];
  const element = new PlacedElement(
    {
      name,
      source,
      parent,
      attributes: attributes.map((attribute) => restoreAttribute(attribute, source)),
      children: nodes,
    },
    { start, innerStart, innerEnd, end },
  );
  for (const child of children) {
    if (typeof child === 'string') nodes.push({ kind: 'text', text: child, cdata: false });
    else if (child.length === 1) nodes.push({ kind: 'text', text: child[0], cdata: true });
    else nodes.push(restoreElement(child, source, element));
  }
  return element;
}

function restoreAttribute([name, nameStart, value, start, end]: StoredAttribute, source: Source): XmlAttribute {
  return new PlacedAttribute({ name, value, source }, nameStart, { start, end });
}
