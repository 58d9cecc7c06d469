import type { Range, Source } from '../diagnostics/source.ts';
import { decodedValue, scanStartTag } from './attributes.ts';
import type { XmlLimits } from './limits.ts';
import { slipInName } from './names.ts';
import { noPrefixes, type Prefixes, readPrefixes } from './namespaces.ts';
import type { XmlAttribute } from './node.ts';
import { createParser } from './parser.ts';
import { NOTHING, PlacedAttribute, PlacedElement } from './placed.ts';
import { ambiguous, problemOf, quoted, type Slip, type XmlProblem } from './problem.ts';
import { findSlip } from './slip.ts';
import type { Opened } from './slip-in-tag.ts';

/** What passed the gate: a well-formed document within the limits. */
export interface Passed {
  /** In order, with their attributes, and still without what they hold. */
  readonly elements: readonly PlacedElement[];
  /** All of the own text of each. */
  readonly texts: readonly string[];
  readonly hasInstructions: boolean;
  readonly problem?: undefined;
}

/** An element whose start tag is being read, or whose end tag has not come yet. */
interface Open {
  readonly name: string;
  readonly start: number;
  readonly parent: Open | undefined;
  /** Its place among all elements. */
  readonly index: number;
  readonly names: string[];
  readonly values: string[];
  /** Those declared at the element, where it or one around it has names with a colon. */
  prefixes: Prefixes;
  /** Once its start tag has been read. */
  element?: PlacedElement;
}

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
    return new Gate(source, limits).pass();
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop;
    return { problem: problemOf(source, stop.slip) };
  }
}

class Gate {
  private readonly source: Source;
  private readonly text: string;
  private readonly limits: XmlLimits;
  private readonly parser = createParser();
  private readonly elements: PlacedElement[] = [];
  private readonly texts: string[] = [];
  private readonly goodNames = new Map<string, string>();
  private current: Open | undefined;
  private last: Open | undefined;
  private depth = 0;
  private hasInstructions = false;
  private usesPrefixes = false;

  constructor(source: Source, limits: XmlLimits) {
    this.source = source;
    this.text = source.text;
    this.limits = limits;
  }

  pass(): Passed {
    const { parser, elements, texts } = this;
    parser.on('error', () => this.fail());
    parser.on('doctype', () => this.fail());
    parser.on('xmldecl', ({ version }) => version === '1.0' || this.fail());
    parser.on('processinginstruction', (read) => this.passInstruction(read));
    parser.on('opentagstart', ({ name }) => this.openElement(name));
    parser.on('attribute', ({ name, value }) => this.passAttribute(name, value));
    parser.on('opentag', () => this.passStartTag());
    parser.on('closetag', ({ isSelfClosing }) => this.closeElement(isSelfClosing));
    parser.on('text', (text) => this.passText(text));
    parser.on('cdata', (text) => this.passText(text));
    parser.write(this.text).close();
    return { elements, texts, hasInstructions: this.hasInstructions };
  }

  private openElement(written: string): void {
    const good = this.good(written);
    const name = good ?? written;
    // saxes has also read the character after the name.
    const start = this.text.lastIndexOf('<', this.parser.position - 2);
    const parent = this.current;
    const prefixes = parent?.prefixes ?? noPrefixes;
    const index = this.texts.length;
    const open: Open = { name, start, parent, index, names: [], values: [], prefixes };
    const [root] = this.elements;
    if (root && !parent) throw new Stop(secondRoot(open, root));
    this.texts.push('');
    this.current = this.last = open;
    this.depth++;
    this.usesPrefixes = name.includes(':');
    const slip = good === undefined ? slipInName(name) : this.elementExcess();
    if (slip) throw new Stop({ ...slip, range: nameRangeOf(open) });
  }

  private passStartTag(): void {
    const { current, source } = this;
    if (!current) return;
    // Few documents have prefixes, so only a start tag with a colon or with xmlns costs more.
    if (this.usesPrefixes) this.passPrefixes(current);
    const { name, start } = current;
    const attributes = this.attributesOf(current);
    const end = this.parser.position;
    current.element = new PlacedElement(
      { name, source, parent: current.parent?.element, attributes, children: NOTHING },
      { start, innerStart: end, innerEnd: end, end },
    );
    this.elements.push(current.element);
  }

