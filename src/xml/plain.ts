/**
 * A quick gate for the documents that nearly all are: Latin names without prefixes, the five named references, and no
 * instructions. It lets through only what is well-formed and within the limits; of anything else it says nothing.
 */
import { decodedValue, skipSpace } from './attributes.ts';
import type { Passed, SeenElement } from './gate.ts';
import type { XmlLimits } from './limits.ts';
import { slipInName } from './names.ts';

type Open = { -readonly [Key in keyof SeenElement]: SeenElement[Key] };

const foreign = /[^\t\n\x20-\ud7ff\ue000-\ufffd]/;
const declaration = /<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?[ \t\n]*\?>/y;
const reference = /&(?!(?:lt|gt|amp|quot|apos);)/;

const bang = 0x21;
const slash = 0x2f;
const less = 0x3c;
const equals = 0x3d;
const greater = 0x3e;

/** What the gate lets through of a plain document; undefined when it has to look itself. */
export function passPlain(text: string, limits: XmlLimits): Passed | undefined {
  if (foreign.test(text)) return undefined;
  const reader = new PlainReader(text, limits);
  return reader.read() ? { ...reader.passed, hasInstructions: false } : undefined;
}

/** The methods named read… say whether what stands at `at` is plain and good, and go past it. */
class PlainReader {
  readonly passed: { elements: Open[]; names: string[]; values: string[] } = { elements: [], names: [], values: [] };
  private readonly text: string;
  private readonly limits: XmlLimits;
  private readonly names = new Map<string, string>();
  private current: Open | undefined;
  private depth = 0;
  private at = 0;

  constructor(text: string, limits: XmlLimits) {
    this.text = text;
    this.limits = limits;
  }

  read(): boolean {
    const { text } = this;
    declaration.lastIndex = 0;
    if (declaration.test(text)) this.at = declaration.lastIndex;
    while (this.at < text.length) {
      if (!(text.charCodeAt(this.at) === less ? this.readMarkup() : this.readText())) return false;
    }
    return this.current === undefined && this.passed.elements.length > 0;
  }

  private readMarkup(): boolean {
    const next = this.text.charCodeAt(this.at + 1);
    if (next === slash) return this.readEndTag();
    return next === bang ? this.readComment() || this.readCdata() : this.readStartTag();
  }

  private readText(): boolean {
    const { text, at } = this;
    const found = text.indexOf('<', at);
    this.at = found === -1 ? text.length : found;
    if (!this.current) return skipSpace(text, at) === this.at;
    const run = text.slice(at, this.at);
    if (run.includes(']]>')) return false;
    if (!run.includes('&')) return this.addText(run);
    return !reference.test(run) && this.addText(run.replace(/&\w+;/g, (written) => decodedValue(written)));
  }

  private addText(run: string): boolean {
    if (this.current) this.current.text += run;
    return this.current !== undefined && run.length <= this.limits.textLength;
  }

  private readComment(): boolean {
    const { text, at } = this;
    if (!text.startsWith('<!--', at)) return false;
    const end = text.indexOf('--', at + 4);
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
    const { text, current } = this;
    if (!current || !text.startsWith(current.name, this.at + 2)) return false;
    const end = skipSpace(text, this.at + 2 + current.name.length);
    this.at = end + 1;
    this.close(current);
    return text.charCodeAt(end) === greater;
  }

  private close(element: Open): void {
    element.end = this.at;
    this.current = element.parent;
    this.depth--;
  }

  private readStartTag(): boolean {
    const { text, limits, current: parent, at: start } = this;
    const { elements } = this.passed;
    const name = this.nameAt(start + 1);
    if (name === undefined || (!parent && elements.length > 0)) return false;
    const element: Open = { name, parent, start, end: start, attributeCount: 0, text: '' };
    elements.push(element);
    this.at = start + 1 + name.length;
    if (++this.depth > limits.depth || elements.length > limits.elements || !this.readAttributes(element)) return false;
    this.current = element;
    const isEmpty = text.charCodeAt(this.at) === slash;
    if (isEmpty) this.at++;
    const isClosed = text.charCodeAt(this.at++) === greater;
    if (isEmpty) this.close(element);
    return isClosed;
  }

  private readAttributes(element: Open): boolean {
    const { text, limits } = this;
    const { names, values } = this.passed;
    const first = names.length;
    for (;;) {
      const at = skipSpace(text, this.at);
      const code = text.charCodeAt(at);
      if (code === greater || code === slash) {
        this.at = at;
        return true;
      }
      const name = at === this.at ? undefined : this.nameAt(at);
      const value = name === undefined ? undefined : this.valueAt(at + name.length);
      if (name === undefined || value === undefined || names.indexOf(name, first) !== -1) return false;
      names.push(name);
      values.push(value);
      if (++element.attributeCount > limits.attributes || value.length > limits.attributeLength) return false;
    }
  }

  /** The value behind the equals sign at or soon after an offset; goes past it. */
  private valueAt(from: number): string | undefined {
    const { text } = this;
    const sign = skipSpace(text, from);
    if (text.charCodeAt(sign) !== equals) return undefined;
    const start = skipSpace(text, sign + 1);
    const quote = text.charAt(start);
    const end = quote === '"' || quote === "'" ? text.indexOf(quote, start + 1) : -1;
    if (end === -1) return undefined;
    this.at = end + 1;
    const value = text.slice(start + 1, end);
    if (!/[<&\t\n]/.test(value)) return value;
    return value.includes('<') || reference.test(value) ? undefined : decodedValue(value);
  }

  /** The name at an offset, the same string for the same name; undefined when it is not plain. */
  private nameAt(at: number): string | undefined {
    const { text, names } = this;
    let end = at;
    while (isPlain(text.charCodeAt(end))) end++;
    const name = text.slice(at, end);
    const known = names.get(name);
    if (known !== undefined) return known;
    if (!/^[A-Za-z_]/.test(name) || slipInName(name) !== undefined) return undefined;
    names.set(name, name);
    return name;
  }
}

/** Whether a character may stand in a plain name. */
function isPlain(code: number): boolean {
  const letter = code | 0x20;
  return (
    (letter >= 0x61 && letter <= 0x7a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x2d ||
    code === 0x2e
  );
}
