import { extent, maxIndex } from 'd3-array';
import { scaleBand, scaleLinear } from 'd3-scale';
import type { ChartData, ChartPoint, Drawing } from './figure.ts';
import { thinned } from './thinned.ts';
import { inTime } from './time.ts';

/** The broadest bar, or group of bars, in hundredths. */
const BROADEST = 14;

/** Standing bars along time. Places are hundredths of the width and of the height; what time has no value for is nought. */
export function columns(data: ChartData): Drawing {
  const { series, full, brief } = data;
  const all = inTime(data);
  const [least = 0, most = 0] = extent(all.flatMap(({ values }) => [0, ...values]));
  const x = scaleBand(
    all.map((_, at) => at),
    [0, 100],
  )
    .paddingInner(0.28)
    .paddingOuter(0.1);
  // Few bars stand apart rather than being broad.
  const width = Math.min(x.bandwidth(), BROADEST);
  const left = (at: number) => (x(at) ?? 0) + (x.bandwidth() - width) / 2;
  const inner = scaleBand(
    series.map((_, at) => at),
    [0, width],
  ).paddingInner(0.08);
  const y = scaleLinear([least, most || 1], [100, 0]);
  const labelled = labelsOf(all, series.length, brief);
  const marks = all.flatMap(({ label, values }, at) =>
    values.map((value, serie) => ({
      x: round(left(at) + (inner(serie) ?? 0)),
      y: round(y(Math.max(0, value))),
      width: round(inner.bandwidth()),
      height: round(Math.abs(y(value) - y(0))),
      tone: serie + 1,
      label: series.length > 1 ? `${label}, ${series[serie]}` : label,
      text: full(value),
    })),
  );
  const tops = labelled.map((at) => {
    const value = all[at]?.values[0] ?? 0;
    return { x: round((x(at) ?? 0) + x.bandwidth() / 2), y: round(y(Math.max(0, value))), text: brief(value) };
  });
  const ticks = thinned(all).map(({ at, short, isRoomy }) => ({
    x: round((x(at) ?? 0) + x.bandwidth() / 2),
    text: short,
    room: isRoomy ? 'roomy' : '',
  }));
  const names = series.length > 1 ? series.map((title, at) => ({ title, tone: at + 1, last: '' })) : [];
  return {
    kind: 'columns',
    marks: { bars: marks, tops, ticks, names },
    values: { zero: round(y(0)), whole: wholeOf(all, series.length, full) },
  };
}

/** Widest text over a bar, in hundredths of a narrow chart per character. */
const CHARACTER = 2.6;

/** The bars that say their value: all where there is room, else the last and the highest. */
function labelsOf(points: readonly ChartPoint[], series: number, brief: ChartData['brief']): number[] {
  if (series > 1) return [];
  const texts = points.map(({ values: [value = 0] }) => brief(value));
  const width = Math.max(...texts.map(({ length }) => length)) * CHARACTER;
  const slot = 100 / points.length;
  if (width <= slot) return points.flatMap(({ values }, at) => (values[0] ? [at] : []));
  const last = points.length - 1;
  const highest = maxIndex(points, ({ values }) => values[0] ?? 0);
  const valueAt = (at: number) => points[at]?.values[0] ?? 0;
  // It would stand before the bar beside it, if that is higher.
  const isHidden = valueAt(last - 1) > valueAt(last) || Math.abs(last - highest) * slot < width;
  return last === highest || isHidden || !valueAt(last) ? [highest] : [highest, last];
}

/** What one series comes to. */
function wholeOf(points: readonly ChartPoint[], series: number, full: ChartData['full']): string {
  return series > 1 ? '' : full(points.reduce((sum, { values: [value = 0] }) => sum + value, 0));
}

const round = (value: number) => Math.round(value * 100) / 100;
