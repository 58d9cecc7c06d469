import { isFamilyAttribute } from '../family.ts';
import { faulty, type Rule } from '../rule.ts';
import { placeOfName } from '../xml/node.ts';

export const unusedAttribute: Rule = {
  code: 'unused-attribute',
  severity: 'info',
  about: 'The attribute belongs to the family of this format, but Lintel does nothing with it: it is read over.',
  anywhere: true,
  needs: faulty,
  *element({ node, faults }) {
    for (const { kind, attribute, place } of faults) {
      if (kind !== 'unknown' || !place || !isFamilyAttribute(node.name, attribute)) continue;
      yield { message: `"${attribute}" has no effect here`, ...placeOfName(place) };
    }
  },
};
