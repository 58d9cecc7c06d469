/** Features of a panel: an element whose `if` names only absent ones does not exist (format.md, section 10). */
import { attributeOf, type XmlElement, type XmlNode } from './xml/node.ts';
import { replaced } from './xml/placed.ts';

export type Features = ReadonlySet<string>;

export const NO_FEATURES: Features = new Set();

/** The words of a setting or of an `if`, divided by spaces or commas. */
export function readFeatures(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

/** Whether an element, whatever it stands in, is there; one of several features is enough. */
export function isPresent(element: XmlElement, features: Features): boolean {
  const condition = attributeOf(element, 'if');
  return condition === undefined || readFeatures(condition.value).some((feature) => features.has(feature));
}

/** The element without all in it that is absent; itself when nothing is, undefined when it is absent. */
export function presentPart(element: XmlElement, features: Features): XmlElement | undefined {
  if (!isPresent(element, features)) return undefined;
  let isWhole = true;
  const children: XmlNode[] = [];
  for (const child of element.children) {
    const part = child.kind === 'element' ? presentPart(child, features) : child;
    if (part !== child) isWhole = false;
    if (part) children.push(part);
  }
  if (isWhole) return element;
  const { attributes, parent } = element;
  return replaced(element, { attributes, parent, children });
}
