import type { BlockKind } from '../block.ts';
import { type BoundBand, bindBands } from '../bound-band.ts';
import { readAttributes } from '../element.ts';
import { block } from '../elements/index.ts';

/** A band of the report that `func` names: its charts, and the first of its rows. */
export const report: BlockKind = {
  name: 'report',
  matches: ({ type }) => type === 'report' || type === 'diagram',
  bind(element, head, names) {
    const found = names.functions.get(head.func ?? '')?.report;
    if (!found) return {};
    const { band: wanted, diagram } = readAttributes(block, element);
    const bands = flat(bindBands(found, names)).filter(({ list, belonging }) => list && belonging.by === 'nothing');
    const named = wanted === undefined ? bands : bands.filter(({ name }) => name === wanted);
    const band = named.find(({ diagrams }) => diagram === undefined || diagrams.some(({ name }) => name === diagram));
    if (!band) return {};
    const diagrams = band.diagrams.filter(({ name }) => diagram === undefined || name === diagram);
    return { band: { ...band, diagrams } };
  },
};

function flat(bands: readonly BoundBand[]): BoundBand[] {
  return bands.flatMap((band) => [band, ...flat(band.bands)]);
}
