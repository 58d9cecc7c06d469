/** What a file describes, however it is wrapped: the blocks of a layout, and functions. */
import { attributeOf, elementsOf, type XmlElement } from './xml/node.ts';

/** The blocks of a layout, which may stand in a `metadata type="dashboard"`. */
export function blocksOf(layout: XmlElement): XmlElement[] {
  return elementsOf(layout).flatMap((child) =>
    isDashboard(child) ? elementsOf(child, 'block') : child.name === 'block' ? [child] : [],
  );
}

/** What the root of a file describes beside blocks: the `metadata` of functions. */
export function definitionsOf(root: XmlElement | undefined): XmlElement[] {
  return root ? elementsOf(root, 'metadata').filter((metadata) => !isDashboard(metadata)) : [];
}

/** Whether an element describes no function, but holds the blocks of a layout. */
export function isDashboard(element: XmlElement): boolean {
  return element.name === 'metadata' && attributeOf(element, 'type')?.value === 'dashboard';
}
