/** A report as `<metadata type="report">` describes it: bands of rows with diagrams over them, and what the visitor may choose. */
import type { FormDescription } from './form.ts';
import type { LevelTest } from './level.ts';
import type { PeriodName } from './period.ts';
import type { Column, Provider } from './provider.ts';

export const reportAddress = (name: string): string => `/report/${encodeURIComponent(name)}`;

export interface Report {
  readonly name: string;
  /** Whether it computes before the visitor asks. */
  readonly runsAtOnce: boolean;
  /** The period it begins with; undefined for a report without one. */
  readonly period: PeriodName | undefined;
  /** What else the visitor may choose. */
  readonly form: FormDescription | undefined;
  /** Message keys of the lines above it. */
  readonly texts: readonly string[];
  readonly bands: readonly Band[];
  /** Seconds for which rows may be kept; undefined leaves it to the block. */
  readonly cache: number | undefined;
}

export interface Band {
  readonly name: string;
  readonly level: LevelTest;
  readonly columns: readonly BandColumn[];
  readonly diagrams: readonly Diagram[];
  /** The field of its rows that says to which row of the band around it they belong. */
  readonly parentField: string | undefined;
  readonly bands: readonly Band[];
  /** What supplies its rows; a band without it only holds others. The key is chosen when it is bound. */
  readonly source: BandSource | undefined;
}

export interface BandColumn extends Column {
  readonly total: 'count' | 'sum' | undefined;
  /** Whether its cells lead to what an inner band says of the row. */
  readonly isLink: boolean;
}

export type DiagramType = 'pie' | 'histogram' | 'line';

export interface Diagram {
  readonly name: string;
  readonly type: DiagramType;
  readonly level: LevelTest;
  /** The column of the captions. */
  readonly label: string;
  /** The columns of the values, one for each series. */
  readonly data: readonly string[];
}

export interface BandSource extends Omit<Provider, 'key' | 'keyname' | 'columns' | 'buttons'> {
  /** The parameters it takes beside those that the engine fills in. */
  readonly parameters: readonly string[];
}
