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

/** Whether a period has begun and is not over; what cannot be read limits nothing, for a notice is rather shown than lost. */
export function isCurrent({ from, until }: Period, formats: Formats, now: Date): boolean {
  const isDate = (text: string) => text.length === 10;
  const has = (text: string | undefined): text is string => Boolean(text) && !Number.isNaN(timeOf(text ?? ''));
  const hasBegun = !has(from) || (isDate(from) ? formats.daysUntil(from, now) <= 0 : timeOf(from) <= now.getTime());
  const isOver = has(until) && (isDate(until) ? formats.daysUntil(until, now) < 0 : timeOf(until) <= now.getTime());
  return hasBegun && !isOver;
}

/** What a template is told of a notice, in this order. `text` is markup that was made safe. */
export const NOTICE_PARTS = ['notice', 'version', 'kind', 'title', 'text', 'time', 'dismiss'] as const;
export type NoticePart = (typeof NOTICE_PARTS)[number];

/** A notice as one row of an outcome. */
export const noticeRow = (notice: Readonly<Record<NoticePart, string>>): Row =>
  NOTICE_PARTS.map((part) => notice[part]);

export const partOf = (row: Row, part: NoticePart): string => String(row[NOTICE_PARTS.indexOf(part)] ?? '');