  private passPrefixes(tag: Open): void {
    const { prefixes, slip } = readPrefixes(tag, tag.prefixes);
    tag.prefixes = prefixes;
    if (!slip) return;
    const { attribute, ...said } = slip;
    const range = attribute === undefined ? nameRangeOf(tag) : attributeRange(this.text, tag, attribute);
    throw new Stop({ ...said, range });
  }

  // saxes does not say where they stand, so they are read once more.
  private attributesOf(tag: Open): readonly XmlAttribute[] {
    const { source, text } = this;
    const { name, start, names, values } = tag;
    const { places } = scanStartTag(text, start + 1 + name.length);
    if (places.length !== names.length * 4) throw new Stop(ambiguous(nameRangeOf(tag)));
    if (names.length === 0) return NOTHING;
    return names.map((name, index) => {
      const [nameStart = 0, nameEnd = 0, from = 0, to = 0] = places.slice(index * 4, index * 4 + 4);
      const value = values[index] ?? '';
      const isSame = name === text.slice(nameStart, nameEnd) && value === decodedValue(text.slice(from, to));
      if (!isSame) throw new Stop(ambiguous({ start: nameStart, end: nameEnd }));
      return new PlacedAttribute({ name, value, source }, { nameStart, start: from, end: to });
    });
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

  private closeElement(isEmpty: boolean): void {
    const { current, text } = this;
    if (!current) return;
    const end = this.parser.position;
    current.element?.close(isEmpty ? end : text.lastIndexOf('<', end - 1), end);
    this.current = current.parent;
    this.depth--;
  }

  private passAttribute(name: string, value: string): void {
    const { current } = this;
    if (!current) return;
    const good = this.good(name);
    const last = current.names.push(good ?? name) - 1;
    current.values.push(value);
    this.usesPrefixes ||= name.includes(':') || name === 'xmlns';
    const slip = good === undefined ? slipInName(name) : this.attributeExcess(current, name, value);
    if (slip) throw new Stop({ ...slip, range: attributeRange(this.text, current, last) });
  }

  private passText(text: string): void {
    const { current, texts } = this;
    if (!current) return;
    const { textLength } = this.limits;
    if (text.length > textLength) {
      const excess = tooLong(`The text in ${quoted(current.name)}`, text, textLength);
      throw new Stop({ ...excess, range: nameRangeOf(current) });
    }
    texts[current.index] += text;
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
    if (this.texts.length > elements) return { code, message: `The file has more than ${elements} elements` };
    return undefined;
  }

  private attributeExcess({ name: tag, names }: Open, name: string, value: string): Excess | undefined {
    const { attributes, attributeLength } = this.limits;
    if (value.length > attributeLength) {
      return tooLong(`The value of attribute ${quoted(name)}`, value, attributeLength);
    }
    if (names.length <= attributes) return undefined;
    return { code: 'too-large', message: `The element ${quoted(tag)} has more than ${attributes} attributes` };
  }

  // All before the last element that was opened is known to be good; from there it is read again, for the author.
  private fail(): never {
    const { last } = this;
    const open: Open[] = [];
    for (let element = last?.parent; element; element = element.parent) open.unshift(element);
    throw new Stop(findSlip(this.text, last?.start ?? 0, open) ?? this.unexplained());
  }

  private unexplained(): Slip {
    const end = this.parser.position;
    return { message: 'The XML is not well-formed here', range: { start: Math.max(0, end - 1), end } };
  }
}

function secondRoot(element: Opened, root: Opened): Slip {
  return {
    message: `A second root element ${quoted(element.name)} follows the first`,
    range: nameRangeOf(element),
    hint: `Put it inside ${quoted(root.name)}, or into a file of its own`,
    related: [{ message: `${quoted(root.name)} is the root element`, range: nameRangeOf(root) }],
  };
}

function attributeRange(text: string, { name, start }: Opened, index: number): Range {
  const { places } = scanStartTag(text, start + 1 + name.length);
  return { start: places[index * 4] ?? start, end: places[index * 4 + 1] ?? start };
}

function tooLong(thing: string, text: string, limit: number): Excess {
  return { code: 'too-large', message: `${thing} is ${text.length} characters long, the limit is ${limit}` };
}

function nameRangeOf({ start, name }: Opened): Range {
  return { start: start + 1, end: start + 1 + name.length };
}
