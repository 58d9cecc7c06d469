import type { ChartData, ChartPoint } from './figure.ts';

/** So many points at most are filled in between. */
const MOST = 400;

/** Points in the order of time: those of one month or day are added up, those that are missing between two are nought. */
export function inTime({ points, series, span, name }: ChartData): ChartPoint[] {
  const sorted = joined(points).sort((a, b) => (a.key < b.key ? -1 : 1));
  const [first = '', last = ''] = span ?? [sorted[0]?.key, sorted.at(-1)?.key];
  const keys = between(first, last);
  if (keys.length === 0 || keys.length > MOST)
    return sorted.every(({ key }) => between(key, key).length > 0) ? sorted : [...points];
  const known = new Map(sorted.map((point) => [point.key, point]));
  const values = series.map(() => 0);
  return keys.map((key) => known.get(key) ?? { key, ...name(key), values });
}

/** One point for each time. */
function joined(points: ChartData['points']): ChartPoint[] {
  const known = new Map<string, ChartPoint>();
  for (const point of points) {
    const { values } = known.get(point.key) ?? {};
    known.set(point.key, values ? { ...point, values: point.values.map((one, at) => one + (values[at] ?? 0)) } : point);
  }
  return [...known.values()];
}

/** The months, days or years from one to another, both with them; none for other texts. */
export function between(first: string, last: string): string[] {
  const length = first.length;
  if (length !== last.length || !/^\d{4}(-\d\d){0,2}$/.test(first + last.slice(length))) return [];
  const keys: string[] = [];
  const time = new Date(`${first.padEnd(10, '-01')}T00:00:00Z`);
  if (Number.isNaN(time.valueOf())) return [];
  for (let key = first; key <= last && keys.length <= MOST; key = time.toISOString().slice(0, length)) {
    keys.push(key);
    if (length === 10) time.setUTCDate(time.getUTCDate() + 1);
    else if (length === 7) time.setUTCMonth(time.getUTCMonth() + 1);
    else time.setUTCFullYear(time.getUTCFullYear() + 1);
  }
  return keys;
}
