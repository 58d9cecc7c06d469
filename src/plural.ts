/** The plural forms of languages, as `Intl` counts whole numbers: one form in Japanese, six in Arabic. */
import { remembered } from './remembered.ts';

const ORDER: readonly Intl.LDMLPluralRule[] = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** All that whole numbers up to here do, greater ones do too, but for round millions in a few languages. */
const ENOUGH = 200;

/** The forms in which a language counts, in the order in which a text has them: `one|few|many` in Russian. */
export const pluralForms: (language: string) => readonly Intl.LDMLPluralRule[] = remembered((language: string) => {
  const select = rulesOf(language);
  const found = new Set(Array.from({ length: ENOUGH }, (_, count) => select(count)));
  return ORDER.filter((form) => found.has(form));
});

const rulesOf = remembered((language: string) => {
  const rules = new Intl.PluralRules(language);
  return (count: number) => rules.select(count);
});

/** The part of a text `one|other` that a count wants; the last one for a number that its language has no part for. */
export function pluralForm(text: string, language: string, count: number): string {
  const forms = text.split('|');
  if (forms.length === 1) return text;
  // Whoever writes two forms means them, whatever the language.
  const order = forms.length === 2 ? TWO : pluralForms(language);
  const index = order.indexOf(rulesOf(language)(count));
  return forms[index === -1 ? forms.length - 1 : index] ?? forms.at(-1) ?? text;
}

const TWO: readonly Intl.LDMLPluralRule[] = ['one', 'other'];
