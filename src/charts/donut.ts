import { sum } from 'd3-array';
import { arc, pie } from 'd3-shape';
import type { ChartData, Drawing } from './figure.ts';

/** Slices that have a colour of their own; the rest is one. */
const SLICES = 5;
/** Outer and inner radius of the ring, in units of its picture. */
const RING = { outer: 50, inner: 35 };

interface Slice {
  readonly label: string;
  readonly value: number;
  readonly tone: number;
}

/** A ring of shares, the largest first, with the whole in its middle; captions and values stand beside it. */
export function donut({ points, full, brief, share, others }: ChartData): Drawing {
  const whole = sum(points, ({ values }) => values[0] ?? 0);
  const slices = slicesOf(points, others);
  const ring = arc().innerRadius(RING.inner).outerRadius(RING.outer).cornerRadius(1.5).digits(2);
  const angles = pie<Slice>()
    .value(({ value }) => value)
    .sort(null)
    .padAngle(slices.length > 1 ? 0.03 : 0);
  const marks = angles(slices).map(({ data, startAngle, endAngle, padAngle }) => ({
    path: ring({ ...RING, innerRadius: RING.inner, outerRadius: RING.outer, startAngle, endAngle, padAngle }) ?? '',
    tone: data.tone,
    label: data.label,
    text: full(data.value),
    share: share(whole === 0 ? 0 : data.value / whole),
  }));
  return { kind: 'donut', marks: { slices: marks }, values: { whole: brief(whole) } };
}

function slicesOf(points: ChartData['points'], others: string): Slice[] {
  const sorted = points
    .map(({ label, values: [value = 0] }) => ({ label, value }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value);
  const own = sorted.length > SLICES + 1 ? sorted.slice(0, SLICES) : sorted;
  const rest = sorted.slice(own.length);
  const slices = own.map((slice, at) => ({ ...slice, tone: at + 1 }));
  return rest.length === 0 ? slices : [...slices, { label: others, value: sum(rest, ({ value }) => value), tone: 6 }];
}
