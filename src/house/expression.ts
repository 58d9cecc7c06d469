/** What a rule says of an element: `@rows <= 10 and count('> col') < 8`. It reads the element, and can do nothing else. */
import { attributeOf, textOf, type XmlAttribute, type XmlElement } from '../xml/node.ts';
import { compilePattern } from './pattern.ts';
import { type Named, Scanner, Slip } from './scanner.ts';
import { compileSelector } from './selector.ts';

export type Value = string | number | boolean | undefined;
type Evaluate = (element: XmlElement) => Value;

export interface Expression {
  evaluate(element: XmlElement): Value;
  /** The attributes of the element itself that it reads, in their order. */
  readonly own: readonly string[];
  /** The elements and attributes it names. */
  readonly elements: readonly Named[];
  readonly attributes: readonly Named[];
}

interface Names {
  readonly own: string[];
  readonly elements: Named[];
  readonly attributes: Named[];
}

/** Reads `text`, or a stretch of it; throws a Slip. */
export function compileExpression(text: string, start = 0, end = text.length): Expression {
  const scanner = new Scanner(text, start, end);
  const names: Names = { own: [], elements: [], attributes: [] };
  const evaluate = either({ scanner, names });
  scanner.space();
  if (!scanner.isAtEnd) throw scanner.slip('This is no part of an expression');
  return { ...names, evaluate };
}

/** Whether a value counts as true: text that is not empty, a number that is not 0. */
export const isTrue = (value: Value): boolean => Boolean(value);

interface Reading {
  readonly scanner: Scanner;
  readonly names: Names;
}

function either(reading: Reading): Evaluate {
  const parts = [both(reading)];
  while (keyword(reading, 'or')) parts.push(both(reading));
  const [only] = parts;
  return parts.length === 1 && only ? only : (element) => parts.some((part) => isTrue(part(element)));
}

function both(reading: Reading): Evaluate {
  const parts = [negation(reading)];
  while (keyword(reading, 'and')) parts.push(negation(reading));
  const [only] = parts;
  return parts.length === 1 && only ? only : (element) => parts.every((part) => isTrue(part(element)));
}

function negation(reading: Reading): Evaluate {
  if (!keyword(reading, 'not')) return comparison(reading);
  const part = negation(reading);
  return (element) => !isTrue(part(element));
}

function keyword({ scanner }: Reading, word: string): boolean {
  scanner.space();
  return scanner.word(word);
}

const COMPARISONS: Readonly<Record<string, (a: Value, b: Value) => boolean>> = {
  '=': (a, b) => isSame(a, b),
  '!=': (a, b) => !isSame(a, b),
  '<=': (a, b) => numberOf(a) <= numberOf(b),
  '>=': (a, b) => numberOf(a) >= numberOf(b),
  '<': (a, b) => numberOf(a) < numberOf(b),
  '>': (a, b) => numberOf(a) > numberOf(b),
};

function comparison(reading: Reading): Evaluate {
  const left = value(reading);
  const { scanner } = reading;
  if (keyword(reading, 'matches')) return pattern(scanner, left);
  if (keyword(reading, 'in')) {
    scanner.expect('(');
    const wanted = values(reading);
    return (element) => wanted.some((one) => isSame(left(element), one(element)));
  }
  const compare = COMPARISONS[scanner.match(/[<>]=?|!?=/y) ?? ''];
  if (!compare) return left;
  const right = value(reading);
  return (element) => compare(left(element), right(element));
}

function pattern(scanner: Scanner, left: Evaluate): Evaluate {
  scanner.space();
  const start = scanner.at;
  const text = scanner.quoted();
  if (text === undefined) throw scanner.slip('A pattern in quotes is missing here');
  const test = moved(start + 1, () => compilePattern(text));
  return (element) => {
    const given = left(element);
    return given !== undefined && test(String(given));
  };
}

