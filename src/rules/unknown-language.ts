import { question, suggest } from '../diagnostics/suggest.ts';
import { isLanguage, isUnknownLanguage, languageOfFile } from '../language.ts';
import { elementsNamed, type Rule } from '../rule.ts';
import { attributeOf, placeOfValue } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const unknownLanguage: Rule = {
  code: 'unknown-language',
  severity: 'error',
  about: 'The texts are in a language that no browser knows, or in another one than their file is named for.',
  isFor: elementsNamed('lang', 'doc'),
  *element({ node, faults }, { documents }) {
    const name = attributeOf(node, 'name');
    if (!name || !isUnknownLanguage(node) || faults.some(({ place }) => place === name)) return;
    const ofFile = languageOfFile(node.source.path);
    yield {
      ...placeOfValue(name),
      message: isLanguage(name.value)
        ? `The file is named for the language ${quoted(ofFile ?? '')}, but its texts are in ${quoted(name.value)}`
        : `No language has the code ${quoted(name.value)}`,
      hint: ofFile
        ? `${question(ofFile).join('')} A code is that of BCP 47: en, ru, pt-BR.`
        : `${suggest(
            name.value,
            documents.flatMap(({ source }) => languageOfFile(source.path) ?? []),
          )} A code is that of BCP 47: en, ru, pt-BR.`.trim(),
      ...(ofFile && { fix: { range: name.valueRange, text: ofFile } }),
    };
  },
};
