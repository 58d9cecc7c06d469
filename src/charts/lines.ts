import { extent, ticks } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { curveMonotoneX, line } from 'd3-shape';
import type { ChartData, Drawing } from './figure.ts';
import { thinned } from './thinned.ts';
import { inTime } from './time.ts';

/** Points up to which each is marked. */
const MARKED = 32;
const LEVELS = 3;

/** A course over time, or from one caption to the next; each series is named with its last value. Places are hundredths. */
export function lines(data: ChartData): Drawing {
  const { series, full, brief } = data;
  const all = inTime(data);
  const [least = 0, most = 0] = extent(all.flatMap(({ values }) => [0, ...values]));
  const y = scaleLinear([least, most || 1], [100, 0]).nice(LEVELS);
  const x = scaleLinear([0, Math.max(all.length - 1, 1)], [2, 98]);
  const [low = 0, high = 1] = y.domain();
  const isWhole = all.every(({ values }) => values.every(Number.isInteger));
  const levels = ticks(low, high, LEVELS).filter((level) => !isWhole || Number.isInteger(level));
  const courses = series.map((title, serie) => {
    const path = line<(typeof all)[number]>(
      (_, at) => x(at),
      ({ values }) => y(values[serie] ?? 0),
    )
      .curve(curveMonotoneX)
      .digits(2);
    return { path: path(all) ?? '', tone: serie + 1, title };
  });
  const dots =
    all.length > MARKED
      ? []
      : all.flatMap(({ label, values }, at) =>
          values.map((value, serie) => ({
            x: round(x(at)),
            y: round(y(value)),
            tone: serie + 1,
            label: series.length > 1 ? `${label}, ${series[serie]}` : label,
            text: full(value),
          })),
        );
  return {
    kind: 'lines',
    marks: {
      courses,
      dots,
      ends: endsOf(all.at(-1)?.values ?? []).map(({ value, serie }) => ({
        x: round(x(all.length - 1)),
        y: round(y(value)),
        tone: serie + 1,
        text: brief(value),
      })),
      levels: levels.map((level) => ({ y: round(y(level)), text: brief(level) })),
      ticks: thinned(all).map(({ at, short, isRoomy }) => ({
        x: round(x(at)),
        text: short,
        room: isRoomy ? 'roomy' : '',
      })),
      names: series.length > 1 ? courses.map(({ title, tone }) => ({ title, tone, last: '' })) : [],
    },
    values: {},
  };
}

/** The last values that are far enough from each other to be written. */
function endsOf(values: readonly number[]) {
  const [least = 0, most = 1] = extent([0, ...values]);
  const apart = (most - least) / 6;
  const ends: { value: number; serie: number }[] = [];
  for (const [serie, value] of values.entries())
    if (ends.every((end) => Math.abs(end.value - value) > apart)) ends.push({ value, serie });
  return ends;
}

const round = (value: number) => Math.round(value * 100) / 100;
