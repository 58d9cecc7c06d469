import { elementsNamed, type Rule } from '../rule.ts';
import { attributeOf, placeOfValue } from '../xml/node.ts';

/** More rows than anybody looks through on a page of several blocks. */
const MANY = 50;

export const tooManyRows: Rule = {
  code: 'too-many-rows',
  severity: 'info',
  about: 'A block shows so many rows that the page becomes long and heavy; the whole list is one click away.',
  isFor: elementsNamed('block'),
  needs: ({ node }) => Number(attributeOf(node, 'rows')?.value) > MANY,
  *element({ node, faults }) {
    const rows = node.name === 'block' ? attributeOf(node, 'rows') : undefined;
    if (!rows || !(Number(rows.value) > MANY) || faults.some(({ place }) => place === rows)) return;
    const hint = `Up to ${MANY} rows are quick to read and to load; a block leads to its whole list.`;
    yield { ...placeOfValue(rows), message: `${rows.value} rows are many for a block`, hint };
  },
};
