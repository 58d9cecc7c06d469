import type { Range, Source } from '../diagnostics/source.ts';

/** An attribute as the author wrote it; `value` is decoded and normalised, `valueRange` is the raw text without quotes. */
export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
  /** The file it stands in: that of an overlay, where one has set it. */
  readonly source: Source;
  readonly nameRange: Range;
  readonly valueRange: Range;
}

/**
 * An element and the places of its parts: `range` from `<` to past the end tag, `nameRange` the name in the start tag,
 * `innerRange` what stands between the tags; for `<a/>` that is empty and lies at its end. A copy with other children is
 * made by `replaced`: its ranges are no properties that `...` would take along.
 */
export interface XmlElement {
  readonly kind: 'element';
  readonly name: string;
  readonly source: Source;
  readonly range: Range;
  readonly nameRange: Range;
  readonly innerRange: Range;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlNode[];
  readonly parent: XmlElement | undefined;
}

/** A run of text with its references decoded, or the content of a CDATA section. Comments leave no trace. */
export interface XmlText {
  readonly kind: 'text';
  readonly text: string;
}

export type XmlNode = XmlElement | XmlText;

/** The attribute of that name, if the element carries it. */
export function attributeOf(element: XmlElement, name: string): XmlAttribute | undefined {
  for (const attribute of element.attributes) if (attribute.name === name) return attribute;
  return undefined;
}

/** Where an attribute's value stands; for a finding about it. */
export function placeOfValue({ source, valueRange }: XmlAttribute): { readonly source: Source; readonly range: Range } {
  return { source, range: valueRange };
}

/** Where an attribute's name stands. */
export function placeOfName({ source, nameRange }: XmlAttribute): { readonly source: Source; readonly range: Range } {
  return { source, range: nameRange };
}

/** The child elements in order, all or those of one name. */
export function elementsOf(element: XmlElement, name?: string): XmlElement[] {
  const found: XmlElement[] = [];
  for (const child of element.children) {
    if (child.kind === 'element' && (name === undefined || child.name === name)) found.push(child);
  }
  return found;
}

/** The element that counts when `xml`, as some files of the family have it, stands around the only one. */
export function unwrapped(root: XmlElement | undefined): XmlElement | undefined {
  const [inner, ...others] = root?.name === 'xml' ? elementsOf(root) : [];
  return inner && others.length === 0 ? inner : root;
}

/** The element's own text without that of its children, trimmed. */
export function textOf(element: XmlElement): string {
  let text = '';
  for (const child of element.children) if (child.kind === 'text') text += child.text;
  return text.trim();
}
