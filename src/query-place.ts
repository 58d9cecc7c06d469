/** A stretch of a query's text. */
export interface QueryPlace {
  readonly at: number;
  readonly length: number;
}

const QUIET = /'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g;

/** Where the word that a database complains about stands in a query; the whole query when there is no such word. */
export function placeInQuery(text: string, near: string | undefined): QueryPlace {
  const whole = { at: 0, length: text.length };
  if (!near) return whole;
  const code = text.replace(QUIET, (quiet) => ' '.repeat(quiet.length));
  const at = near === '(' || near === ')' ? unmatched(code, near) : wordAt(code, near);
  const found = at >= 0 ? at : text.indexOf(near);
  return found >= 0 ? { at: found, length: near.length } : whole;
}

function wordAt(code: string, word: string): number {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return code.search(new RegExp(`(?<![\\w.](?=\\w))${escaped}(?!(?<=\\w)\\w)`, 'i'));
}

/** The parenthesis that has no partner. */
function unmatched(code: string, parenthesis: '(' | ')'): number {
  const open: number[] = [];
  for (const { 0: mark, index } of code.matchAll(/[()]/g)) {
    if (mark === '(') open.push(index);
    else if (open.pop() === undefined) return index;
  }
  return parenthesis === '(' ? (open.at(-1) ?? -1) : -1;
}
