/**
 * The template tags that leave holes. Each is one entry: whether it encloses markup (then `{% else %}` may divide it), and
 * the segment it stands for. `templates/README.md` is their manual.
 */

import { propTest } from '../column.ts';
import type { BoundAction } from '../list.ts';
import { NOTICE_PARTS, type NoticePart, partOf } from '../notice.ts';
import { COUNTED, type Prop, type Row } from '../provider.ts';
import { chartTags } from './chart-tags.ts';
import { linked } from './linked.ts';
import { COMING, escapeText, type Folded, type Frame, type Segment } from './segments.ts';
import { around, aroundOfRow, leaf, leafOfRow, ofCell, type Surroundings, type Tag } from './tag.ts';

export const tags: Readonly<Record<string, Tag>> = {
  /** The block's rows are there; otherwise its provider failed. */
  ready: around(
    (_place, _argument, body, otherwise) => (frame) =>
      frame.outcome.state === 'ready' ? body(frame) : otherwise(frame),
  ),
  /** There are rows; otherwise there are none. */
  some: around(
    (_place, _argument, body, otherwise) => (frame) =>
      frame.outcome.state === 'ready' && frame.outcome.rows.length > 0 ? body(frame) : otherwise(frame),
  ),
  /** Repeats for each row, or for those of a range: `{ from: 2, to: 5 }` is the third to the fifth. */
  rows: {
    ...around((_place, range, body) => {
      const { from = 0, to } = (range ?? {}) as Range;
      return (frame) => repeat(frame, body, from, to);
    }),
    row: 'gives',
  },
  /** There are more rows than shown. */
  more: around(
    (_place, _argument, body, otherwise) => (frame) =>
      frame.outcome.state === 'ready' && frame.outcome.total > frame.outcome.rows.length
        ? body(frame)
        : otherwise(frame),
  ),
  /** An action that this row offers; otherwise it does not. */
  action: aroundOfRow((_place, action, body, otherwise) => {
    const { isOffered } = action as BoundAction;
    return (frame) => (isOffered(frame.row) ? body(frame) : otherwise(frame));
  }),
  /** A prop that is on in this row; otherwise it is off. */
  flag: ofCell(
    aroundOfRow((place, prop, body, otherwise) => {
      const { list, column } = place;
      const isOn = propTest(prop as Prop, list?.index ?? (() => -1), column?.at ?? -1);
      return (frame) => (isOn(frame.row) ? body(frame) : otherwise(frame));
    }),
  ),
  /** A yes-or-no question of the column kind. */
  when: ofCell(
    aroundOfRow((place, name, body, otherwise) => {
      const test = place.cell?.tests?.[String(name)];
      if (!test) throw new Error(`This column has no test named "${String(name)}"`);
      return (frame) => (test(frame.row, frame.formats, frame.scope.now) ? body(frame) : otherwise(frame));
    }),
  ),
  /** The text of a cell, or another of its values. */
  value: ofCell(
    leafOfRow((place, name) => {
      const value = name === undefined ? place.cell?.text : place.cell?.values?.[String(name)];
      if (!value) throw new Error(`This column has no value named "${String(name)}"`);
      return (frame) => escapeText(value(frame.row, frame.formats, frame.scope.now));
    }),
  ),
  /** The value of a column as it is, in this row: for an attribute. */
  field: leafOfRow((place, name) => {
    const value = columnValue(place, name);
    return (frame) => escapeText(value(frame.row));
  }),
  /** The same, with addresses of the web in it as links. */
  linked: leafOfRow((place, name) => {
    const value = columnValue(place, name);
    return (frame) => linked(value(frame.row));
  }),
  /** The cell of a column, in this row. */
  cell: leafOfRow((place, column) => place.cellOf(column)),
  /** A block of the page. */
  outlet: leaf((place, block) => place.blockOf(block)),
  /** The same, unless it needs the visitor: then it stands where `raised` is. */
  resting: leaf((place, block) => {
    const segment = place.blockOf(block);
    const { name, concerns } = block as Placed;
    return concerns ? (frame) => (frame.needs.has(name) ? '' : segment(frame)) : segment;
  }),
  /** The blocks of some that need the visitor. */
  raised: leaf((place, blocks) => {
    const placed = (blocks as readonly Placed[])
      .filter(({ concerns }) => concerns)
      .map((block) => ({ name: block.name, segment: place.blockOf(block) }));
    return (frame) => {
      let markup = '';
      if (frame.needs.size > 0)
        for (const { name, segment } of placed) if (frame.needs.has(name)) markup += segment(frame);
      return markup;
    };
  }),
  /** On a page that goes out in parts: a block stands there, is raised or is late, as `{ block: block, as: 'late' }` asks. */
  stands: around((_place, asked, body, otherwise) => {
    const { block, as } = asked as { readonly block: Placed; readonly as: string };
    return (frame) => (frame.standing.get(block.name) === as ? body(frame) : otherwise(frame));
  }),
  /** There the blocks of such a page follow. */
  coming: leaf(() => () => COMING),
  /** The block that is put into its place has something to show; otherwise it has not. */
  filled: around(
    (_place, _argument, body, otherwise) => (frame) => (frame.filling === '' ? otherwise(frame) : body(frame)),
  ),
  /** What it shows. */
  filling: leaf(() => (frame) => frame.filling),
  /** The block that is drawn needs the visitor; otherwise it does not. */
  needs: around(
    (_place, _argument, body, otherwise) => (frame) => (frame.need === '' ? otherwise(frame) : body(frame)),
  ),
  /** Why it does. */
  need: leaf(() => (frame) => escapeText(frame.need)),
  /** A control of a form. */
  control: leaf((place, control) => place.controlOf(control)),
  /** The visitor is told what became of an action. */
  notice: around((_place, _argument, body) => (frame) => (frame.notice === '' ? '' : body(frame))),
  /** What became of it. */
  said: leaf(() => (frame) => escapeText(frame.notice)),
  /** The key of the row, for an address; the key "itself" for the value of a field. */
  key: leafOfRow((place, as) => {
    const at = place.list?.at.key ?? -1;
    const write = as === 'itself' ? escapeText : addressable;
    return (frame) => write(String(frame.row[at] ?? ''));
  }),
  /** The words by which the row is known. */
  keyname: leafOfRow((place) => {
    const at = place.list?.at.keyname ?? -1;
    return (frame) => escapeText(String(frame.row[at] ?? ''));
  }),
  /** What a column says of all rows, a line for each currency. */
  sum: leaf((place, column) => {
    const { totals } = place.list ?? {};
    const { name } = column as { readonly name: string };
    return ({ outcome, formats }) =>
      outcome.state === 'ready' && totals
        ? totals
            .lines(name, outcome.totals ?? [], formats)
            .map(escapeText)
            .join('<br>')
        : '';
  }),
  /** How many rows are shown. */
  shown: leaf(
    () => (frame) => (frame.outcome.state === 'ready' ? frame.formats.number(frame.outcome.rows.length) : ''),
  ),
  /** How many rows there are; `1,000+` where they are not all counted. */
  total: leaf(
    () =>
      ({ outcome, formats }) =>
        outcome.state === 'ready'
          ? `${formats.number(Math.min(outcome.total, COUNTED))}${outcome.total > COUNTED ? '+' : ''}`
          : '',
  ),
  ...chartTags,
  /** Something is known of a folded block, by its name. */
  known: around((_place, name, body, otherwise) => (frame) => {
    const part = frame.folded?.get(String(name));
    return part ? body(frame) : otherwise(frame);
  }),
  /** What is known: `{ of: block.name, part: "count" }`. */
  knows: leaf((_place, wanted) => {
    const { of, part } = wanted as { of: string; part: keyof Folded };
    return ({ folded }) => escapeText(folded?.get(of)?.[part] ?? '');
  }),
  /** The place of the row among those that are there, from 1. */
  nth: leafOfRow(
    () => (frame) => (frame.outcome.state === 'ready' ? String(frame.outcome.rows.indexOf(frame.row) + 1) : ''),
  ),
  /** The rows are of before, for newer ones did not come; otherwise they are new. */
  aged: around(
    (_place, _argument, body, otherwise) => (frame) =>
      frame.outcome.state === 'ready' && frame.outcome.asOf ? body(frame) : otherwise(frame),
  ),
  /** When they were read. */
  age: leaf(() => ({ outcome, formats, scope }) => {
    const { asOf } = outcome.state === 'ready' ? outcome : {};
    if (!asOf) return '';
    const isToday = scope.now.getTime() - asOf.getTime() < HALF_A_DAY;
    return escapeText(isToday ? formats.time(asOf) : formats.date(asOf.toISOString()));
  }),
  /** The id under which a failure stands in the log. */
  incident: leaf(() => (frame) => (frame.outcome.state === 'failed' ? frame.outcome.incident : '')),
  /** The visitor's `name`, `login`, `customer` number or time `zone`. */
  visitor: leaf((_place, field) => {
    const name = VISITOR.find((known) => known === field);
    if (!name) throw new Error(`A visitor has no "${String(field)}"`);
    return ({ scope }) => escapeText(String(scope[name] ?? ''));
  }),
  /** Repeats for each notice of a kind. */
  notices: {
    ...around((_place, kind, body) => (frame) => {
      const { outcome } = frame;
      if (outcome.state !== 'ready') return '';
      return repeatRows(
        frame,
        body,
        outcome.rows.filter((row) => partOf(row, 'kind') === kind),
      );
    }),
    row: 'gives',
  },
  /** A part of the notice: its `text` is markup. */
  tell: leafOfRow((_place, name) => {
    const part = noticePart(name);
    return part === 'text' ? (frame) => partOf(frame.row, part) : (frame) => escapeText(partOf(frame.row, part));
  }),
  /** The notice has that part; otherwise it has not. */
  told: aroundOfRow((_place, name, body, otherwise) => {
    const part = noticePart(name);
    return (frame) => (partOf(frame.row, part) === '' ? otherwise(frame) : body(frame));
  }),
  /** Staff are told of the block why it is there; mostly they did not ask. */
  why: around((_place, _argument, body) => (frame) => (frame.note === '' ? '' : body(frame))),
  /** Why it is. */
  note: leaf(() => (frame) => escapeText(frame.note)),
  /** What staff are told about the content. */
  strip: leaf((place) => place.strip),
};

