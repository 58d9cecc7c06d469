/** Who can see an element, by its level and those around it. */
import { layoutOf } from './content-document.ts';
import { type LevelTest, levelNames, readLevel } from './level.ts';
import { remembered } from './remembered.ts';
import type { CheckContext } from './rule.ts';
import { attributeOf, elementsOf, type XmlAttribute, type XmlElement } from './xml/node.ts';

/** The levels that somebody has who gets the file: that of a layout, and all there are anywhere else. */
function levelsOf(path: string): readonly number[] {
  const layout = layoutOf(path);
  return layout ? [layout.level] : Object.values(levelNames);
}

/** The levels that get an element; one whose `level` cannot be read is for everybody. */
export function levelsAround(element: XmlElement): readonly number[] {
  const tests: (LevelTest | undefined)[] = [];
  let outer = element;
  for (let at: XmlElement | undefined = element; at; at = at.parent) {
    tests.push(readLevel(attributeOf(at, 'level')?.value));
    outer = at;
  }
  return levelsOf(outer.source.path).filter((level) => tests.every((test) => test === undefined || test(level)));
}

/** The levels that get any of several elements. */
export function levelsAroundAll(elements: readonly XmlElement[]): readonly number[] {
  return [...new Set(elements.flatMap(levelsAround))].sort((a, b) => a - b);
}

/** An element, and where an overlay has put the same into other layouts: what it says is vain only when it is so in all of them. */
export function copiesOf(
  element: XmlElement,
  attribute: XmlAttribute,
  { overlays, documents }: Pick<CheckContext, 'overlays' | 'documents'>,
): readonly XmlElement[] {
  if (!overlays.has(attribute.source)) return [element];
  return [element, ...documents.flatMap(({ root }) => (root ? carriers(root, attribute) : []))];
}

/** The elements that have an attribute which was merged into each of them. */
function carriers(element: XmlElement, attribute: XmlAttribute): XmlElement[] {
  const inner = elementsOf(element).flatMap((child) => carriers(child, attribute));
  return element.attributes.includes(attribute) ? [element, ...inner] : inner;
}

/** `level 5 (user)`, `levels 6 and 7`. */
export function namedLevels(levels: readonly number[]): string {
  return named(levels.join(' '));
}

const named = remembered((levels: string) => {
  const name = (level: string) => Object.entries(levelNames).find(([, number]) => `${number}` === level)?.[0];
  const all = levels.split(' ');
  const words = all.map((level) => (name(level) === undefined ? level : `${level} (${name(level)})`));
  return `${all.length === 1 ? 'level' : 'levels'} ${new Intl.ListFormat('en').format(words)}`;
});
