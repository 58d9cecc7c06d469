import { misspelt } from '../near-name.ts';
import { elementsReferring, naming, type Rule, references } from '../rule.ts';
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
      yield { message: `No icon is named ${quoted(value)}`, ...misspelt(attribute, { known: names?.icons ?? [] }) };
    }
  },
};
