import { Scanner } from './scanner.ts';

/** One place of a pattern: which characters it takes, and how often. */
interface Atom {
  takes(character: string): boolean;
  readonly isOptional: boolean;
  readonly isRepeated: boolean;
}

const CLASSES: Readonly<Record<string, RegExp>> = { d: /^\d$/, w: /^\w$/, s: /^\s$/ };

/**
 * A pattern for a whole text, as a test: characters, `.`, `[a-z]`, `[^a-z]`, `\d`, `\w`, `\s`, each with `*`, `+` or `?`
 * behind it. Whatever the pattern and the text, it takes no longer than both are long.
 */
export function compilePattern(text: string): (value: string) => boolean {
  const scanner = new Scanner(text);
  const atoms: Atom[] = [];
  while (!scanner.isAtEnd) atoms.push(atom(scanner));
  return (value) => matches(atoms, value);
}

function atom(scanner: Scanner): Atom {
  const takes = one(scanner);
  const often = scanner.match(/[*+?]/y);
  return { takes, isOptional: often === '*' || often === '?', isRepeated: often === '*' || often === '+' };
}

function one(scanner: Scanner): Atom['takes'] {
  const set = scanner.match(/\[\^?(?:\\.|[^\]\\])+\]/y);
  if (set !== undefined) return ofSet(set.slice(1, -1));
  const escaped = scanner.match(/\\./y)?.[1];
  if (escaped !== undefined) return ofClass(escaped);
  if (scanner.take('.')) return () => true;
  const character = scanner.match(/[^()|{}[\]^$*+?\\]/uy);
  if (character === undefined) throw scanner.slip('A pattern has no such sign', 'Write a backslash before it.');
  return (other) => other === character;
}

const ofClass = (letter: string): Atom['takes'] => {
  const known = Object.hasOwn(CLASSES, letter) ? CLASSES[letter] : undefined;
  return (character) => (known ? known.test(character) : character === letter);
};

function ofSet(text: string): Atom['takes'] {
  const isNegative = text.startsWith('^');
  const parts: Atom['takes'][] = [];
  for (const [, from = '', to, escaped] of text.slice(isNegative ? 1 : 0).matchAll(/([^\\])-([^\\])|\\(.)|[\s\S]/gu)) {
    if (escaped !== undefined) parts.push(ofClass(escaped));
    else if (to !== undefined) parts.push((character) => character >= from && character <= to);
  }
  const single = text.slice(isNegative ? 1 : 0).replace(/[^\\]-[^\\]|\\./gu, '');
  return (character) => (single.includes(character) || parts.some((takes) => takes(character))) !== isNegative;
}

/** Follows all ways through the pattern at once. */
function matches(atoms: readonly Atom[], value: string): boolean {
  let places = skip(atoms, new Set([0]));
  for (const character of value) {
    const next = new Set<number>();
    for (const place of places) {
      const atom = atoms[place];
      if (!atom?.takes(character)) continue;
      next.add(place + 1);
      if (atom.isRepeated) next.add(place);
    }
    if (next.size === 0) return false;
    places = skip(atoms, next);
  }
  return places.has(atoms.length);
}

/** The places with those that can be reached over what is optional; a repeated place is optional once it was taken. */
function skip(atoms: readonly Atom[], places: Set<number>): Set<number> {
  for (const place of places) if (atoms[place]?.isOptional) places.add(place + 1);
  return places;
}
