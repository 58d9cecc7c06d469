import { elementsNamed, type Rule } from '../rule.ts';
import { attributeOf, placeOfName } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

/** Attributes that blocks of some kinds read, and no others. What the family writes anywhere is not among them. */
const READERS: Readonly<Record<string, readonly string[]>> = {
  band: ['report', 'diagram'],
  diagram: ['report', 'diagram'],
  kind: ['notice'],
  from: ['notice'],
  until: ['notice'],
  dismiss: ['notice'],
  url: ['url'],
  src: ['url'],
  href: ['url'],
  address: ['url'],
};

export const misplacedAttribute: Rule = {
  code: 'misplaced-attribute',
  severity: 'warning',
  about: 'Only blocks of another kind read the attribute, so it says nothing here.',
  isFor: elementsNamed('block'),
  needs: ({ node }) => node.attributes.some(({ name }) => Object.hasOwn(READERS, name)),
  *element({ node, faults }) {
    const type = attributeOf(node, 'type');
    if (node.name !== 'block' || !type || faults.some(({ place }) => place === type)) return;
    for (const attribute of node.attributes) {
      const readers = Object.hasOwn(READERS, attribute.name) ? READERS[attribute.name] : undefined;
      if (!readers || readers.includes(type.value)) continue;
      const [kind = ''] = readers;
      yield {
        message: `A block of type ${quoted(type.value)} does not read "${attribute.name}"`,
        ...placeOfName(attribute),
        hint: `Remove it, or let the block be one of type="${kind}".`,
      };
    }
  },
};
