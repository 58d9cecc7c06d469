import { elementsNamed, type Rule } from '../rule.ts';
import { attributeOf, elementsOf, placeOfValue, type XmlAttribute, type XmlNode } from '../xml/node.ts';

export const tooManySorted: Rule = {
  code: 'too-many-sorted',
  severity: 'warning',
  about: 'Several columns are sorted in the same rank, so it is left to their order which of them counts first.',
  isFor: elementsNamed('block', 'coldata'),
  needs: ({ node }) => node.children.filter(isSorted).length > 1,
  *element({ node }) {
    if (node.name !== 'block' && node.name !== 'coldata') return;
    const first = new Map<number, XmlAttribute>();
    const names = new Set<string>();
    for (const col of elementsOf(node, 'col')) {
      const name = attributeOf(col, 'name')?.value ?? '';
      const sorted = attributeOf(col, 'sorted');
      // A column that stands twice is a finding of its own.
      if (!sorted || names.has(name)) continue;
      names.add(name);
      const rank = rankOf(sorted.value);
      const before = rank === undefined ? undefined : first.get(rank);
      if (rank !== undefined && !before) first.set(rank, sorted);
      if (!before) continue;
      yield {
        ...placeOfValue(sorted),
        message: `Another column is sorted in rank ${rank} already`,
        hint: 'Give each its rank, with the direction as sign: sorted="-1", sorted="+2".',
        related: [{ ...placeOfValue(before), message: 'the first one' }],
      };
    }
  },
};

const isSorted = (child: XmlNode) => child.kind === 'element' && attributeOf(child, 'sorted') !== undefined;

function rankOf(text: string): number | undefined {
  if (/^(yes|asc|desc)$/.test(text)) return 1;
  return /^[+-]?[1-9]\d?$/.test(text) ? Math.abs(Number(text)) : undefined;
}
