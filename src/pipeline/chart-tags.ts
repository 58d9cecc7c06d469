/** The tags that draw charts and what the bands of a report come to. */
import type { BoundDiagram } from '../bound-band.ts';
import { escapeText, type Frame } from './segments.ts';
import { around, leaf, type Tag } from './tag.ts';

export const chartTags: Readonly<Record<string, Tag>> = {
  /** The charts of a diagram. */
  figures: leaf((place, diagram) => {
    const name = (diagram as BoundDiagram).name;
    return (frame) => {
      const { drawn } = frame.outcome.state === 'ready' ? frame.outcome : {};
      let markup = '';
      for (const figure of drawn?.figures.get(name) ?? []) {
        frame.figure = figure;
        markup += place.figureOf(figure.kind)(frame);
      }
      return markup;
    };
  }),
  /** In a chart: repeats for each mark of a list. */
  marks: around((_place, list, body) => (frame) => {
    let markup = '';
    for (const mark of frame.figure?.marks[String(list)] ?? []) {
      frame.mark = mark;
      markup += body(frame);
    }
    frame.mark = undefined;
    return markup;
  }),
  /** In a chart: a value of the mark, or of the chart itself. */
  mark: leaf((_place, name) => (frame) => escapeText(markOf(frame, String(name)))),
  /** In a chart: there is such a value, or such marks; otherwise there is none. */
  has: around(
    (_place, name, body, otherwise) => (frame) =>
      markOf(frame, String(name)) !== '' || (frame.figure?.marks[String(name)] ?? []).length > 0
        ? body(frame)
        : otherwise(frame),
  ),
  /** What a column of a band adds up to, in each currency. */
  sums: leaf((_place, column) => {
    const name = (column as { name: string }).name;
    return ({ outcome }) =>
      (outcome.state === 'ready' ? (outcome.drawn?.sums.get(name) ?? []) : []).map(escapeText).join('<br>');
  }),
  /** There are more rows than a band shows: nothing is added up. */
  cut: around(
    (_place, _argument, body, otherwise) => (frame) =>
      frame.outcome.state === 'ready' && frame.outcome.drawn?.isCut ? body(frame) : otherwise(frame),
  ),
};

function markOf({ figure, mark }: Frame, name: string): string {
  const value =
    mark?.[name] ?? figure?.values[name] ?? (figure as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
