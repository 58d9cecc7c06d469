import { suggest } from '../diagnostics/suggest.ts';
import { isFamilyAttribute } from '../family.ts';
import { fixFor } from '../near-name.ts';
import { faulty, type Rule } from '../rule.ts';
import { foreignLetter } from '../xml/names.ts';
import { placeOfName } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const unknownAttribute: Rule = {
  code: 'unknown-attribute',
  severity: 'error',
  about: 'The element has no attribute of that name, so what it says has no effect.',
  anywhere: true,
  needs: faulty,
  *element({ node, contract, faults }) {
    for (const { kind, attribute, place } of faults) {
      if (kind !== 'unknown' || !place || isFamilyAttribute(node.name, attribute)) continue;
      const message = `No attribute of <${node.name}> is named ${quoted(attribute)}`;
      const known = Object.keys(contract?.attributes.properties ?? {});
      const hint = [foreignLetter(attribute), suggest(attribute, known)].filter((part) => part !== undefined).join(' ');
      const taken = node.attributes.map(({ name }) => name);
      yield {
        message,
        ...placeOfName(place),
        hint,
        ...fixFor({ value: attribute }, place.nameRange, { known, taken }),
      };
    }
  },
};
