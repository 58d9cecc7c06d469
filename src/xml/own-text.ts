import type { Range } from '../diagnostics/source.ts';
import type { XmlElement } from './node.ts';

/** The own text of an element, as `textOf` gives it, and where its parts stand in the source. */
export interface OwnText {
  readonly text: string;
  /** The place of `length` characters of the text from `at`, however references, CDATA and line ends are written. */
  range(at: number, length: number): Range;
  /** The place of the first run that no element, comment or CDATA limit interrupts. */
  readonly first: Range;
}

interface Unit extends Range {
  readonly text: string;
}

const inMarkup =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[|<\/?[^!?](?:"[^"]*"|'[^']*'|[^"'>])*>|&#x([\da-f]+);|&#(\d+);|&(\w+);|\r\n?|[\s\S]/iy;
const inCdata = /\]\]>|\r\n?|[\s\S]/y;
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Reads what stands between the tags once more: only a finding within text needs its places. */
export function ownText(element: XmlElement): OwnText {
  const units = [...readUnits(element)].flatMap(split);
  const whole = joined(units);
  const text = whole.trim();
  const lead = whole.length - whole.trimStart().length;
  const unitAt = (at: number) => units[Math.min(lead + at, units.length - 1)] ?? element.nameRange;
  const range = (at: number, length: number) => ({
    start: unitAt(at).start,
    end: unitAt(at + Math.max(length, 1) - 1).end,
  });
  return { text, range, first: range(0, firstRun(units.slice(lead, lead + text.length))) };
}

function* readUnits(element: XmlElement): Generator<Unit> {
  const { source, innerRange } = element;
  let isCdata = false;
  let depth = 0;
  for (let at = innerRange.start; at < innerRange.end; ) {
    const pattern = isCdata ? inCdata : inMarkup;
    pattern.lastIndex = at;
    const match = pattern.exec(source.text);
    const token = match?.[0] ?? source.text.charAt(at);
    const start = at;
    at += token.length;
    if (token === '<![CDATA[' || token === ']]>') isCdata = !isCdata;
    else if (isTag(token, isCdata)) depth += token.startsWith('</') ? -1 : token.endsWith('/>') ? 0 : 1;
    else if (depth === 0 && !token.startsWith('<!--') && !token.startsWith('<?'))
      yield { text: match ? decoded(match) : token, start, end: at };
  }
}

// The tree may hold elements of other files, so the tags are counted in the text itself.
function isTag(token: string, isCdata: boolean): boolean {
  return !isCdata && /^<[^!?]/.test(token);
}

function decoded([token, hexadecimal, decimal, name]: RegExpExecArray): string {
  if (hexadecimal) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
  if (decimal) return String.fromCodePoint(Number(decimal));
  if (name) return named[name] ?? token;
  return token.startsWith('\r') ? '\n' : token;
}

// A reference to a character beyond U+FFFF is two units of text at one place.
function split({ text, start, end }: Unit): Unit[] {
  return text.length === 1 ? [{ text, start, end }] : text.split('').map((half) => ({ text: half, start, end }));
}

function firstRun(units: readonly Unit[]): number {
  const gap = units.findIndex(({ start }, at) => start > (units[at - 1]?.end ?? start));
  return joined(gap < 0 ? units : units.slice(0, gap)).trimEnd().length;
}

function joined(units: readonly Unit[]): string {
  return units.map(({ text }) => text).join('');
}
