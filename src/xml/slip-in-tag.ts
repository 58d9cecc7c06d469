import type { Range } from '../diagnostics/source.ts';
import { skipSpace } from './attributes.ts';
import { quoted, type Slip, shortened } from './problem.ts';
import { slipInText } from './slip-in-text.ts';

const start =
  ':A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u2070-\\u218f' +
  '\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\u{10000}-\\u{effff}';
const name = new RegExp(`[${start}][${start}\\-.0-9\\u00b7\\u0300-\\u036f\\u203f-\\u2040]*`, 'uy');

/** An element by its name and the offset of its `<`. */
export interface Opened {
  readonly name: string;
  readonly start: number;
}

interface Attribute {
  readonly name: string;
  readonly nameRange: Range;
  readonly valueRange: Range;
}

/** The XML name that stands at an offset, empty when there is none. */
export function nameAt(text: string, at: number): string {
  name.lastIndex = at;
  return name.exec(text)?.[0] ?? '';
}

/** Whether a text is one XML name, a colon in it or not. */
export function isName(text: string): boolean {
  return text !== '' && nameAt(text, 0) === text;
}

/** Reads a start tag whose name is good, and puts its element on the stack unless it is empty. */
export function readStartTag(text: string, at: number, stack: Opened[]): Slip | number {
  const name = nameAt(text, at + 1);
  const seen = new Map<string, Attribute>();
  const read = readAttributes(text, { start: at + 1, end: at + 1 + name.length }, seen);
  if (typeof read !== 'number') return misquoted(text, seen.values()) ?? read;
  if (text[read - 2] !== '/') stack.push({ name, start: at });
  return read;
}

function readAttributes(text: string, tagRange: Range, seen: Map<string, Attribute>): Slip | number {
  const tag = text.slice(tagRange.start, tagRange.end);
  for (let end = tagRange.end; ; ) {
    const next = skipSpace(text, end);
    const sign = text[next];
    if (sign === '>') return next + 1;
    if (text.startsWith('/>', next)) return next + 2;
    if (sign === undefined || sign === '<') return unclosedTag(tag, tagRange);
    const attribute = nameAt(text, next);
    if (attribute === '') return unexpected(text, next, tag);
    if (next === end) return missingSpace(next, attribute);
    const read = readAttribute(text, { start: next, end: next + attribute.length }, tag);
    if (read === undefined) return unclosedTag(tag, tagRange);
    if ('message' in read) return read;
    const first = seen.get(attribute);
    if (first) return duplicate(read, first.nameRange, tag);
    seen.set(attribute, read);
    end = read.valueRange.end + 1;
  }
}

