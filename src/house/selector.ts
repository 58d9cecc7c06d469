/** Which elements a rule is about: `block[type=list] > col:not([title])`. */
import { attributeOf, elementsOf, textOf, type XmlElement } from '../xml/node.ts';
import { type Named, Scanner } from './scanner.ts';

type Test = (element: XmlElement) => boolean;

export interface Selector {
  matches(element: XmlElement): boolean;
  /** How many elements in `element` match. */
  count(element: XmlElement): number;
  /** The elements and attributes it names. */
  readonly elements: readonly Named[];
  readonly attributes: readonly Named[];
}

interface Compound {
  readonly test: Test;
  /** What stands between it and the one before: a parent, or any ancestor. */
  readonly relation: '>' | ' ';
}

/** Reads `text`, or a stretch of it; throws a Slip. */
export function compileSelector(text: string, start = 0, end = text.length): Selector {
  const scanner = new Scanner(text, start, end);
  const names = { elements: [] as Named[], attributes: [] as Named[] };
  const alternatives = list(scanner, names);
  if (!scanner.isAtEnd) throw scanner.slip('This is no part of a selector', 'Write it as block[type=list] > col.');
  const matches = (element: XmlElement, within?: XmlElement) =>
    alternatives.some((chain) => matchesChain(chain, chain.length - 1, element, within));
  return {
    ...names,
    matches: (element) => matches(element),
    count: (element) => [...inside(element)].filter((one) => matches(one, element)).length,
  };
}

interface Names {
  readonly elements: Named[];
  readonly attributes: Named[];
}

function list(scanner: Scanner, names: Names): Compound[][] {
  const alternatives: Compound[][] = [];
  do {
    scanner.space();
    alternatives.push(chain(scanner, names));
    scanner.space();
  } while (scanner.take(','));
  return alternatives;
}

function chain(scanner: Scanner, names: Names): Compound[] {
  const compounds: Compound[] = [];
  let relation: Compound['relation'] = scanner.take('>') ? '>' : ' ';
  for (;;) {
    scanner.space();
    compounds.push({ relation, test: compound(scanner, names) });
    const isApart = scanner.space();
    if (scanner.take('>')) relation = '>';
    else if (isApart && !scanner.isAtEnd && scanner.match(/(?=[,)])/y) === undefined) relation = ' ';
    else return compounds;
  }
}

function compound(scanner: Scanner, names: Names): Test {
  const tests: Test[] = [];
  const element = scanner.name();
  if (element) {
    names.elements.push(element);
    tests.push(({ name }) => name === element.name);
  } else if (scanner.take('*')) tests.push(() => true);
  for (;;) {
    if (scanner.take('[')) tests.push(attribute(scanner, names));
    else if (scanner.take(':')) tests.push(condition(scanner, names));
    else break;
  }
  if (tests.length === 0) throw scanner.slip('The name of an element is missing here');
  return (one) => tests.every((test) => test(one));
}

const COMPARISONS: Readonly<Record<string, (value: string | undefined, wanted: string) => boolean>> = {
  '=': (value, wanted) => value === wanted,
  '!=': (value, wanted) => value !== wanted,
  '^=': (value, wanted) => value?.startsWith(wanted) === true,
  '$=': (value, wanted) => value?.endsWith(wanted) === true,
  '*=': (value, wanted) => value?.includes(wanted) === true,
};

function attribute(scanner: Scanner, names: Names): Test {
  scanner.space();
  const named = scanner.name();
  if (!named) throw scanner.slip('The name of an attribute is missing here');
  names.attributes.push(named);
  scanner.space();
  const compare = COMPARISONS[scanner.match(/[!^$*]?=/y) ?? ''];
  scanner.space();
  const wanted = compare && (scanner.quoted() ?? scanner.match(/[^\s'"\]]+/y));
  if (compare && wanted === undefined) throw scanner.slip('A value is missing here');
  scanner.expect(']');
  return (element) => {
    const value = attributeOf(element, named.name)?.value;
    return compare && wanted !== undefined ? compare(value, wanted) : value !== undefined;
  };
}

function condition(scanner: Scanner, names: Names): Test {
  if (scanner.word('root')) return ({ parent }) => parent === undefined;
  if (scanner.word('empty')) return (element) => elementsOf(element).length === 0 && textOf(element) === '';
  const isNot = scanner.word('not');
  if (!isNot && !scanner.word('has'))
    throw scanner.slip('There is no such condition', 'Known: :empty, :has(…), :not(…), :root.');
  scanner.expect('(');
  const alternatives = list(scanner, names);
  scanner.expect(')');
  const matches = (element: XmlElement, within?: XmlElement) =>
    alternatives.some((one) => matchesChain(one, one.length - 1, element, within));
  return isNot
    ? (element) => !matches(element)
    : (element) => [...inside(element)].some((one) => matches(one, element));
}

/** Whether the chain up to `at` ends in the element; its beginning lies in `within`. */
function matchesChain(chain: readonly Compound[], at: number, element: XmlElement, within?: XmlElement): boolean {
  const compound = chain[at];
  if (!compound?.test(element)) return false;
  const { parent } = element;
  if (at === 0) return compound.relation === ' ' || (within ? parent === within : parent === undefined);
  if (compound.relation === '>')
    return parent !== undefined && parent !== within && matchesChain(chain, at - 1, parent, within);
  for (let one = parent; one && one !== within; one = one.parent) {
    if (matchesChain(chain, at - 1, one, within)) return true;
  }
  return false;
}

function* inside(element: XmlElement): Generator<XmlElement> {
  for (const child of elementsOf(element)) {
    yield child;
    yield* inside(child);
  }
}
