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
const tagName = /<([A-Za-z_][\w.-]*)/y;
const attribute = /[ \t\n]+([A-Za-z_][\w.-]*)[ \t\n]*=[ \t\n]*(?:"([^"<]*)"|'([^'<]*)')/y;
const tagEnd = /[ \t\n]*(\/?)>/y;
const reference = /&(?!(?:lt|gt|amp|quot|apos);)/;

const bang = 0x21;
const slash = 0x2f;
const less = 0x3c;
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
    this.match(declaration);
    while (this.at < text.length) {
      if (!(text.charCodeAt(this.at) === less ? this.readMarkup() : this.readText())) return false;
    }
    return this.current === undefined && this.passed.elements.length > 0;
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
    const { limits, current: parent, at: start } = this;
    const { elements } = this.passed;
    const name = this.known(this.match(tagName)?.[1]);
    if (name === undefined || (!parent && elements.length > 0)) return false;
    const element: Open = { name, parent, start, end: start, attributeCount: 0, text: '' };
    elements.push(element);
    if (++this.depth > limits.depth || elements.length > limits.elements || !this.readAttributes(element)) return false;
    this.current = element;
    const end = this.match(tagEnd);
    if (end?.[1] === '/') this.close(element);
    return end !== undefined;
  }

  private readAttributes(element: Open): boolean {
    const { limits } = this;
    const { names, values } = this.passed;
    const first = names.length;
    for (let found = this.match(attribute); found; found = this.match(attribute)) {
      const name = this.known(found[1]);
      const value = plainValue(found[2] ?? found[3] ?? '');
      if (name === undefined || value === undefined || names.indexOf(name, first) !== -1) return false;
      names.push(name);
      values.push(value);
      if (++element.attributeCount > limits.attributes || value.length > limits.attributeLength) return false;
    }
    return true;
  }

  /** What of a pattern stands at `at`; goes past it. */
  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  /** The same string for the same name; undefined when it is none to let through. */
  private known(name = ''): string | undefined {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    if (name === '' || slipInName(name) !== undefined) return undefined;
    this.names.set(name, name);
    return name;
  }
}

/** The value that is written so; undefined when it holds another reference than the five. */
function plainValue(written: string): string | undefined {
  if (!/[&\t\n]/.test(written)) return written;
  return reference.test(written) ? undefined : decodedValue(written);
}
