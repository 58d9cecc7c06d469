/** A name that is written wrong: what to say of it, and what to write instead where only one can be meant. */
import type { Finding, Fix } from './diagnostics/diagnostic.ts';
import type { Range } from './diagnostics/source.ts';
import { onlyNear, suggest } from './diagnostics/suggest.ts';
import { attributeOf, elementsOf, placeOfValue, type XmlAttribute, type XmlElement } from './xml/node.ts';

/** What a word may be instead: the names that are known, without those that are taken where it stands. */
interface Choice {
  readonly known: Iterable<string>;
  readonly taken?: readonly string[];
}

/** The place of a value that names nothing, with a hint, and a fix where one known name alone is near. */
export function misspelt(attribute: XmlAttribute, { known, taken = [] }: Choice): Omit<Finding, 'message'> {
  const names = [...known];
  const hint = suggest(attribute.value, names);
  return { ...placeOfValue(attribute), hint, ...fixFor(attribute, attribute.valueRange, { known: names, taken }) };
}

/** The fix of a word with a slip in it, as a part of its finding; nothing where no name is near, several are, or it is taken. */
export function fixFor(
  { value }: { readonly value: string },
  range: Range,
  { known, taken = [] }: Choice,
): { readonly fix?: Fix } {
  const meant = onlyNear(value, known);
  return meant !== undefined && PLAIN.test(meant) && !taken.includes(meant) ? { fix: { range, text: meant } } : {};
}

const PLAIN = /^[\w.-]+$/;

/** The names of the elements of its kind that stand beside an element. */
export function namesBeside({ parent, name }: XmlElement): string[] {
  return parent ? elementsOf(parent, name).flatMap((sibling) => attributeOf(sibling, 'name')?.value ?? []) : [];
}

/** The place of a word of a value; all of the value when it is written otherwise, with references. */
export function wordIn(word: string, { source, valueRange: { start, end } }: XmlAttribute): Range {
  const text = source.text.slice(start, end);
  const all = [...text.matchAll(/\S+/g), ...text.matchAll(/[^\s,]+/g)];
  const found = all.find(({ 0: written }) => written === word);
  return found ? { start: start + found.index, end: start + found.index + word.length } : { start, end };
}
