import type { Rule } from '../rule.ts';
import { attributeOf, placeOfValue } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

const PAIRS = [
  ['min', 'max'],
  ['minlength', 'maxlength'],
] as const;

export const invalidRange: Rule = {
  code: 'invalid-range',
  severity: 'error',
  about: 'The least value of a control is above the greatest, so nothing that is typed would be taken.',
  isFor: (_name, contract) => PAIRS.some(([low]) => contract && low in contract.attributes.properties),
  *element({ node, faults }) {
    for (const [low, high] of PAIRS) {
      const [least, greatest] = [attributeOf(node, low), attributeOf(node, high)];
      if (!least || !greatest || faults.some(({ place }) => place === least || place === greatest)) continue;
      if (Number(least.value) <= Number(greatest.value)) continue;
      yield {
        ...placeOfValue(least),
        message: `"${low}" is ${quoted(least.value)}, above "${high}", which is ${quoted(greatest.value)}`,
        hint: 'Swap them, or remove one.',
        related: [{ ...placeOfValue(greatest), message: `"${high}"` }],
      };
    }
  },
};
