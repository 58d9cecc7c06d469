import type { Finding } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/suggest.ts';
import { elementsNamed, type Rule } from '../rule.ts';
import { attributeOf, elementsOf, placeOfValue, type XmlAttribute, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const invalidDiagram: Rule = {
  code: 'invalid-diagram',
  severity: 'error',
  about: 'The diagram cannot be drawn as it is written: it lacks values, or has some that do not go together.',
  isFor: elementsNamed('diagram'),
  *element({ node, faults }) {
    if (node.name !== 'diagram') return;
    const series = seriesOf(node);
    if (series.length === 0 && !isMisspelt(node, faults)) yield withoutData(node);
    const label = attributeOf(node, 'label')?.value;
    for (const attribute of series) {
      const type = typeOf(attribute.value, node);
      if (attribute.value === label) yield { ...placeOfValue(attribute), message: same(attribute.value), hint: SAME };
      else if (type !== undefined && !DRAWN.includes(type))
        yield { ...placeOfValue(attribute), ...undrawable(attribute.value, type) };
    }
    yield* tooMany(node, series);
    yield* mixed(node, series);
  },
};

/** Column types whose values are amounts. */
const DRAWN = ['data', 'money', 'change', 'indicator'];
const MONEY = ['money', 'change'];
const SAME = 'Name the column of the amounts in "data".';

/** The attributes that name the columns of its values. */
function seriesOf(diagram: XmlElement): XmlAttribute[] {
  const lines = elementsOf(diagram, 'line').map((line) => attributeOf(line, 'data'));
  return [attributeOf(diagram, 'data'), ...lines].flatMap((attribute) => attribute ?? []);
}

/** What is meant for its values, but not written so: one slip, which other rules report. */
function isMisspelt(diagram: XmlElement, faults: readonly { kind: string; attribute: string }[]): boolean {
  const isLike = (word: string, meant: string) => nearest(word, [meant]) !== undefined;
  return (
    faults.some(({ kind, attribute }) => kind === 'unknown' && isLike(attribute, 'data')) ||
    elementsOf(diagram).some(({ name }) => isLike(name, 'line'))
  );
}

function withoutData({ source, nameRange, attributes }: XmlElement): Finding {
  const name = attributes.find((attribute) => attribute.name === 'name')?.value ?? '';
  const hint = 'Add data="…" with the column of its values, or a <line data="…"/> for each of several.';
  return { message: `The diagram ${quoted(name)} has no values`, source, range: nameRange, hint };
}

const same = (column: string) => `${quoted(column)} is the caption and the value at once`;

const undrawable = (column: string, type: string) => ({
  message: `${quoted(column)} is a column of type="${type}", and no amount can be read from it`,
  hint: 'Draw a column of amounts: of type="data" or type="money".',
});

function* tooMany(diagram: XmlElement, [, second]: readonly XmlAttribute[]): Generator<Finding> {
  if (!second || attributeOf(diagram, 'type')?.value !== 'pie') return;
  yield {
    ...placeOfValue(second),
    message: 'A pie shows the parts of one whole, and this is another series',
    hint: 'Write type="histogram" or type="line", or a diagram for each.',
  };
}

/** Money and other numbers have no scale in common. */
function* mixed(diagram: XmlElement, [first, ...others]: readonly XmlAttribute[]): Generator<Finding> {
  if (!first || attributeOf(diagram, 'type')?.value === 'pie') return;
  const isMoney = ({ value }: XmlAttribute) => MONEY.includes(typeOf(value, diagram) ?? 'data');
  const stranger = others.find((other) => isMoney(other) !== isMoney(first));
  if (!stranger) return;
  yield {
    ...placeOfValue(stranger),
    message: `${quoted(first.value)} and ${quoted(stranger.value)} are not measured in the same unit`,
    hint: 'Draw money and numbers in diagrams of their own.',
    related: [{ ...placeOfValue(first), message: 'the first series' }],
  };
}

/** The type of a column as its band declares it. */
function typeOf(column: string, diagram: XmlElement): string | undefined {
  const declared = elementsOf(diagram.parent ?? diagram, 'col').find(
    (col) => attributeOf(col, 'name')?.value === column,
  );
  return declared && attributeOf(declared, 'type')?.value;
}
