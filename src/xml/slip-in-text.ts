import type { Range } from '../diagnostics/source.ts';
import { quoted, type Slip } from './problem.ts';

const forbidden = /[^\t\n\r -\ufffd]/g;
const suspects = /\]\]>|&(?:(?:#x[0-9a-fA-F]+|#[0-9]+|[A-Za-z_:][\w:.-]*);?)?/g;
const known: readonly string[] = ['&amp;', '&lt;', '&gt;', '&quot;', '&apos;'];

/** The first thing in a run of text, or in the value of an attribute, that XML does not allow there. */
export function slipInText(text: string, run: Range, kind: 'text' | 'value'): Slip | undefined {
  const character = forbiddenCharacter(text, run);
  return slipInRun(text, { start: run.start, end: character?.range.start ?? run.end }, kind) ?? character;
}

/** The first character that XML does not allow anywhere. */
export function forbiddenCharacter(text: string, run: Range): Slip | undefined {
  forbidden.lastIndex = run.start;
  const found = forbidden.exec(text);
  if (!found || found.index >= run.end) return undefined;
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  const range = { start: found.index, end: found.index + 1 };
  return { message: `The character U+${code} is not allowed in XML`, range, hint: 'Remove it' };
}

function slipInRun(text: string, run: Range, kind: 'text' | 'value'): Slip | undefined {
  suspects.lastIndex = run.start;
  for (let found = suspects.exec(text); found && found.index < run.end; found = suspects.exec(text)) {
    const word = found[0];
    const range = { start: found.index, end: found.index + word.length };
    if (word.startsWith('&')) {
      const slip = slipInReference(word, range, text[range.end]);
      if (slip) return slip;
    } else if (kind === 'text') {
      return { message: '"]]>" stands outside a CDATA section', range, hint: 'Write ]]&gt;' };
    }
  }
  return undefined;
}

function slipInReference(word: string, range: Range, next: string | undefined): Slip | undefined {
  if (known.includes(word)) return undefined;
  const isNumber = word.startsWith('&#');
  if (!word.endsWith(';')) {
    const isMeant = isNumber || (known.includes(`${word};`) && next !== '=');
    if (isMeant) return { message: `The reference ${quoted(word)} has no ";"`, range, hint: `Write ${word};` };
    const message = '"&" begins a reference in XML, and none follows';
    return { message, range: { start: range.start, end: range.start + 1 }, hint: 'Write &amp; for a plain "&"' };
  }
  if (!isNumber) {
    const hint = 'Write the character itself or its number, as in &#160;; XML knows only &amp; &lt; &gt; &quot; &apos;';
    return { message: `The entity ${quoted(word)} is not defined`, range, hint };
  }
  if (isCharacter(Number(word.slice(2, -1).replace('x', '0x')))) return undefined;
  return { message: `The reference ${quoted(word)} is to a character that is not allowed in XML`, range };
}

function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code <= 0x10ffff);
}
