/** Draws charts as marks; loaded when the first one is wanted. */
import { bars } from './bars.ts';
import { columns } from './columns.ts';
import { donut } from './donut.ts';
import type { ChartData, Drawing } from './figure.ts';
import { lines } from './lines.ts';

export type * from './figure.ts';

/** Points that lie in time stand up side by side; names lie one below the other, where they are read in full. */
export function draw(data: ChartData): Drawing {
  const values = data.points.flatMap((point) => point.values);
  if (data.type === 'line') return lines(data);
  // One part is no share of anything.
  const isWhole = values.filter((value) => value > 0).length > 1 && values.every((value) => value >= 0);
  if (data.type === 'pie' && data.series.length === 1 && isWhole) return donut(data);
  const isCourse = data.points.every(({ key }) => isInTime(key)) && (data.points.length > 1 || data.span !== undefined);
  return isCourse ? columns(data) : bars(data);
}

const isInTime = (key: string) => /^\d{4}(-\d\d){0,2}$/.test(key);
