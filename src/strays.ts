/** Parts that are there, but misspelt, misplaced or without a name: what others miss because of them is reported at them, once. */
import { nearest } from './diagnostics/suggest.ts';
import { isFamilyElement } from './family.ts';
import type { CheckContext } from './rule.ts';
import { attributeOf, elementsOf, type XmlElement } from './xml/node.ts';

const NAME = /^[A-Za-z_][\w.-]*$/;

/** By the root of a tree and the name of an element: a check asks the same at each place where one is missed. */
const found = new WeakMap<CheckContext, Map<XmlElement, Map<string, readonly XmlElement[]>>>();

/** The elements of a tree that may stand for an `<element>` that is missed. */
export function strays(root: XmlElement | undefined, element: string, context: CheckContext): readonly XmlElement[] {
  if (!root) return [];
  let roots = found.get(context);
  if (!roots) found.set(context, (roots = new Map()));
  let names = roots.get(root);
  if (!names) roots.set(root, (names = new Map()));
  let known = names.get(element);
  if (!known) {
    known = [...within(root)].filter((one) => isStray(one, element, context.elements));
    names.set(element, known);
  }
  return known;
}

/** Whether a stray of the file explains that no `<element>` of the name is found in `owner`. */
export function isExplained(
  name: string,
  { owner, element, context }: { owner: XmlElement; element: string; context: CheckContext },
): boolean {
  return strays(rootOf(owner), element, context).some((stray) => {
    const own = attributeOf(stray, 'name')?.value;
    return own === name || (!isNamed(own) && isWithin(stray, owner));
  });
}

const isNamed = (name: string | undefined) => name !== undefined && NAME.test(name);

function isStray(one: XmlElement, element: string, elements: CheckContext['elements']): boolean {
  const contract = elements.get(one.name);
  if (!contract) return !isFamilyElement(one) && nearest(one.name, [element]) !== undefined;
  if (one.name !== element) return false;
  if ('name' in contract.attributes.properties && !isNamed(attributeOf(one, 'name')?.value)) return true;
  return isLost(one, elements);
}

/** Whether it, or something around it, stands where it is not read. */
function isLost(one: XmlElement, elements: CheckContext['elements']): boolean {
  for (let at = one; at.parent; at = at.parent)
    if (!elements.get(at.name)?.parents.includes(at.parent.name)) return true;
  return false;
}

function* within(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of elementsOf(element)) yield* within(child);
}

/** The outer element of the file. */
export function rootOf(element: XmlElement): XmlElement {
  let at = element;
  while (at.parent) at = at.parent;
  return at;
}

function isWithin(element: XmlElement, owner: XmlElement): boolean {
  for (let at: XmlElement | undefined = element; at; at = at.parent) if (at === owner) return true;
  return false;
}
