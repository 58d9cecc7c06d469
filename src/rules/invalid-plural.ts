import { isLanguage } from '../language.ts';
import { pluralForms } from '../plural.ts';
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
    const wanted = pluralForms(language);
    if (forms === wanted.length) return;
    yield {
      ...placeOfValue(name),
      message: `The text ${quoted(name.value)} has ${forms} plural forms, but ${quoted(language)} has ${wanted.length}`,
      hint: `Write ${wanted.length === 1 ? 'one form, without "|"' : wanted.join('|')}.`,
    };
  },
};
