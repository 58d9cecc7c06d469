import type { BoundBand } from '../bound-band.ts';
import type { Drawing, Mark } from '../charts/figure.ts';
import type { Outcome } from './load.ts';

/** A mark that has every value, so that each part of a template is drawn. */
const MARK: Mark = {
  path: '',
  x: 0,
  y: 0,
  width: 1,
  height: 1,
  tone: 1,
  label: '-',
  series: '-',
  text: '-',
  share: '-',
  title: '-',
  last: '-',
  room: '',
};
const LISTS = ['slices', 'bars', 'tops', 'ticks', 'names', 'courses', 'dots', 'ends', 'levels'];
const KINDS: readonly Drawing['kind'][] = ['columns', 'bars', 'donut', 'lines'];

/** An outcome of a band in which each kind of chart is there; one that failed stays so. */
export function sampleOf({ diagrams }: BoundBand, outcome: Outcome): Outcome {
  if (outcome.state !== 'ready') return outcome;
  const marks = Object.fromEntries(LISTS.map((list) => [list, [MARK]]));
  const values = { zero: 100, whole: '-' };
  const figures = KINDS.map((kind) => ({ kind, marks, values, id: kind, title: '-', caption: '-', about: '-' }));
  return {
    ...outcome,
    drawn: {
      figures: new Map(diagrams.map(({ name }) => [name, figures])),
      sums: new Map(),
      isCut: outcome.rows.length === 0,
    },
  };
}
