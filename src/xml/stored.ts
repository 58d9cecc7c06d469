/** Documents as plain JSON values: those of the package are read when Lintel is built, and only taken up again when it runs. */
import type { Source } from '../diagnostics/source.ts';
import { attributeOf, elementsOf, textOf, type XmlAttribute, type XmlElement, type XmlNode } from './node.ts';
import { PlacedAttribute, PlacedElement } from './placed.ts';
import type { XmlDocument } from './read.ts';

/** From where to where something lies in the bytes that the build keeps. */
export type Part = readonly [from: number, to: number];

/** Only a document without problems, includes and conditions is stored: nobody has to look for them. */
export interface StoredDocument {
  /** What it was read from. */
  readonly bytes: Part;
  readonly root: StoredElement;
  /** The JSON of its texts, where it holds nothing else. */
  readonly texts?: Part | undefined;
}

/** A stored document, and what gives the text of its parts. */
export interface Stored {
  readonly document: StoredDocument;
  text(part: Part): string;
}

/** Language → group → key → text. */
export type StoredTexts = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

/** Name, begin, begin and end of the inside, end; attributes; children, or where their JSON is kept: of most elements nobody asks what they hold. */
type StoredElement = [string, number, number, number, number, StoredAttribute[], StoredNode[] | Part];
type StoredNode = StoredElement | string;
/** Name, its begin, value, begin and end of the value. */
type StoredAttribute = [string, number, string, number, number];

/** Undefined for one that is read each time. */
export function storeDocument(
  { source, root, problems }: XmlDocument,
  bytes: Uint8Array,
  keep: (bytes: Uint8Array) => Part,
): StoredDocument | undefined {
  if (!root || problems.length > 0 || /<include|\sif\s*=/.test(source.text)) return undefined;
  const keepJson = (value: unknown) => keep(Buffer.from(JSON.stringify(value)));
  const texts = textsOf(root);
  const [name, start, innerStart, innerEnd, end, attributes, children] = storeElement(root);
  const apart = children.map((child) => (isStoredElement(child) ? keptApart(child, keepJson) : child) as StoredNode);
  return {
    bytes: keep(bytes),
    root: [name, start, innerStart, innerEnd, end, attributes, apart],
    texts: texts && keepJson(texts),
  };
}

function keptApart(element: StoredElement, keepJson: (value: unknown) => Part): StoredElement {
  const [name, start, innerStart, innerEnd, end, attributes, children] = element;
  return [name, start, innerStart, innerEnd, end, attributes, keepJson(children)];
}

const isStoredElement = (child: StoredNode): child is StoredElement => typeof child !== 'string';

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

function storeElement({ name, range, innerRange, attributes, children }: XmlElement) {
  const storedAttributes = attributes.map(
    ({ name, nameRange, value, valueRange }): StoredAttribute => [
      name,
      nameRange.start,
      value,
      valueRange.start,
      valueRange.end,
    ],
  );
  const storedChildren = children.map(
    (child): StoredNode => (child.kind === 'element' ? storeElement(child) : child.text),
  );
  const { start, end } = innerRange;
  return [name, range.start, start, end, range.end, storedAttributes, storedChildren] satisfies StoredElement;
}

/** The document as `readXml` would give it for the same bytes; what somebody asks for is taken up then. */
export function restoreDocument(path: string, stored: Stored): XmlDocument {
  const source = new StoredSource(path, stored);
  return { source, root: restoreElement(stored.document.root, source, undefined), problems: [] };
}

class StoredSource implements Source {
  readonly path: string;
  readonly stored: Stored;
  private read: string | undefined;

  constructor(path: string, stored: Stored) {
    this.path = path;
    this.stored = stored;
  }

  get text(): string {
    return (this.read ??= this.stored.text(this.stored.document.bytes));
  }
}

function restoreElement(element: StoredElement, source: StoredSource, parent: XmlElement | undefined): XmlElement {
  const [name, start, innerStart, innerEnd, end, attributes, children] = element;
  const restored = attributes.map((attribute) => restoreAttribute(attribute, source));
  const nodes = (self: XmlElement) => nodesIn(children, source.stored).map((child) => restoreNode(child, source, self));
  return new PlacedElement(
    { name, source, parent, attributes: restored, children: nodes },
    { start, innerStart, innerEnd, end },
  );
}

function nodesIn(children: StoredElement[6], stored: Stored): readonly StoredNode[] {
  const [first] = children;
  return typeof first === 'number' ? JSON.parse(stored.text(children as Part)) : (children as StoredNode[]);
}

function restoreNode(child: StoredNode, source: StoredSource, parent: XmlElement): XmlNode {
  return isStoredElement(child) ? restoreElement(child, source, parent) : { kind: 'text', text: child };
}

function restoreAttribute([name, nameStart, value, start, end]: StoredAttribute, source: Source): XmlAttribute {
  return new PlacedAttribute({ name, value, source }, { nameStart, start, end });
}
