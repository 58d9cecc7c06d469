import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ChartData, type ChartPoint, type Drawing, draw } from '../../src/charts/index.ts';

const point = (key: string, ...values: number[]): ChartPoint => ({ key, label: key, short: key.slice(-2), values });

function chart(type: ChartData['type'], points: readonly ChartPoint[], change: Partial<ChartData> = {}): Drawing {
  return draw({
    type,
    points,
    series: ['Spent'],
    span: undefined,
    name: (key) => ({ label: key, short: key.slice(-2) }),
    full: (value) => `€${value}`,
    brief: String,
    share: (part) => `${Math.round(part * 100)}%`,
    others: 'Others',
    ...change,
  });
}

const marks = (drawing: Drawing, list: string) => drawing.marks[list] ?? [];

describe('a pie', () => {
  test('is a ring of shares, the largest first', () => {
    const drawing = chart('pie', [point('a', 1), point('b', 3)]);
    expect(drawing.kind).toBe('donut');
    expect(marks(drawing, 'slices').map(({ label, share }) => [label, share])).toEqual([
      ['b', '75%'],
      ['a', '25%'],
    ]);
  });

  test('puts small slices together, and keeps the whole', () => {
    const drawing = chart(
      'pie',
      Array.from({ length: 20 }, (_, at) => point(`s${at}`, 20 - at)),
    );
    const slices = marks(drawing, 'slices');
    expect(slices).toHaveLength(6);
    expect(slices.at(-1)).toMatchObject({ label: 'Others', tone: 6, text: '€120' });
    expect(drawing.values.whole).toBe('210');
  });

  test.each([
    ['one part', [point('a', 5)]],
    ['something below nought', [point('a', 5), point('b', -1)]],
    ['nothing', [point('a', 0), point('b', 0)]],
  ])('of %s is bars', (_, points) => {
    expect(chart('pie', points).kind).toBe('bars');
  });
});

describe('a histogram', () => {
  test('adds up what several rows say of one month', () => {
    const drawing = chart('histogram', [point('2026-01', 4), point('2026-02', 1), point('2026-01', 3)]);
    expect(marks(drawing, 'bars').map(({ label, text }) => [label, text])).toEqual([
      ['2026-01', '€7'],
      ['2026-02', '€1'],
    ]);
    expect(drawing.values.whole).toBe('€8');
  });

  test('of what only looks like a month is drawn as it is', () => {
    const drawing = chart('histogram', [point('2026-13', 4), point('2026-14', 1)]);
    expect(marks(drawing, 'bars').map(({ label }) => label)).toEqual(['2026-13', '2026-14']);
  });

  test('of months stands, and a month that is missing is nought', () => {
    const drawing = chart('histogram', [point('2026-01', 4), point('2026-03', 2)]);
    expect(drawing.kind).toBe('columns');
    expect(marks(drawing, 'bars').map(({ label, height }) => [label, height])).toEqual([
      ['2026-01', 100],
      ['2026-02', 0],
      ['2026-03', 50],
    ]);
  });

  test('reaches as far as those beside it', () => {
    const drawing = chart('histogram', [point('2026-02', 4)], { span: ['2026-01', '2026-04'] });
    expect(marks(drawing, 'bars')).toHaveLength(4);
  });

  test('of names lies, and what is too much is one bar', () => {
    const drawing = chart(
      'histogram',
      Array.from({ length: 30 }, (_, at) => point(`name ${at}`, 1)),
    );
    expect(drawing.kind).toBe('bars');
    expect(marks(drawing, 'bars')).toHaveLength(12);
    expect(marks(drawing, 'bars').at(-1)).toMatchObject({ label: 'Others', text: '€19' });
  });

  test('draws what is below nought from nought downwards', () => {
    const [up, down] = marks(chart('histogram', [point('2026-01', 3), point('2026-02', -1)]), 'bars');
    expect(up).toMatchObject({ y: 0, height: 75 });
    expect(down).toMatchObject({ y: 75, height: 25 });
  });

  test('writes no value before a bar that is higher', () => {
    const points = Array.from({ length: 12 }, (_, at) =>
      point(`2026-${String(at + 1).padStart(2, '0')}`, at === 10 ? 500 : 300),
    );
    expect(
      marks(chart('histogram', points, { brief: (value) => `€${value}.00` }), 'tops').map(({ text }) => text),
    ).toEqual(['€500.00']);
  });
});

describe('a line', () => {
  test('has a course and a name for each series', () => {
    const points = [point('2026-01', 1, 2), point('2026-02', 3, 1)];
    const drawing = chart('line', points, { series: ['Opened', 'Closed'] });
    expect(marks(drawing, 'courses')).toHaveLength(2);
    expect(marks(drawing, 'names').map(({ title }) => title)).toEqual(['Opened', 'Closed']);
    expect(marks(drawing, 'dots')).toHaveLength(4);
  });

  test('of many points marks none of them', () => {
    const days = Array.from({ length: 90 }, (_, at) =>
      point(new Date(Date.UTC(2026, 0, at + 1)).toISOString().slice(0, 10), at),
    );
    const drawing = chart('line', days);
    expect(marks(drawing, 'dots')).toEqual([]);
    expect(marks(drawing, 'ticks').length).toBeLessThan(25);
  });
});

test('whatever is drawn, each mark is inside its picture and no number is broken', () => {
  const key = fc.oneof(fc.constantFrom('2026-01', '2026-02', '2027-12', '2026-02-03', '2026'), fc.string());
  const value = fc.oneof(fc.integer({ min: -1e12, max: 1e12 }), fc.constant(0));
  const points = fc.array(fc.tuple(key, value, value), { maxLength: 40 });
  fc.assert(
    fc.property(
      fc.constantFrom('pie' as const, 'histogram' as const, 'line' as const),
      fc.integer({ min: 1, max: 2 }),
      points,
      (type, count, rows) => {
        const series = ['a', 'b'].slice(0, count);
        const drawing = chart(
          type,
          rows.map(([name, ...values]) => point(name, ...values.slice(0, count))),
          { series },
        );
        for (const mark of Object.values(drawing.marks).flat()) {
          expect(Object.values(mark).join(' ')).not.toMatch(/NaN|undefined|Infinity/);
          for (const at of ['x', 'y', 'width', 'height']) {
            if (typeof mark[at] !== 'number') continue;
            expect(mark[at]).toBeGreaterThanOrEqual(-0.01);
            expect(mark[at]).toBeLessThanOrEqual(100.01);
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});
