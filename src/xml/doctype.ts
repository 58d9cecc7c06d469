import type { Source } from '../diagnostics/source.ts';
import { problemOf, type Slip, type XmlProblem } from './problem.ts';

const sections: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
];

/** What is said of a document type that begins at an offset. */
export function slipAtDoctype(at: number): Slip {
  const range = { start: at, end: at + '<!DOCTYPE'.length };
  const hint = 'Remove it: document types and their entities are not read';
  return { code: 'doctype', message: 'A DOCTYPE is not allowed', range, hint };
}

/** The document type of a text that may be broken in any other way, outside of comments, CDATA and instructions. */
export function findDoctype(source: Source): XmlProblem | undefined {
  const { text } = source;
  if (!/<!doctype/i.test(text)) return undefined;
  const unclosed = new Set<string>();
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) {
    if (/^<!doctype/i.test(text.slice(at, at + 9))) return problemOf(source, slipAtDoctype(at));
    const [start, stop] = sections.find(([begin]) => text.startsWith(begin, at)) ?? [];
    if (start === undefined || stop === undefined || unclosed.has(start)) continue;
    const end = text.indexOf(stop, at + start.length);
    if (end !== -1) at = end;
    else if (start === '<?') unclosed.add(start);
    else return undefined;
  }
  return undefined;
}
