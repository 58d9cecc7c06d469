import { question } from '../diagnostics/suggest.ts';
import { elementsNamed, type Rule } from '../rule.ts';
import { textsOf } from '../texts.ts';
import { attributeOf, placeOfValue } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const unknownMessage: Rule = {
  code: 'unknown-message',
  severity: 'warning',
  about:
    'Only one language has a text of that name, while it lacks one of nearly that name which the others have: it is written wrong there.',
  isFor: elementsNamed('msg', 'messages'),
  *element({ node, faults }, context) {
    if (!context.names || (node.name !== 'msg' && node.name !== 'messages')) return;
    const name = attributeOf(node, 'name');
    const lang = node.name === 'msg' ? node.parent?.parent : node.parent;
    if (!name || lang?.name !== 'lang' || faults.some(({ place }) => place === name)) return;
    const language = attributeOf(lang, 'name')?.value ?? '';
    const group = node.name === 'msg' && node.parent ? (attributeOf(node.parent, 'name')?.value ?? '') : undefined;
    const texts = textsOf(context);
    const meant = (group === undefined ? texts.groupSlips(language) : texts.slips(language, group)).get(name.value);
    if (meant === undefined) return;
    const what = group === undefined ? 'messages' : `text of ${quoted(group)}`;
    yield {
      ...placeOfValue(name),
      message: `No ${what} in another language ${group === undefined ? 'are' : 'is'} named ${quoted(name.value)}`,
      hint: `${question(meant).join('')} Without it, ${quoted(language)} lacks what the others have.`,
      fix: { range: name.valueRange, text: meant },
    };
  },
};
