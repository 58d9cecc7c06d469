import { isLanguage } from '../language.ts';
import { elementsNamed, type Rule } from '../rule.ts';
import { attributeOf, placeOfValue, textOf } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const invalidPlural: Rule = {
  code: 'invalid-plural',
  severity: 'warning',
  about: 'A text has more or fewer plural forms than its language, so some numbers would get a wrong one.',
  isFor: elementsNamed('msg'),
  *element({ node }) {
    const lang = node.parent?.parent;
    const name = attributeOf(node, 'name');
    if (node.name !== 'msg' || !name || lang?.name !== 'lang') return;
    const text = textOf(node);
    const language = attributeOf(lang, 'name')?.value ?? '';
    if (!text.includes('|') || !/__count__/i.test(text) || !isLanguage(language)) return;
    const forms = text.split('|').length;
    const wanted = formsOf(language);
    if (forms === wanted) return;
    yield {
      ...placeOfValue(name),
      message: `The text ${quoted(name.value)} has ${forms} plural forms, but ${quoted(language)} has ${wanted}`,
      hint: `Write ${wanted === 3 ? 'one|few|many' : wanted === 2 ? 'one|other' : 'one form, without "|"'}.`,
    };
  },
};

/** As `fill` takes them: one form, `one|other` or `one|few|many`. */
function formsOf(language: string): number {
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  if (pluralCategories.length === 1) return 1;
  return pluralCategories.includes('few') ? 3 : 2;
}
