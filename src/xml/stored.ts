/** Documents as plain JSON values: those of the package are read when Lintel is built, and only taken up again when it runs. */
import type { Source } from '../diagnostics/source.ts';
import { attributeOf, elementsOf, textOf, type XmlAttribute, type XmlElement, type XmlNode } from './node.ts';
import { PlacedAttribute, PlacedElement } from './placed.ts';
import type { XmlDocument } from './read.ts';

/** The root of a document, and its texts where it holds nothing else. Only a document without problems is stored. */
export interface StoredDocument {
  readonly root: StoredRoot;
  readonly texts?: StoredTexts | undefined;
}

/** Language → group → key → text. */
export type StoredTexts = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

/** Name, begin, begin and end of the inside, end; attributes; children (a text, or a CDATA section in an array). */
type StoredElement = [string, number, number, number, number, StoredAttribute[], (StoredElement | string | [string])[]];
/** The same, with its children as JSON: of most documents nobody asks what is in them. */
type StoredRoot = [string, number, number, number, number, StoredAttribute[], string];
/** Name, its begin, value, begin and end of the value. */
type StoredAttribute = [string, number, string, number, number];

export function storeDocument({ root, problems }: XmlDocument): StoredDocument | undefined {
  if (!root || problems.length > 0) return undefined;
  return { root: storeRoot(root), texts: textsOf(root) };
}

/** Undefined for a file that holds more than texts, or one of them twice. */
function textsOf(root: XmlElement): StoredTexts | undefined {
  const texts: Record<string, Record<string, Record<string, string>>> = {};
  const nameOf = (element: XmlElement) => attributeOf(element, 'name')?.value;
  if (root.name !== 'mgrdata') return undefined;
  for (const language of elementsOf(root)) {
    const code = nameOf(language);
    if (language.name !== 'lang' || code === undefined) return undefined;
    for (const messages of elementsOf(language)) {
      const group = nameOf(messages);
      if (messages.name !== 'messages' || group === undefined) return undefined;
      const table = ((texts[code] ??= {})[group] ??= {});
      for (const msg of elementsOf(messages)) {
        const key = nameOf(msg);
        if (msg.name !== 'msg' || key === undefined || Object.hasOwn(table, key)) return undefined;
        table[key] = textOf(msg);
      }
    }
  }
  return texts;
}

function storeRoot(root: XmlElement): StoredRoot {
  const [name, start, innerStart, innerEnd, end, attributes, children] = storeElement(root);
  return [name, start, innerStart, innerEnd, end, attributes, JSON.stringify(children)];
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

/** The document as `readXml` would give it for the same bytes; what is in an element is taken up when somebody asks for it. */
export function restoreDocument(path: string, bytes: Uint8Array, { root }: StoredDocument): XmlDocument {
  const source = { path, text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8') };
  return { source, root: restoreElement(root, source, undefined), problems: [] };
}

function restoreElement(
  stored: StoredElement | StoredRoot,
  source: Source,
  parent: XmlElement | undefined,
): XmlElement {
  const [name, start, innerStart, innerEnd, end, attributes, children] = stored;
  const restored = attributes.map((attribute) => restoreAttribute(attribute, source));
  const nodes = (self: XmlElement) =>
    (typeof children === 'string' ? (JSON.parse(children) as StoredElement[6]) : children).map((child) =>
      restoreNode(child, source, self),
    );
  return new PlacedElement(
    { name, source, parent, attributes: restored, children: nodes },
    { start, innerStart, innerEnd, end },
  );
}

function restoreNode(child: StoredElement | string | [string], source: Source, parent: XmlElement): XmlNode {
  if (typeof child === 'string') return { kind: 'text', text: child, cdata: false };
  return child.length === 1 ? { kind: 'text', text: child[0], cdata: true } : restoreElement(child, source, parent);
}

function restoreAttribute([name, nameStart, value, start, end]: StoredAttribute, source: Source): XmlAttribute {
  return new PlacedAttribute({ name, value, source }, nameStart, { start, end });
}
