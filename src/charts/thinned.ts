import type { ChartPoint } from './figure.ts';

/** Characters that fit side by side below a narrow chart, and below a wide one. */
const FIT = { narrow: 36, wide: 60 };

export interface Tick {
  readonly at: number;
  readonly short: string;
  /** Whether it is there only in a wide chart. */
  readonly isRoomy: boolean;
}

/** The captions along time that do not touch each other, counted from the last one. */
export function thinned(points: readonly ChartPoint[]): Tick[] {
  const longest = Math.max(...points.map(({ short }) => short.length), 1) + 1;
  const step = (fit: number) => Math.max(1, Math.ceil((longest * points.length) / fit));
  const [narrow, wide] = [step(FIT.narrow), step(FIT.wide)];
  // What a narrow chart shows is part of what a wide one does.
  const rare = Math.ceil(narrow / wide) * wide;
  const last = points.length - 1;
  return points.flatMap(({ short }, at) => {
    const back = last - at;
    return back % wide === 0 ? [{ at, short, isRoomy: back % rare !== 0 }] : [];
  });
}
