import type { Range, Source } from '../diagnostics/source.ts';
import { scanStartTag } from './attributes.ts';
import type { XmlLimits } from './limits.ts';
import { slipInName } from './names.ts';
import { noPrefixes, type Prefixes, readPrefixes } from './namespaces.ts';
import { createParser } from './parser.ts';
import { problemOf, quoted, type Slip, type XmlProblem } from './problem.ts';
import { findSlip } from './slip.ts';

/** An element as the gate saw it, from its `<` to past its end tag; `text` is all of its own text. */
export interface SeenElement {
  readonly name: string;
  readonly parent: SeenElement | undefined;
  readonly start: number;
  readonly end: number;
  readonly attributeCount: number;
  readonly text: string;
}

/**
 * What passed the gate: the elements of a well-formed document in order, the names and values of all their attributes
 * in one row, and whether there are processing instructions.
 */
export interface Passed {
  readonly elements: readonly SeenElement[];
  readonly names: readonly string[];
  readonly values: readonly string[];
  readonly hasInstructions: boolean;
  readonly problem?: undefined;
}

type Open = { -readonly [Key in Exclude<keyof SeenElement, 'parent'>]: SeenElement[Key] } & {
  parent: Open | undefined;
  /** Those declared at the element, where it or one around it has names with a colon. */
  prefixes: Prefixes;
};
type Excess = Omit<Slip, 'range'>;

// saxes reads on after an error; only a throw out of one of its handlers stops it.
class Stop extends Error {
  readonly slip: Slip;
  constructor(slip: Slip) {
    super(slip.message);
    this.slip = slip;
  }
}

/** Lets a document through that is well-formed, has no DOCTYPE and keeps the limits, or says what is wrong first. */
export function passGate(source: Source, limits: XmlLimits): Passed | { readonly problem: XmlProblem } {
  try {
    return new Gate(source.text, limits).pass();
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop;
    return { problem: problemOf(source, stop.slip) };
  }
}

class Gate {
  private readonly text: string;
  private readonly limits: XmlLimits;
  private readonly parser = createParser();
  private readonly elements: Open[] = [];
  private readonly names: string[] = [];
  private readonly values: string[] = [];
  private readonly goodNames = new Map<string, string>();
  private current: Open | undefined;
  private depth = 0;
  private hasInstructions = false;
  private usesPrefixes = false;

  constructor(text: string, limits: XmlLimits) {
    this.text = text;
    this.limits = limits;
  }

  pass(): Passed {
    const { parser, elements, names, values } = this;
    parser.on('error', () => this.fail());
    parser.on('doctype', () => this.fail());
    parser.on('xmldecl', ({ version }) => version === '1.0' || this.fail());
    parser.on('processinginstruction', (read) => this.passInstruction(read));
    parser.on('opentagstart', ({ name }) => this.openElement(name));
    parser.on('attribute', ({ name, value }) => this.passAttribute(name, value));
    parser.on('opentag', () => this.passStartTag());
    parser.on('closetag', () => this.closeElement());
    parser.on('text', (text) => this.passText(text));
    parser.on('cdata', (text) => this.passText(text));
    parser.write(this.text).close();
    return { elements, names, values, hasInstructions: this.hasInstructions };
  }

  private openElement(written: string): void {
    const good = this.good(written);
    const name = good ?? written;
    // saxes has also read the character after the name.
    const start = this.text.lastIndexOf('<', this.parser.position - 2);
    const prefixes = this.current?.prefixes ?? noPrefixes;
    const element = { name, parent: this.current, start, end: start, attributeCount: 0, text: '', prefixes };
    const root = this.elements[0];
    if (root && !this.current) throw new Stop(secondRoot(element, root));
    this.elements.push(element);
    this.current = element;
    this.depth++;
    this.usesPrefixes = name.includes(':');
    const slip = good === undefined ? slipInName(name) : this.elementExcess();
    if (slip) throw new Stop({ ...slip, range: nameRangeOf(element) });
  }

  // Few documents have prefixes, so only a start tag with a colon or with xmlns costs more.
  private passStartTag(): void {
    if (!this.current || !this.usesPrefixes) return;
    const { name, attributeCount, prefixes: around } = this.current;
    const from = this.names.length - attributeCount;
    const tag = { name, names: this.names.slice(from), values: this.values.slice(from) };
    const { prefixes, slip } = readPrefixes(tag, around);
    this.current.prefixes = prefixes;
    if (!slip) return;
    const { attribute, ...said } = slip;
    const range =
      attribute === undefined ? nameRangeOf(this.current) : attributeRange(this.text, this.current, attribute);
    throw new Stop({ ...said, range });
  }

