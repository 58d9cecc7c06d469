/** What a template tag is: where it stands, what it encloses, and the segment that it stands for. */
import type { Cell } from '../column.ts';
import type { BoundColumn, BoundList } from '../list.ts';
import type { Segment } from './segments.ts';

/** What surrounds the place in a template where a tag stands. */
export interface Surroundings {
  readonly list?: BoundList;
  readonly column?: BoundColumn;
  readonly cell?: Cell;
  /** The cell of a column of `list`. */
  cellOf(column: unknown): Segment;
  /** A block of the page. */
  blockOf(block: unknown): Segment;
  /** A control of a form. */
  controlOf(control: unknown): Segment;
  /** The drawing of a kind of chart. */
  figureOf(kind: string): Segment;
  /** What staff are told about the content, as it is at the time of the request. */
  readonly strip: Segment;
}

export interface Tag {
  readonly encloses: boolean;
  /** Whether it is about one row, or encloses what is. */
  readonly row?: 'needs' | 'gives';
  /** Whether it asks for nothing but the cell in which it stands. */
  readonly ofCell?: boolean;
  segment(place: Surroundings, argument: unknown, body: Segment, otherwise: Segment): Segment;
}

export const leaf = (segment: (place: Surroundings, argument: unknown) => Segment): Tag => ({
  encloses: false,
  segment,
});
export const around = (segment: Tag['segment']): Tag => ({ encloses: true, segment });
export const leafOfRow = (segment: Parameters<typeof leaf>[0]): Tag => ({ ...leaf(segment), row: 'needs' });
export const ofCell = (tag: Tag): Tag => ({ ...tag, ofCell: true });
export const aroundOfRow = (segment: Tag['segment']): Tag => ({ ...around(segment), row: 'needs' });