// In name="a type="list" the quote that opens the second value closes the first, and only what follows is an error.
function misquoted(text: string, attributes: Iterable<Attribute>): Slip | undefined {
  for (const { name, valueRange } of attributes) {
    const value = text.slice(Math.max(valueRange.start, valueRange.end - 200), valueRange.end);
    if (/(?:^|\s)[^\s="'/]+\s*=\s*$/.test(value)) return missingQuote(text, valueRange.start - 1, name);
  }
  return undefined;
}

// Undefined when the text ends within the attribute.
function readAttribute(text: string, nameRange: Range, tag: string): Attribute | Slip | undefined {
  const attribute = text.slice(nameRange.start, nameRange.end);
  const equals = skipSpace(text, nameRange.end);
  if (equals >= text.length) return undefined;
  if (text[equals] !== '=') return missingEquals(text, equals, nameRange, tag);
  const quoteAt = skipSpace(text, equals + 1);
  const quote = text.charAt(quoteAt);
  if (quote === '') return undefined;
  if (quote !== '"' && quote !== "'") return unquoted(text, quoteAt, attribute, nameRange);
  const close = text.indexOf(quote, quoteAt + 1);
  const less = text.indexOf('<', quoteAt + 1);
  if (close === -1 || (less !== -1 && less < close)) return openValue(text, quoteAt, less, attribute);
  const valueRange = { start: quoteAt + 1, end: close };
  return slipInText(text, valueRange, 'value') ?? { name: attribute, nameRange, valueRange };
}

function unclosedTag(tag: string, range: Range): Slip {
  const hint = 'Write ">" or "/>" after its last attribute';
  return { message: `The start tag of ${quoted(tag)} is not closed`, range, hint };
}

function unexpected(text: string, at: number, tag: string): Slip {
  const sign = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const range = { start: at, end: at + sign.length };
  if (sign === '/') return { message: `"/" in the start tag of ${quoted(tag)} is not followed by ">"`, range };
  const shown = sign === '"' ? `'"'` : `"${sign}"`;
  return { message: `${shown} does not belong in the start tag of ${quoted(tag)}`, range };
}

function missingSpace(at: number, attribute: string): Slip {
  const range = { start: at, end: at + attribute.length };
  return { message: `There is no space before attribute ${quoted(attribute)}`, range, hint: 'Write a space before it' };
}

function missingEquals(text: string, at: number, nameRange: Range, tag: string): Slip {
  const attribute = text.slice(nameRange.start, nameRange.end);
  const sign = text.charAt(at);
  if (sign === '"' || sign === "'") {
    const hint = 'Write "=" there';
    return { message: `Attribute ${quoted(attribute)} has no "=" before its value`, range: nameRange, hint };
  }
  if (at === nameRange.end && !/[/>]/.test(sign)) return unexpected(text, at, tag);
  return missingValue(attribute, nameRange);
}

function missingValue(attribute: string, range: Range): Slip {
  const hint = `Write ${shortened(attribute)}="…" with a value, or remove it`;
  return { message: `Attribute ${quoted(attribute)} has no value`, range, hint };
}

function unquoted(text: string, at: number, attribute: string, nameRange: Range): Slip {
  const value = firstWord(text, at);
  if (value === '') return missingValue(attribute, nameRange);
  const range = { start: at, end: at + value.length };
  const isTypographic = /^[“”„«‘’]/.test(value);
  const where = isTypographic ? 'in typographic quotes' : 'not in quotes';
  const bare = value.replace(/^[“”„«‘’]|[“”»‘’"']$/g, '');
  const hint = `Write ${shortened(attribute)}="${shortened(bare)}"`;
  return { message: `The value of attribute ${quoted(attribute)} is ${where}`, range, hint };
}

// A "<" in a value that runs over a line or a tag's end is another tag: the quote is what is missing.
function openValue(text: string, quoteAt: number, less: number, attribute: string): Slip {
  const value = text.slice(quoteAt + 1, less === -1 ? text.length : less);
  if (less === -1 || /[\n\r]|>\s*$/.test(value)) return missingQuote(text, quoteAt, attribute);
  const range = { start: less, end: less + 1 };
  const message = `"<" stands in the value of attribute ${quoted(attribute)}`;
  return { message, range, hint: 'Write &lt; for a plain "<"' };
}

function missingQuote(text: string, quoteAt: number, attribute: string): Slip {
  const quote = text.charAt(quoteAt);
  const word = firstWord(text, quoteAt + 1).split(quote, 1)[0] ?? '';
  const message = `The value of attribute ${quoted(attribute)} has no closing quote`;
  const range = { start: quoteAt, end: quoteAt + 1 + word.length };
  return { message, range, hint: `End the value with ${quote}` };
}

function firstWord(text: string, at: number): string {
  return /^[^\s<>]*/.exec(text.slice(at, at + 200))?.[0].replace(/\/$/, '') ?? '';
}

function duplicate(attribute: Attribute, first: Range, tag: string): Slip {
  const message = `Attribute ${quoted(attribute.name)} stands twice in ${quoted(tag)}`;
  const related = [{ message: 'it stands here first', range: first }];
  return { message, range: attribute.nameRange, hint: 'Remove one of the two', related };
}
