import type { Range } from '../diagnostics/source.ts';
import { skipSpace } from './attributes.ts';
import { quoted, type Slip, shortened } from './problem.ts';
import { nameAt, type Opened } from './slip-in-tag.ts';

/** Reads an end tag, which must close the last element of the stack and takes it off. */
export function readEndTag(text: string, at: number, stack: Opened[]): Slip | number {
  const name = nameAt(text, at + 2);
  const nameRange = { start: at + 2, end: at + 2 + name.length };
  const last = stack.at(-1);
  if (name === '') return nameless(at, last);
  const next = skipSpace(text, nameRange.end);
  const sign = text[next];
  if (sign === undefined || sign === '<') return unclosedTag(name, { start: at, end: nameRange.end });
  if (sign !== '>') return overfull(text, next, name);
  if (!last)
    return { message: `The end tag </${shortened(name)}> closes nothing`, range: nameRange, hint: 'Remove it' };
  if (last.name !== name) {
    const isOuter = stack.some((element) => element.name === name);
    return isOuter ? unclosedBefore(last, name, nameRange) : foreignEnd(last, name, nameRange);
  }
  stack.pop();
  return next + 1;
}

/** The slip of an element that is open where the text ends. */
export function unclosedElement(element: Opened): Slip {
  const message = `The element ${quoted(element.name)} is never closed`;
  return {
    message,
    range: nameRangeOf(element),
    hint: `Write ${endTag(element)} at its end, or "/>" if it holds nothing`,
  };
}

function unclosedBefore(element: Opened, outer: string, range: Range): Slip {
  return {
    message: `The element ${quoted(element.name)} is not closed before </${shortened(outer)}>`,
    range: nameRangeOf(element),
    hint: `Write ${endTag(element)} at its end, or "/>" if it holds nothing`,
    related: [{ message: `here </${shortened(outer)}> closes the element around it`, range }],
  };
}

function foreignEnd(element: Opened, name: string, range: Range): Slip {
  return {
    message: `The end tag </${shortened(name)}> does not match the open element ${quoted(element.name)}`,
    range,
    hint: `Write ${endTag(element)}, or remove </${shortened(name)}>`,
    related: [{ message: `${quoted(element.name)} is opened here`, range: nameRangeOf(element) }],
  };
}

function nameless(at: number, open: Opened | undefined): Slip {
  const range = { start: at, end: at + 2 };
  const message = 'The end tag has no name';
  return open ? { message, range, hint: `Write ${endTag(open)}` } : { message, range };
}

function unclosedTag(name: string, range: Range): Slip {
  const hint = `Write </${shortened(name)}>`;
  return { message: `The end tag of ${quoted(name)} is not closed`, range, hint };
}

function overfull(text: string, at: number, name: string): Slip {
  const rest = /^[^\s<>]*/.exec(text.slice(at, at + 200))?.[0] ?? '';
  const message = `${quoted(rest)} stands in the end tag of ${quoted(name)}`;
  return { message, range: { start: at, end: at + rest.length }, hint: 'An end tag holds a name only' };
}

function endTag(element: Opened): string {
  return `</${shortened(element.name)}>`;
}

function nameRangeOf(element: Opened): Range {
  return { start: element.start + 1, end: element.start + 1 + element.name.length };
}
