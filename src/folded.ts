/** What the heading of a folded block tells: what was known of its rows when it was folded. */
import type { BoundBlock } from './block.ts';
import { propTest, propTitle } from './column.ts';
import type { Formats } from './formats.ts';
import type { BoundList } from './list.ts';
import type { Outcome } from './pipeline/load.ts';
import type { Folded } from './pipeline/segments.ts';
import type { Known, KnownState } from './preference.ts';
import { COUNTED } from './provider.ts';

/** States that are worth to be told, the worst first. */
const TONES = ['error', 'warn', 'wait'];

type ToneOf = (icon: string) => string;

/** What is known of a block's rows; undefined for one that has no list, or whose provider failed. */
export function knownOf(
  { list }: BoundBlock,
  outcome: Outcome | undefined,
  toneOf: ToneOf,
  now: Date,
): Known | undefined {
  if (!list || outcome?.state !== 'ready') return undefined;
  const state = worstOf(list, outcome.rows, toneOf);
  const isWhole = outcome.total <= outcome.rows.length;
  const seen = state && isWhole ? state : state && { ...state, rows: undefined };
  return { at: now.toISOString(), count: outcome.total, ...(seen && { state: seen }) };
}

function worstOf(list: BoundList, rows: Extract<Outcome, { state: 'ready' }>['rows'], toneOf: ToneOf) {
  let worst: { rank: number; state: KnownState } | undefined;
  for (const column of list.columns) {
    for (const prop of column.props) {
      const rank = TONES.indexOf(prop.on === undefined ? '' : toneOf(prop.on));
      if (rank < 0 || (worst && worst.rank <= rank)) continue;
      const count = rows.filter(propTest(prop, list.index, column.at)).length;
      if (count === 0) continue;
      const { name, value } = prop;
      worst = { rank, state: { column: column.name, prop: name, ...(value !== undefined && { value }), rows: count } };
    }
  }
  return worst?.state;
}

interface Telling {
  readonly formats: Formats;
  readonly now: Date;
  readonly toneOf: ToneOf;
  /** A text of pages. */
  text(key: string, values: Readonly<Record<string, string | number>>): string;
  /** A text of the block's function. */
  message(key: string): string | undefined;
}

/** The same as texts; a state that the list does not have any more is left out. */
export function foldedText({ list }: BoundBlock, { at, count, state }: Known, telling: Telling): Folded {
  const { formats, now, text } = telling;
  const number = `${formats.number(Math.min(count, COUNTED))}${count > COUNTED ? '+' : ''}`;
  const isToday = formats.daysUntil(at, now) === 0;
  const time = text('folded_time', { time: isToday ? formats.iso(at).slice(11, 16) : formats.date(at.slice(0, 10)) });
  return { count: number, time, ...stateText(list, state, telling) };
}

function stateText(list: BoundList | undefined, state: KnownState | undefined, { text, message, toneOf }: Telling) {
  const column = state && list?.columns.find(({ name }) => name === state.column);
  const prop = column?.props.find(({ name, value }) => name === state?.prop && value === state.value);
  if (!column || !prop) return { state: '', tone: '' };
  const title = propTitle(column, prop, 'on', message);
  const tone = prop.on === undefined ? '' : toneOf(prop.on);
  return { state: state?.rows === undefined ? title : text('folded_state', { title, rows: state.rows }), tone };
}
