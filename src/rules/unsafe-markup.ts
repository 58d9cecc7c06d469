import { elementsNamed, type RemovedMarkup, type Rule } from '../rule.ts';
import { attributeOf, textOf } from '../xml/node.ts';
import { ownText } from '../xml/own-text.ts';
import { quoted } from '../xml/problem.ts';

export const unsafeMarkup: Rule = {
  code: 'unsafe-markup',
  severity: 'warning',
  about:
    'The text of a notice is Markdown that is made safe before it is shown: what could run, load or imitate something is taken out.',
  isFor: elementsNamed('msg'),
  *element({ node }, context) {
    const group = node.parent && attributeOf(node.parent, 'name')?.value;
    if (node.name !== 'msg' || group !== 'dashboard' || !attributeOf(node, 'name')?.value.endsWith('_text')) return;
    const removed = context.removed?.(textOf(node)) ?? [];
    if (removed.length === 0) return;
    const text = ownText(node);
    for (const part of removed) {
      yield {
        message: `${quoted(part.what)} is taken out of the notice`,
        source: node.source,
        range: text.range(part.at, part.length),
        hint: HINTS[part.kind],
      };
    }
  },
};

const HINTS: Readonly<Record<RemovedMarkup['kind'], string>> = {
  element: 'Write it in Markdown; of HTML only what marks up text is left, as <b>, <ul>, <table> and <a href="…">.',
  attribute: 'Leave it out: of attributes only "href", "title" and "start" are left.',
  address: 'An address begins with https://, http://, mailto:, tel: or, on this site, with one "/".',
  image: 'A notice has no images: link to it, as [a picture](https://…).',
};
