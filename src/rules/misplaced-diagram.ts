import { elementsNamed, type Rule } from '../rule.ts';
import { attributeOf, elementsOf } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const misplacedDiagram: Rule = {
  code: 'misplaced-diagram',
  severity: 'warning',
  about: 'A diagram stands over a table of the same rows: without one, who cannot see it learns nothing.',
  isFor: elementsNamed('diagram'),
  *element({ node }) {
    const { parent } = node;
    if (node.name !== 'diagram' || parent?.name !== 'band' || elementsOf(parent, 'col').length > 0) return;
    const name = attributeOf(node, 'name');
    const columns = ['label', 'data'].flatMap((attribute) => attributeOf(node, attribute)?.value ?? []);
    yield {
      message: `The band of the diagram ${quoted(name?.value ?? '')} has no table`,
      source: node.source,
      range: node.nameRange,
      hint: `Add its columns to the band: ${columns.map((column) => `<col name="${column}"/>`).join(' ')}`,
    };
  },
};
