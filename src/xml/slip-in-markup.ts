import type { Range } from '../diagnostics/source.ts';
import { skipSpace } from './attributes.ts';
import { slipAtDoctype } from './doctype.ts';
import { quoted, type Slip } from './problem.ts';
import { nameAt } from './slip-in-tag.ts';
import { forbiddenCharacter } from './slip-in-text.ts';

const space = '[ \\t\\r\\n]';
const goodDeclaration = new RegExp(
  `^<\\?xml${space}+version${space}*=${space}*(["'])(1\\.[0-9]+)\\1` +
    `(?:${space}+encoding${space}*=${space}*(?:"[A-Za-z][\\w.-]*"|'[A-Za-z][\\w.-]*'))?` +
    `(?:${space}+standalone${space}*=${space}*(?:"(?:yes|no)"|'(?:yes|no)'))?${space}*\\?>`,
);

/** Reads a comment. */
export function readComment(text: string, at: number): Slip | number {
  const dashes = text.indexOf('--', at + 4);
  const character = forbiddenCharacter(text, { start: at, end: dashes === -1 ? text.length : dashes });
  if (character) return character;
  if (dashes === -1) return never('comment', { start: at, end: at + 4 }, '-->');
  if (text[dashes + 2] === '>') return dashes + 3;
  const message = '"--" stands inside a comment, where XML does not allow it';
  return { message, range: { start: dashes, end: dashes + 2 }, hint: 'Write a single "-"; a comment ends with "-->"' };
}

/** Reads a CDATA section, which may only stand inside the root element. */
export function readCdata(text: string, at: number, isInside: boolean): Slip | number {
  const start = { start: at, end: at + '<![CDATA['.length };
  if (!isInside) return { message: 'A CDATA section stands outside the root element', range: start };
  const end = text.indexOf(']]>', start.end);
  const character = forbiddenCharacter(text, { start: at, end: end === -1 ? text.length : end });
  if (character) return character;
  return end === -1 ? never('CDATA section', start, ']]>') : end + 3;
}

/** Says what is wrong with `<!…` that is neither a comment nor CDATA: it is a document type, or nothing that exists. */
export function readDeclaration(text: string, at: number): Slip {
  const word = /^<![^\s<>]*/.exec(text.slice(at, at + 40))?.[0] ?? '<!';
  if (/^<!doctype/i.test(word)) return slipAtDoctype(at);
  const range = { start: at, end: at + word.length };
  return { message: `${quoted(word)} is neither a comment nor CDATA`, range, hint: 'A comment begins with "<!--"' };
}

/** Reads a processing instruction or the XML declaration. */
export function readInstruction(text: string, at: number): Slip | number {
  const target = nameAt(text, at + 2);
  const range = { start: at, end: at + 2 + target.length };
  if (target === '') return { message: 'The processing instruction has no name', range, hint: 'Write one after "<?"' };
  const end = text.indexOf('?>', range.end);
  const character = forbiddenCharacter(text, { start: at, end: end === -1 ? text.length : end });
  if (character) return character;
  if (end === -1) return never('processing instruction', range, '?>');
  if (target.toLowerCase() === 'xml') return slipInXmlDeclaration(text, { start: at, end: end + 2 }, target) ?? end + 2;
  if (end === range.end || skipSpace(text, range.end) > range.end) return end + 2;
  const message = `"${text.charAt(range.end)}" does not belong in the name of a processing instruction`;
  return { message, range: { start: range.end, end: range.end + 1 } };
}

function slipInXmlDeclaration(text: string, range: Range, target: string): Slip | undefined {
  const hint = 'Write <?xml version="1.0" encoding="UTF-8"?>, or leave it out';
  const name = { start: range.start, end: range.start + 2 + target.length };
  if (target !== 'xml') return { message: `The XML declaration is named ${quoted(target)}`, range: name, hint };
  if (range.start > 0) {
    const message = 'The XML declaration does not stand at the very start of the file';
    return { message, range: name, hint: 'Remove what stands before it, blank lines too' };
  }
  const good = goodDeclaration.exec(text.slice(range.start, range.end));
  if (!good) return { message: 'The XML declaration is malformed', range, hint };
  if (good[2] === '1.0') return undefined;
  const start = text.indexOf(good[2] ?? '', range.start + 5);
  const version = { start, end: start + (good[2] ?? '').length };
  return { message: `XML version "${good[2]}" is not supported`, range: version, hint: 'Write version="1.0"' };
}

function never(thing: string, range: Range, end: string): Slip {
  return { message: `The ${thing} is never closed`, range, hint: `Write ${end} at its end` };
}
