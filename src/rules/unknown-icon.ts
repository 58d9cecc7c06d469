import { suggest } from '../diagnostics/suggest.ts';
import { elementsReferring, naming, type Rule, references } from '../rule.ts';
import { placeOfValue } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const unknownIcon: Rule = {
  code: 'unknown-icon',
  severity: 'error',
  about: 'The sprite has no icon of that name, so nothing would be drawn.',
  isFor: elementsReferring('icon'),
  needs: naming('icon'),
  *element(element, { names }) {
    for (const attribute of names ? references(element, 'icon') : []) {
      const { value } = attribute;
      if (names?.icons.has(value)) continue;
      const hint = suggest(value, names?.icons ?? []);
      yield { message: `No icon is named ${quoted(value)}`, ...placeOfValue(attribute), hint };
    }
  },
};
