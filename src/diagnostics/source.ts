/** A text that people wrote, and its path as shown to them: relative where it can be, forward slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** A stretch of a source's text in UTF-16 offsets, `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A place as an editor shows it: 1-based, a column counts characters (code points), a tab is one. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

interface Lines {
  readonly starts: readonly number[];
  readonly astral: boolean;
}

const tables = new WeakMap<Source, Lines>();

/** The line and column of an offset; an offset outside the text counts as the nearest one inside. */
export function placeAt(source: Source, offset: number): Place {
  const at = Math.min(Math.max(offset, 0), source.text.length);
  const { starts, astral } = linesOf(source);
  const line = lineOf(starts, at);
  const start = starts[line] ?? 0;
  const length = astral ? countCharacters(source.text, start, at) : at - start;
  return { line: line + 1, column: length + 1 };
}

/** The range of a 1-based line without its line end, or undefined when the text has no such line. */
export function lineRange(source: Source, line: number): Range | undefined {
  const { starts } = linesOf(source);
  const start = starts[line - 1];
  if (start === undefined) return undefined;
  const { text } = source;
  let end = starts[line] ?? text.length;
  if (line < starts.length) end -= text.startsWith('\r\n', end - 2) ? 2 : 1;
  return { start, end };
}

function linesOf(source: Source): Lines {
  const known = tables.get(source);
  if (known) return known;
  const lines = { starts: lineStarts(source.text), astral: /[\ud800-\udbff]/.test(source.text) };
  tables.set(source, lines);
  return lines;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  if (text.includes('\r')) {
    for (const end of text.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length);
    return starts;
  }
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}

function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low;
}

function countCharacters(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    if (isPair(text, at) && at + 1 < end) at++;
    count++;
  }
  return count;
}

function isPair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}
