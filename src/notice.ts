/** A notice: what visitors are told without having asked. A block has one as a text, or several as rows of a list. */
import { type Formats, timeOf } from './formats.ts';
import type { Row } from './provider.ts';

/** The most urgent first. */
export const NOTICE_KINDS = ['incident', 'maintenance', 'news'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** The columns of a list that a notice block reads; a list needs none of them but `title` or `text`. */
export const NOTICE_COLUMNS = [
  ...['title', 'text', 'kind', 'level', 'from', 'until'],
  ...['starts', 'ends', 'dismiss', 'version'],
] as const;

/** What its block says of a notice. */
export interface BoundNotice {
  readonly kind: NoticeKind;
  readonly period: Period;
  readonly isDismissable: boolean;
}

/** From a date or moment until another one: dates are whole days in the visitor's zone. */
export interface Period {
  readonly from: string | undefined;
  readonly until: string | undefined;
}

/** What cannot be read limits nothing: a notice is rather shown than lost. */
const limitsOf = ({ from, until }: Period) =>
  [from, until].map((text) => (text && !Number.isNaN(timeOf(text)) ? text : undefined));

const isDate = (text: string) => text.length === 10;

/** Whether a period has begun and is not over. */
export function isCurrent(period: Period, formats: Formats, now: Date): boolean {
  const [from, until] = limitsOf(period);
  const hasBegun =
    from === undefined || (isDate(from) ? formats.daysUntil(from, now) <= 0 : timeOf(from) <= now.getTime());
  const isOver =
    until !== undefined && (isDate(until) ? formats.daysUntil(until, now) < 0 : timeOf(until) <= now.getTime());
  return hasBegun && !isOver;
}

/** Days begin at a quarter of an hour, wherever it is. */
const QUARTER = 15 * 60_000;

/** Until when `isCurrent` stays as it is, at least. */
export function sameUntil(period: Period, now: Date): number {
  const time = now.getTime();
  const changes = limitsOf(period).map((text) => {
    if (text === undefined) return Number.POSITIVE_INFINITY;
    return isDate(text) ? (Math.floor(time / QUARTER) + 1) * QUARTER : timeOf(text);
  });
  return Math.min(...changes.filter((change) => change > time), Number.POSITIVE_INFINITY);
}

interface Told {
  readonly notice?: BoundNotice;
  readonly list?: unknown;
}

/** Incidents above maintenance above news, as far as such blocks are neighbours; a list may hold incidents. */
export function urgentFirst<T extends Told>(blocks: readonly T[]): T[] {
  const rank = ({ notice, list }: Told) => (list ? 0.5 : NOTICE_KINDS.indexOf(notice?.kind ?? 'news'));
  const runs: T[][] = [];
  for (const [index, block] of blocks.entries()) {
    if (block.notice && blocks[index - 1]?.notice) runs.at(-1)?.push(block);
    else runs.push([block]);
  }
  return runs.flatMap((run) => run.toSorted((one, other) => rank(one) - rank(other)));
}

/** What a template is told of a notice, in this order. `text` is markup that was made safe. */
export const NOTICE_PARTS = ['notice', 'version', 'kind', 'title', 'text', 'time', 'dismiss'] as const;
export type NoticePart = (typeof NOTICE_PARTS)[number];

/** A notice as one row of an outcome. */
export const noticeRow = (notice: Readonly<Record<NoticePart, string>>): Row =>
  NOTICE_PARTS.map((part) => notice[part]);

export const partOf = (row: Row, part: NoticePart): string => String(row[NOTICE_PARTS.indexOf(part)] ?? '');
