/**
 * Segments: what a template gives when it is rendered before there are rows. A template tag that stands for something
 * only a request knows (a cell, a row's key, a block) leaves a *hole*; the text around it is rendered once. Per request
 * a segment only fills its holes and joins.
 */
import type { Figure, Mark } from '../charts/figure.ts';
import type { CellValue } from '../column.ts';
import type { Formats } from '../formats.ts';
import type { Row, Scope, Value } from '../provider.ts';
import { remembered } from '../remembered.ts';
import type { Outcome } from './load.ts';

/** What a request puts into the holes. The current row and outcome change while a page is joined. */
export interface Frame {
  readonly scope: Scope;
  readonly formats: Formats;
  /** The outcome of each block, by name. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** What became of an action that led here; mostly nothing. */
  readonly notice: string;
  /** What needs the visitor, by the name of the block. */
  readonly needs: ReadonlyMap<string, string>;
  outcome: Outcome;
  /** What staff are told at a block. */
  readonly noteOf: ((block: string) => string) | undefined;
  /** The same of the block that is drawn; mostly nothing. */
  note: string;
  /** What of the block that is drawn needs the visitor; mostly nothing. */
  need: string;
  row: Row;
  /** Where blocks stand on a page that goes out in parts, by their names. */
  readonly standing: ReadonlyMap<string, Standing>;
  /** The markup of the block that is put into its place there. */
  filling: string;
  /** What folded blocks tell, by name. */
  readonly folded?: ReadonlyMap<string, Folded> | undefined;
  /** The chart that is drawn, and the mark of it. */
  figure?: Figure;
  mark?: Mark | undefined;
}

/** In its place, above because it needs the visitor, or still to come. */
export type Standing = 'there' | 'raised' | 'late';

/** What the heading of a folded block tells: how many rows there are, the worst of their states, and as of when. */
export interface Folded {
  readonly count: string;
  readonly state: string;
  readonly tone: string;
  readonly time: string;
}

export type Segment = (frame: Frame) => string;

// Escaped text has no `<`, and a sensible template no control character: no value can be taken for a mark.
const OPEN = '<\u0001';
const CLOSE = '\u0002>';
/** Where the blocks of a page that goes out in parts follow. */
export const COMING = '<\u0003>';
const MARK = new RegExp(`${OPEN}(\\d+)${CLOSE}`);

/** Collects the holes of one rendering; `mark` gives the text that stands for a hole in the rendered markup. */
export interface Holes {
  mark(hole: Segment): string;
  /** The segment of rendered markup with marks in it. */
  segment(markup: string): Segment;
}

export function createHoles(): Holes {
  const holes: Segment[] = [];
  return {
    mark: (hole) => `${OPEN}${holes.push(hole) - 1}${CLOSE}`,
    segment: (markup) => join(ascii(markup).split(MARK), holes),
  };
}

/** `parts` alternates between text and the index of a hole. */
function join(parts: readonly string[], holes: readonly Segment[]): Segment {
  const first = parts[0] ?? '';
  if (parts.length === 1) return () => first;
  const steps: { hole: Segment; text: string }[] = [];
  for (let at = 1; at < parts.length; at += 2) {
    const hole = holes[Number(parts[at])];
    if (!hole) throw new Error('A hole was used outside of the template that made it');
    steps.push({ hole, text: parts[at + 1] ?? '' });
  }
  return (frame) => {
    let markup = first;
    for (const { hole, text } of steps) {
      markup += hole(frame);
      markup += text;
    }
    return markup;
  };
}

const MOST = 1000;

/** A segment that is joined once for each mark, and each time for none. */
export function joinedOnce(segment: Segment, mark: CellValue<Value | undefined>): Segment {
  const known = new Map<Value, string>();
  return (frame) => {
    const key = mark(frame.row, frame.formats, frame.scope.now);
    if (key === undefined) return segment(frame);
    let markup = known.get(key);
    if (markup === undefined) {
      if (known.size >= MOST) known.clear();
      known.set(key, (markup = segment(frame)));
    }
    return markup;
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
// The signs of Latin-1, then punctuation and currencies; what joins letters and emoji, or turns their direction, is none.
const SPECIAL = /[&<>"'\u00a0-\u00bf\u2010-\u2027\u202f-\u205e\u20a0-\u20cf]/;
const SIGNS = /[\u00a0-\u00bf\u2010-\u2027\u202f-\u205e\u20a0-\u20cf]/g;

/** As long as an amount of money may be. */
const SHORT = 24;

/** Text made safe between tags and in quoted attributes. */
export function escapeText(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text.length > SHORT ? escapeAll(text) : escapeAgain(text);
}

function escapeAll(text: string): string {
  return ascii(text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? ''));
}

/** What needs escaping is mostly amounts of money, and these come again and again. */
const escapeAgain = remembered(escapeAll);

/**
 * Markup with signs (dashes, quotes, odd spaces, currencies) as their numbers. An English page is then ASCII: shorter in memory
 * and quicker to write, if it is made of strings with one byte per character, for `replace` keeps the two of its subject.
 */
export function ascii(markup: string): string {
  const numbered = markup.replace(SIGNS, (sign) => `&#${sign.charCodeAt(0)};`);
  return /[^\u0000-\u00ff]/.test(numbered) ? numbered : Buffer.from(numbered, 'latin1').toString('latin1');
}