/** Values with commas between them, to the closing parenthesis. */
function values(reading: Reading): Evaluate[] {
  const list = [value(reading)];
  reading.scanner.space();
  while (reading.scanner.take(',')) {
    list.push(value(reading));
    reading.scanner.space();
  }
  reading.scanner.expect(')');
  return list;
}

function value(reading: Reading): Evaluate {
  const { scanner } = reading;
  scanner.space();
  if (scanner.take('(')) {
    const inner = either(reading);
    scanner.expect(')');
    return inner;
  }
  const number = scanner.match(/-?\d+(?:\.\d+)?/y);
  if (number !== undefined) return () => Number(number);
  const text = scanner.quoted();
  if (text !== undefined) return () => text;
  return attribute(reading) ?? call(reading);
}

/** `@name` of the element, `../@name` of the one around it, and so on. */
function attribute({ scanner, names }: Reading): Evaluate | undefined {
  const start = scanner.at;
  const steps = (scanner.match(/(?:\.\.\/)+/y) ?? '').length / '../'.length;
  if (!scanner.take('@')) {
    if (steps > 0) throw scanner.slip('An attribute is missing here', 'Write it as ../@name.');
    scanner.at = start;
    return undefined;
  }
  const named = scanner.name();
  if (!named) throw scanner.slip('The name of an attribute is missing here');
  names.attributes.push(named);
  if (steps === 0) names.own.push(named.name);
  return (element) => {
    let one: XmlElement | undefined = element;
    for (let step = 0; step < steps; step++) one = one?.parent;
    return one && attributeOf(one, named.name)?.value;
  };
}

const FUNCTIONS = 'Known: count(…), length(…), name(), number(…), text(), lower(…).';

function call(reading: Reading): Evaluate {
  const { scanner } = reading;
  const named = scanner.name();
  if (!named)
    throw scanner.slip('A value is missing here', `A value is @name, 'text', a number or a function. ${FUNCTIONS}`);
  const unknown = new Slip(`There is no function "${named.name}"`, named, FUNCTIONS);
  if (!scanner.take('('))
    throw new Slip(`"${named.name}" is no value`, named, `Write @${named.name} or '${named.name}'.`);
  if (named.name === 'count') return count(reading);
  if (named.name === 'name' || named.name === 'text') {
    scanner.expect(')');
    return named.name === 'name' ? (element) => element.name : textOf;
  }
  const change = Object.hasOwn(CHANGES, named.name) ? CHANGES[named.name] : undefined;
  if (!change) throw unknown;
  const inner = either(reading);
  scanner.expect(')');
  return (element) => change(inner(element));
}

const CHANGES: Readonly<Record<string, (value: Value) => Value>> = {
  length: (value) => (value === undefined ? 0 : Array.from(String(value)).length),
  lower: (value) => value && String(value).toLowerCase(),
  number: (value) => numberOf(value),
};

function count({ scanner, names }: Reading): Evaluate {
  scanner.space();
  const start = scanner.at;
  const text = scanner.quoted();
  if (text === undefined) throw scanner.slip('A selector in quotes is missing here', "Write it as count('> col').");
  const selector = compileSelector(scanner.text, start + 1, start + 1 + text.length);
  names.elements.push(...selector.elements);
  names.attributes.push(...selector.attributes);
  scanner.expect(')');
  return (element) => selector.count(element);
}

function moved<T>(by: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Slip)) throw error;
    throw new Slip(error.message, { start: error.start + by, end: error.end + by }, error.hint);
  }
}

function numberOf(value: Value): number {
  return value === undefined || value === '' ? Number.NaN : Number(value);
}

function isSame(a: Value, b: Value): boolean {
  return typeof a === 'number' || typeof b === 'number' ? numberOf(a) === numberOf(b) : a === b;
}

/** The first attribute that the expression reads and the element carries: where what it says of it can be seen. */
export function readAttribute({ own }: Expression, element: XmlElement): XmlAttribute | undefined {
  for (const name of own) {
    const found = attributeOf(element, name);
    if (found) return found;
  }
  return undefined;
}
