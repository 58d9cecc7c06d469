/** What a chart is made of and what comes of it: marks as numbers and texts, for `templates/charts/KIND.njk` to draw. */
import type { DiagramType } from '../report.ts';

/** The numbers of one chart, all in one unit. */
export interface ChartData {
  readonly type: DiagramType;
  readonly points: readonly ChartPoint[];
  /** The first and the last point in time that the chart reaches, where others beside it reach further. */
  readonly span: readonly [string, string] | undefined;
  /** What a point in time is called that no row is about. */
  name(key: string): Pick<ChartPoint, 'label' | 'short'>;
  /** Titles of the series, in the order of each point's values. */
  readonly series: readonly string[];
  /** A value in full, and in few characters. */
  full(value: number): string;
  brief(value: number): string;
  /** A share of one in the language. */
  share(part: number): string;
  /** What is too small to have a place of its own. */
  readonly others: string;
}

export interface ChartPoint {
  /** The raw value: a month or a date orders and spaces the points. */
  readonly key: string;
  readonly label: string;
  /** The label where there is little room. */
  readonly short: string;
  readonly values: readonly number[];
}

export interface FigureTexts {
  readonly id: string;
  readonly title: string;
  /** What stands over it: the title, or what tells it from those beside it. */
  readonly caption: string;
  /** The chart in a sentence, for those who do not see it. */
  readonly about: string;
}

/** A text or a number of a mark; a template asks for it by name. */
export type Mark = Readonly<Record<string, string | number>>;

export interface Drawing {
  /** Names its template. */
  readonly kind: 'columns' | 'bars' | 'donut' | 'lines';
  /** Lists of marks by name. */
  readonly marks: Readonly<Record<string, readonly Mark[]>>;
  /** Single values, as the text in the middle of a ring. */
  readonly values: Mark;
}

export type Figure = FigureTexts & Drawing;
