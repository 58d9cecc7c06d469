import { familyAttributes, familyElements } from '../family.ts';
import { problemsOf } from '../house/read.ts';
import type { CheckContext, Rule } from '../rule.ts';

export const invalidRule: Rule = {
  code: 'invalid-rule',
  severity: 'error',
  about:
    'A rule of the house cannot be read, or speaks of elements that there are not, so nothing would be checked by it.',
  house: (document, context) => problemsOf(document, namesOf(context)),
};

/** Every name that an element or an attribute may have, also one of the family that is read over. */
function namesOf({ elements: contracts }: CheckContext) {
  const elements = [...contracts.keys()].flatMap((name) => [name, ...familyElements(name)]);
  const attributes = [...contracts.values()].flatMap(({ attributes }) => Object.keys(attributes.properties));
  return { elements: new Set(elements), attributes: new Set([...attributes, ...elements.flatMap(familyAttributes)]) };
}