  private passInstruction({ target, body }: { readonly target: string; readonly body: string }): void {
    this.hasInstructions = true;
    // Between the name and the rest stands white space alone, which saxes leaves out.
    const bodyStart = this.parser.position - 2 - body.length;
    const start = this.text.lastIndexOf(`<?${target}`, bodyStart - 2 - target.length) + 2;
    // To saxes, a name also ends before a "?" that ends nothing.
    if (body !== '' && start + target.length === bodyStart) this.fail();
    if (!target.includes(':')) return;
    const message = `The name ${quoted(target)} of a processing instruction holds a ":"`;
    throw new Stop({ message, range: { start, end: start + target.length } });
  }

  private closeElement(): void {
    if (!this.current) return;
    this.current.end = this.parser.position;
    this.current = this.current.parent;
    this.depth--;
  }

  private passAttribute(name: string, value: string): void {
    if (!this.current) return;
    this.current.attributeCount++;
    const good = this.good(name);
    this.names.push(good ?? name);
    this.values.push(value);
    this.usesPrefixes ||= name.includes(':') || name === 'xmlns';
    const slip = good === undefined ? slipInName(name) : this.attributeExcess(this.current, name, value);
    if (slip) {
      const last = this.current.attributeCount - 1;
      throw new Stop({ ...slip, range: attributeRange(this.text, this.current, last) });
    }
  }

  private passText(text: string): void {
    if (!this.current) return;
    const { textLength } = this.limits;
    if (text.length > textLength) {
      const excess = tooLong(`The text in ${quoted(this.current.name)}`, text, textLength);
      throw new Stop({ ...excess, range: nameRangeOf(this.current) });
    }
    this.current.text += text;
  }

  // A name is looked at once, and kept once.
  private good(name: string): string | undefined {
    if (!this.goodNames.has(name) && slipInName(name) === undefined) this.goodNames.set(name, name);
    return this.goodNames.get(name);
  }

  private elementExcess(): Excess | undefined {
    const { depth, elements } = this.limits;
    const code = 'too-large';
    if (this.depth > depth) return { code, message: `The elements are nested deeper than ${depth} levels` };
    if (this.elements.length > elements) return { code, message: `The file has more than ${elements} elements` };
    return undefined;
  }

  private attributeExcess(element: SeenElement, name: string, value: string): Excess | undefined {
    const { attributes, attributeLength } = this.limits;
    if (value.length > attributeLength) {
      return tooLong(`The value of attribute ${quoted(name)}`, value, attributeLength);
    }
    if (element.attributeCount <= attributes) return undefined;
    return { code: 'too-large', message: `The element ${quoted(element.name)} has more than ${attributes} attributes` };
  }

  // All before the last element that was opened is known to be good; from there it is read again, for the author.
  private fail(): never {
    const last = this.elements.at(-1);
    const open: SeenElement[] = [];
    for (let element = last?.parent; element; element = element.parent) open.unshift(element);
    throw new Stop(findSlip(this.text, last?.start ?? 0, open) ?? this.unexplained());
  }

  private unexplained(): Slip {
    const end = this.parser.position;
    return { message: 'The XML is not well-formed here', range: { start: Math.max(0, end - 1), end } };
  }
}

function secondRoot(element: SeenElement, root: SeenElement): Slip {
  return {
    message: `A second root element ${quoted(element.name)} follows the first`,
    range: nameRangeOf(element),
    hint: `Put it inside ${quoted(root.name)}, or into a file of its own`,
    related: [{ message: `${quoted(root.name)} is the root element`, range: nameRangeOf(root) }],
  };
}

function attributeRange(text: string, { name, start }: SeenElement, index: number): Range {
  const { places } = scanStartTag(text, start + 1 + name.length);
  return { start: places[index * 4] ?? start, end: places[index * 4 + 1] ?? start };
}

function tooLong(thing: string, text: string, limit: number): Excess {
  return { code: 'too-large', message: `${thing} is ${text.length} characters long, the limit is ${limit}` };
}

function nameRangeOf({ start, name }: SeenElement): Range {
  return { start: start + 1, end: start + 1 + name.length };
}
