import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { ChartData, Drawing } from './figure.ts';

/** Bars that are drawn: more are a table. */
const MOST = 12;

/** Lying bars, one below the other, each with its caption and its value in full. Places are hundredths of the width. */
export function bars({ points, series, full, others }: ChartData): Drawing {
  const shown = points.length > MOST ? points.slice(0, MOST - 1) : points;
  const rest = points.slice(shown.length);
  const summed = {
    label: others,
    values: series.map((_, at) => rest.reduce((sum, { values }) => sum + (values[at] ?? 0), 0)),
  };
  const all = rest.length > 0 ? [...shown, summed] : shown;
  const [least = 0, most = 0] = extent(all.flatMap(({ values }) => [0, ...values]));
  const place = scaleLinear([least, most || 1], [0, 100]);
  const marks = all.flatMap(({ label, values }) =>
    values.map((value, at) => ({
      label: at === 0 ? label : '',
      series: series.length > 1 ? (series[at] ?? '') : '',
      x: round(place(Math.min(0, value))),
      width: round(Math.abs(place(value) - place(0))),
      tone: at + 1,
      text: full(value),
    })),
  );
  return {
    kind: 'bars',
    marks: { bars: marks },
    values: { whole: series.length > 1 || points.length < 2 ? '' : full(sumOf(points)) },
  };
}

const sumOf = (points: ChartData['points']) => points.reduce((sum, { values: [value = 0] }) => sum + value, 0);

const round = (value: number) => Math.round(value * 100) / 100;
