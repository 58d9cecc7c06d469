import { elementsNamed, type Rule } from '../rule.ts';
import { attributeOf, placeOfValue, textOf } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const missingText: Rule = {
  code: 'missing-text',
  severity: 'warning',
  about: 'A text is there, but empty: pages show nothing in its place, not even the text of the default language.',
  isFor: elementsNamed('msg'),
  *element({ node, faults }) {
    const name = node.name === 'msg' ? attributeOf(node, 'name') : undefined;
    // An overlay takes a text away.
    if (attributeOf(node, 'remove')) return;
    if (!name || textOf(node) !== '' || faults.some(({ place }) => place === name)) return;
    // Whatever else stands in it is reported there.
    if (node.children.some(({ kind }) => kind === 'element')) return;
    const hint = 'Write it, or remove it: then the default language is shown.';
    yield { ...placeOfValue(name), message: `The text ${quoted(name.value)} is empty`, hint };
  },
};
