import { type Paint, plain } from './paint.ts';
import { lineRange, placeAt, type Range, type Source } from './source.ts';
import { visible } from './visible.ts';

const longest = 120;
const leadIn = 40;
const tab = '    ';

const zeroWidth = /[\p{Mn}\p{Me}\p{Cf}]/u;
const doubleWidth =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60]/u;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * The line of a range with a mark under it, and one line before and after. Of a range over several lines the first is
 * marked, a long line is cut around the range, and an empty text has no frame.
 */
export function frame(source: Source, range: Range, paint: Paint = plain): string {
  if (source.text === '') return '';
  const marked = placeAt(source, range.start).line;
  const digits = String(lineRange(source, marked + 1) ? marked + 1 : marked).length;
  const lines: string[] = [];
  for (let line = marked - 1; line <= marked + 1; line++) {
    const whole = lineRange(source, line);
    if (!whole) continue;
    const shown = line === marked ? cut(source.text, whole, range.start) : cut(source.text, whole, whole.start);
    const gutter = `${line === marked ? ' > ' : '   '}${String(line).padStart(digits)} |`;
    lines.push(row(paint('dim', gutter), drawn(source.text, whole, shown)));
    if (line === marked)
      lines.push(row(paint('dim', `${' '.repeat(digits + 3)} |`), mark(source.text, whole, shown, range, paint)));
  }
  return lines.join('\n');
}

function row(gutter: string, text: string): string {
  return text === '' ? gutter : `${gutter} ${text}`;
}

function cut(text: string, line: Range, keep: number): Range {
  if (line.end - line.start <= longest) return line;
  const start = Math.max(line.start, Math.min(keep, line.end) - leadIn);
  const end = Math.min(line.end, start + longest);
  return { start: isInsidePair(text, start) ? start - 1 : start, end: isInsidePair(text, end) ? end + 1 : end };
}

function isInsidePair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}

function drawn(text: string, line: Range, shown: Range): string {
  const middle = visible(text.slice(shown.start, shown.end).replaceAll('\t', tab));
  // The mark counts characters in the order of the file; without the override a terminal would turn them round.
  const ordered = rightToLeft.test(middle) ? `\u202d${middle}\u202c` : middle;
  return `${shown.start > line.start ? '…' : ''}${ordered}${shown.end < line.end ? '…' : ''}`;
}

function mark(text: string, line: Range, shown: Range, range: Range, paint: Paint): string {
  const start = Math.min(range.start, shown.end);
  const before = (shown.start > line.start ? 1 : 0) + widthOf(text.slice(shown.start, start));
  const under = widthOf(text.slice(start, Math.min(range.end, shown.end)));
  return ' '.repeat(before) + paint('red', '^'.repeat(Math.max(1, under)));
}

function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of visible(text.replaceAll('\t', tab))) {
    if (doubleWidth.test(character)) width += 2;
    else if (!zeroWidth.test(character)) width += 1;
  }
  return width;
}
