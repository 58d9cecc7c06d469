import type { Range } from '../diagnostics/source.ts';
import { isSpace, skipSpace } from './attributes.ts';
import { quoted, type Slip } from './problem.ts';
import { readCdata, readComment, readDeclaration, readInstruction } from './slip-in-markup.ts';
import { readEndTag, unclosedElement } from './slip-in-nesting.ts';
import { nameAt, type Opened, readStartTag } from './slip-in-tag.ts';
import { slipInText } from './slip-in-text.ts';

/**
 * Finds the slip of an author in a text that is not well-formed, and says it in the author's terms. All before `from`
 * is good, and `open` are the elements that are not closed there. Undefined when nothing is found.
 */
export function findSlip(text: string, from: number, open: readonly Opened[]): Slip | undefined {
  const stack = [...open];
  let hasRoot = stack.length > 0;
  for (let at = from; ; ) {
    const less = text.indexOf('<', at);
    const run = { start: at, end: less === -1 ? text.length : less };
    const slip = stack.length === 0 ? strayText(text, run) : slipInText(text, run, 'text');
    if (slip) return slip;
    if (less === -1) return slipAtEnd(text, stack, hasRoot);
    const read = readMarkup(text, less, stack);
    if (typeof read !== 'number') return read;
    hasRoot ||= nameAt(text, less + 1) !== '';
    at = read;
  }
}

// Reads markup whose "<" stands at an offset: gives the offset past it, or the slip in it, and keeps the stack of open
// elements. So do the functions named read… that it calls.
function readMarkup(text: string, at: number, stack: Opened[]): Slip | number {
  if (text.startsWith('<!--', at)) return readComment(text, at);
  if (text.startsWith('<![CDATA[', at)) return readCdata(text, at, stack.length > 0);
  if (text.startsWith('<!', at)) return readDeclaration(text, at);
  if (text.startsWith('<?', at)) return readInstruction(text, at);
  if (text.startsWith('</', at)) return readEndTag(text, at, stack);
  return nameAt(text, at + 1) === '' ? strayLess(text, at) : readStartTag(text, at, stack);
}

function slipAtEnd(text: string, stack: readonly Opened[], hasRoot: boolean): Slip | undefined {
  const last = stack.at(-1);
  if (last) return unclosedElement(last);
  if (hasRoot) return undefined;
  const message = text.trim() === '' ? 'The file is empty' : 'The file has no root element';
  return { message, range: { start: 0, end: 0 } };
}

function strayText(text: string, run: Range): Slip | undefined {
  const start = skipSpace(text, run.start);
  if (start >= run.end) return undefined;
  const range = { start, end: endOfWords(text, run) };
  const message = `The text ${quoted(text.slice(start, range.end))} stands outside the root element`;
  return { message, range, hint: 'Move it into the root element, or remove it' };
}

function endOfWords(text: string, run: Range): number {
  let end = run.end;
  while (isSpace(text.charCodeAt(end - 1))) end--;
  return end;
}

function strayLess(text: string, at: number): Slip {
  const isSpaced = /^\s[A-Za-z_]/.test(text.slice(at + 1, at + 3));
  const hint = isSpaced ? 'Remove the space after it, or write &lt; for a plain "<"' : 'Write &lt; for a plain "<"';
  return { message: '"<" begins a tag in XML, and no name follows', range: { start: at, end: at + 1 }, hint };
}
