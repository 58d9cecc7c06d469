import { nearest } from '../diagnostics/suggest.ts';
import { isListBlock } from '../list-around.ts';
import { elementsNamed, having, type Rule } from '../rule.ts';
import { strays } from '../strays.ts';
import { attributeOf, elementsOf, placeOfName, type XmlElement } from '../xml/node.ts';

export const rowsWithoutSorted: Rule = {
  code: 'rows-without-sorted',
  severity: 'warning',
  about:
    'A limit needs an order: without a sorted column among those of the block, `rows` has no effect and all rows are shown.',
  isFor: elementsNamed('block'),
  needs: having('rows'),
  *element({ node }, context) {
    const rows = attributeOf(node, 'rows');
    const columns = elementsOf(node);
    if (!rows || !isListBlock(node) || columns.some((col) => attributeOf(col, 'sorted')) || columns.some(isSorted))
      return;
    // A column that got out of its block is one slip, too.
    if (strays(node.parent, 'col', context).some(isSorted)) return;
    yield {
      message: '"rows" has no effect, because no column of the block is sorted',
      ...placeOfName(rows),
      hint: 'Give one <col> of the block sorted="yes" or sorted="desc"; until then all rows are shown.',
    };
  },
};

// Whatever the element, and however near to "sorted": a misspelt name is one slip, and another rule reports it.
function isSorted({ attributes }: XmlElement): boolean {
  return attributes.some(({ name }) => name !== 'sort' && nearest(name, ['sorted']) !== undefined);
}
