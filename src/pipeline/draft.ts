/** A tree that may still change: elements are read-only and know their parent, so they are made when it is done. */
import type { XmlAttribute, XmlElement, XmlText } from '../xml/node.ts';
import { replaced } from '../xml/placed.ts';

export interface Draft {
  readonly kind: 'element';
  readonly name: string;
  /** The element whose source and ranges it has. */
  from: XmlElement;
  attributes: readonly XmlAttribute[];
  children: (Draft | XmlText)[];
  /** What of an overlay has changed it last. */
  changedBy?: XmlElement;
}

export function thaw(element: XmlElement): Draft {
  return {
    ...shellOf(element),
    children: element.children.map((child) => (child.kind === 'text' ? child : thaw(child))),
  };
}

/** The element with its attributes and own text, without the elements in it. */
export function shellOf(element: XmlElement): Draft {
  const { name, attributes, children } = element;
  const texts = children.filter((child) => child.kind === 'text');
  return { kind: 'element', name, from: element, attributes: [...attributes], children: texts };
}

/** The elements of a draft; `changes` gets what of an overlay has changed them. */
export function freeze(draft: Draft, changes: Map<XmlElement, XmlElement>, parent?: XmlElement): XmlElement {
  const children: (XmlElement | XmlText)[] = [];
  const element = replaced(draft.from, { attributes: draft.attributes, children, parent });
  if (draft.changedBy) changes.set(element, draft.changedBy);
  for (const child of draft.children) children.push(child.kind === 'text' ? child : freeze(child, changes, element));
  return element;
}

/** The elements in a draft, all or those of one name. */
export function draftsIn(draft: Draft, name?: string): Draft[] {
  return draft.children.filter(
    (child) => child.kind === 'element' && (name === undefined || child.name === name),
  ) as Draft[];
}

export function attributeText(draft: Pick<Draft, 'attributes'>, name: string): string | undefined {
  return draft.attributes.find((attribute) => attribute.name === name)?.value;
}
