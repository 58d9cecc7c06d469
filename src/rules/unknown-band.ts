import { definitionOf, isReportBlock } from '../list-around.ts';
import { misspelt } from '../near-name.ts';
import { bandElements } from '../report-description.ts';
import { elementsNamed, type Rule } from '../rule.ts';
import { attributeOf, elementsOf, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const unknownBand: Rule = {
  code: 'unknown-band',
  severity: 'error',
  about: 'The report has no band or no diagram of that name, so the block would have nothing to show.',
  isFor: elementsNamed('block'),
  needs: ({ node }) => isReportBlock(node),
  *element({ node }, context) {
    const func = isReportBlock(node) ? attributeOf(node, 'func') : undefined;
    const metadata = func && context.names && definitionOf(func.value, context);
    if (!metadata || attributeOf(metadata, 'type')?.value !== 'report') return;
    const all = bandElements(metadata);
    const band = attributeOf(node, 'band');
    const bands = band ? all.filter((one) => nameOf(one) === band.value) : all;
    if (band && bands.length === 0) {
      const message = `The report ${quoted(func.value)} has no band ${quoted(band.value)}`;
      yield { message, ...misspelt(band, { known: all.map(nameOf) }) };
      return;
    }
    const diagram = attributeOf(node, 'diagram');
    const diagrams = bands.flatMap((one) => elementsOf(one, 'diagram')).map(nameOf);
    if (!diagram || diagrams.includes(diagram.value)) return;
    const owner = band ? `The band ${quoted(band.value)}` : `The report ${quoted(func.value)}`;
    const message = `${owner} has no diagram ${quoted(diagram.value)}`;
    yield { message, ...misspelt(diagram, { known: diagrams }) };
  },
};

const nameOf = (element: XmlElement) => attributeOf(element, 'name')?.value ?? '';