const PLAIN = /^[\w.-]*$/;

/** A key as part of an address; half of a surrogate pair has no address and becomes the sign for what cannot be read. */
function addressable(key: string): string {
  return PLAIN.test(key) ? key : encodeURIComponent(Buffer.from(key).toString());
}

function columnValue({ list }: Surroundings, name: unknown): (row: Row) => string {
  const at = list?.columns.find((column) => column.name === name)?.at;
  if (at === undefined) throw new Error(`There is no column named "${String(name)}" here`);
  return (row) => String(row[at] ?? '');
}

/** Milliseconds within which a time needs no date. */
const HALF_A_DAY = 12 * 60 * 60 * 1000;

const VISITOR = ['name', 'login', 'customer', 'zone'] as const;

/** A block as a page places it. */
interface Placed {
  readonly name: string;
  /** Whether its rows may need the visitor. */
  readonly concerns: boolean;
}

interface Range {
  readonly from?: number;
  readonly to?: number;
}

function repeat(frame: Frame, body: Segment, from: number, to: number | undefined): string {
  const { outcome } = frame;
  if (outcome.state !== 'ready') return '';
  return repeatRows(frame, body, from === 0 && to === undefined ? outcome.rows : outcome.rows.slice(from, to));
}

function repeatRows(frame: Frame, body: Segment, rows: readonly Row[]): string {
  let markup = '';
  for (const row of rows) {
    frame.row = row;
    markup += body(frame);
  }
  return markup;
}

function noticePart(name: unknown): NoticePart {
  const part = NOTICE_PARTS.find((known) => known === name);
  if (!part) throw new Error(`A notice has no "${String(name)}"`);
  return part;
}
