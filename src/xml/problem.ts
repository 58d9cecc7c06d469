import type { Finding } from '../diagnostics/diagnostic.ts';
import type { Range, Source } from '../diagnostics/source.ts';

/** Why a document could not be read. There is never more than one: nothing after the first slip can be trusted. */
export interface XmlProblem extends Finding {
  readonly code: 'invalid-syntax' | 'invalid-encoding' | 'doctype' | 'too-large';
}

/** What is wrong in a text, as offsets: a problem before it knows its source. */
export interface Slip {
  readonly code?: XmlProblem['code'];
  readonly message: string;
  readonly range: Range;
  readonly hint?: string;
  readonly related?: readonly { readonly message: string; readonly range: Range }[];
}

/** The slip that is nobody's: two parsers see different things there. */
export function ambiguous(range: Range): Slip {
  const hint = 'Write this part in a simpler way, and report the file: this is not your mistake';
  return { message: 'Two readers of XML understand this differently', range, hint };
}

/** The problem that a slip is; without a code of its own it is one of syntax. */
export function problemOf(source: Source, slip: Slip): XmlProblem {
  const { code = 'invalid-syntax', message, range, hint, related } = slip;
  return {
    code,
    message,
    source,
    range,
    ...(hint !== undefined && { hint }),
    ...(related && { related: related.map((place) => ({ ...place, source })) }),
  };
}

/** The author's text as a message quotes it: in double quotes, on one line, a long one cut. */
export function quoted(text: string): string {
  return `"${shortened(text)}"`;
}

/** The author's text on one line, a long one cut. */
export function shortened(text: string): string {
  const line = text.slice(0, 200).replace(/[ \t\r\n]+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39).replace(/[\ud800-\udbff]$/, '')}…` : line;
}
