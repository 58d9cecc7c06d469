/**
 * A quick gate for the documents that nearly all are: Latin names without prefixes, the five named references, and no
 * instructions. It lets through only what is well-formed and within the limits; of anything else it says nothing.
 */
import type { Source } from '../diagnostics/source.ts';
import { decodedValue, isSpace, scanStartTag, skipSpace } from './attributes.ts';
import type { Passed } from './gate.ts';
import type { XmlLimits } from './limits.ts';
import { slipInName } from './names.ts';
import type { XmlAttribute } from './node.ts';
import { NOTHING, PlacedAttribute, PlacedElement } from './placed.ts';

/** An element whose end tag has not come yet; `index` is its place among all. */
interface Open {
  readonly element: PlacedElement;
  readonly index: number;
}

const foreign = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/;
const declaration = /<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?[ \t\r\n]*\?>/y;
const latinName = /^[A-Za-z_][\w.-]*$/;
const reference = /&(?!(?:lt|gt|amp|quot|apos);)/;

const bang = 0x21;
const quote = 0x22;
const apostrophe = 0x27;
const slash = 0x2f;
const less = 0x3c;
const equals = 0x3d;
const greater = 0x3e;

/** What the gate lets through of a plain document; undefined when it has to look itself. */
export function passPlain(source: Source, limits: XmlLimits): Passed | undefined {
  if (foreign.test(source.text)) return undefined;
  const reader = new PlainReader(source, limits);
  const { elements, texts } = reader;
  return reader.read() ? { elements, texts, hasInstructions: false } : undefined;
}

/** The methods named read… say whether what stands at `at` is plain and good, and go past it. */
class PlainReader {
  readonly elements: PlacedElement[] = [];
  readonly texts: string[] = [];
  private readonly source: Source;
  private readonly text: string;
  private readonly limits: XmlLimits;
  private readonly names = new Map<string, string>();
  private readonly open: Open[] = [];
  private at = 0;

  constructor(source: Source, limits: XmlLimits) {
    this.source = source;
    this.text = source.text;
    this.limits = limits;
  }

  read(): boolean {
    const { text } = this;
    declaration.lastIndex = 0;
    if (declaration.test(text)) this.at = declaration.lastIndex;
    while (this.at < text.length) {
      if (!(text.charCodeAt(this.at) === less ? this.readMarkup() : this.readText())) return false;
    }
    return this.open.length === 0 && this.elements.length > 0;
  }

  private readMarkup(): boolean {
    const { text, at } = this;
    const next = text.charCodeAt(at + 1);
    if (next === slash) return this.readEndTag();
    if (next !== bang) return this.readStartTag();
    return text.startsWith('<!--', at) ? this.readComment() : this.readCdata();
  }

  private readText(): boolean {
    const { text, at } = this;
    const found = text.indexOf('<', at);
    this.at = found === -1 ? text.length : found;
    if (this.open.length === 0) return skipSpace(text, at) === this.at;
    const run = text.slice(at, this.at);
    if (run.includes(']]>')) return false;
    if (!run.includes('&')) return this.addText(run);
    return !reference.test(run) && this.addText(run.replace(/&\w+;/g, (written) => decodedValue(written)));
  }

  private addText(written: string): boolean {
    const around = this.open.at(-1);
    const run = written.includes('\r') ? written.replace(/\r\n?/g, '\n') : written;
    if (around) this.texts[around.index] += run;
    return around !== undefined && run.length <= this.limits.textLength;
  }

  private readComment(): boolean {
    const { text } = this;
    const end = text.indexOf('--', this.at + 4);
    this.at = end + 3;
    return end !== -1 && text.charCodeAt(end + 2) === greater;
  }

  private readCdata(): boolean {
    const { text, at } = this;
    if (!text.startsWith('<![CDATA[', at)) return false;
    const end = text.indexOf(']]>', at);
    this.at = end + 3;
    return end !== -1 && this.addText(text.slice(at + 9, end));
  }

  private readEndTag(): boolean {
    const { text, at } = this;
    const element = this.open.pop()?.element;
    if (!element || !text.startsWith(element.name, at + 2)) return false;
    const end = skipSpace(text, at + 2 + element.name.length);
    this.at = end + 1;
    element.close(at, this.at);
    return text.charCodeAt(end) === greater;
  }

  private readStartTag(): boolean {
    const { text, source, limits, elements, open, at: start } = this;
    const parent = open.at(-1)?.element;
    const name = this.known(text.slice(start + 1, skipTagName(text, start + 1)));
    if (name === undefined || (!parent && elements.length > 0)) return false;
    const { places, end, empty } = scanStartTag(text, start + 1 + name.length);
    const attributes = this.attributesAt(places);
    if (!attributes || text.charCodeAt(end - 1) !== greater) return false;
    const element = new PlacedElement(
      { name, source, parent, attributes, children: NOTHING },
      { start, innerStart: end, innerEnd: end, end },
    );
    const index = elements.push(element) - 1;
    this.texts.push('');
    this.at = end;
    if (open.length >= limits.depth || elements.length > limits.elements) return false;
    if (!empty) open.push({ element, index });
    return true;
  }

  /** Undefined when they are not plain, or not good. */
  private attributesAt(places: readonly number[]): readonly XmlAttribute[] | undefined {
    const { text, source, limits } = this;
    const count = places.length / 4;
    if (count === 0) return NOTHING;
    if (count > limits.attributes) return undefined;
    const attributes: XmlAttribute[] = Array(count);
    for (let index = 0; index < count; index++) {
      const nameStart = places[index * 4] ?? 0;
      const nameEnd = places[index * 4 + 1] ?? 0;
      const start = places[index * 4 + 2] ?? 0;
      const end = places[index * 4 + 3] ?? 0;
      const name = this.known(text.slice(nameStart, nameEnd));
      const value = plainValue(text.slice(start, end));
      if (name === undefined || value === undefined || value.length > limits.attributeLength) return undefined;
      for (let before = 0; before < index; before++) if (attributes[before]?.name === name) return undefined;
      if (!isSpace(text.charCodeAt(nameStart - 1)) || !isQuoted(text, nameEnd, start - 1)) return undefined;
      attributes[index] = new PlacedAttribute({ name, value, source }, { nameStart, start, end });
    }
    return attributes;
  }

  /** The same string for the same name; undefined when it is none to let through. */
  private known(name: string): string | undefined {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    if (!latinName.test(name) || slipInName(name) !== undefined) return undefined;
    this.names.set(name, name);
    return name;
  }
}

/** The value that is written so; undefined when it holds another reference than the five, or what no value may hold. */
function plainValue(written: string): string | undefined {
  if (!/[<&\t\r\n]/.test(written)) return written;
  return written.includes('<') || reference.test(written) ? undefined : decodedValue(written);
}

function isQuoted(text: string, nameEnd: number, quoteAt: number): boolean {
  const mark = text.charCodeAt(quoteAt);
  return text.charCodeAt(skipSpace(text, nameEnd)) === equals && (mark === quote || mark === apostrophe);
}

function skipTagName(text: string, at: number): number {
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === greater || code === slash || isSpace(code)) break;
  }
  return at;
}
