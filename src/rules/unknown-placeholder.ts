import { suggest } from '../diagnostics/suggest.ts';
import { elementsNamed, type Rule } from '../rule.ts';
import { textsOf } from '../texts.ts';
import { attributeOf, textOf, type XmlElement } from '../xml/node.ts';
import { ownText } from '../xml/own-text.ts';
import { quoted } from '../xml/problem.ts';

export const unknownPlaceholder: Rule = {
  code: 'unknown-placeholder',
  severity: 'warning',
  about: 'A text has a placeholder that the default language lacks, so it would most likely be shown as it is written.',
  isFor: elementsNamed('msg'),
  *element({ node }, context) {
    const [language] = context.names?.messages.languages ?? [];
    const lang = node.parent?.parent;
    if (node.name !== 'msg' || !node.parent || lang?.name !== 'lang' || language === undefined) return;
    if (attributeOf(lang, 'name')?.value === language) return;
    const text = textOf(node);
    const found = text.includes('__') ? placeholdersOf(text) : [];
    if (found.length === 0) return;
    const [group, key] = [node.parent, node].map((one) => attributeOf(one, 'name')?.value ?? '');
    const base: XmlElement | undefined = textsOf(context)
      .written.get(language)
      ?.get(group ?? '')
      ?.get(key ?? '');
    if (!base) return;
    const known = placeholdersOf(textOf(base)).map(({ word }) => word);
    for (const { word, at } of found) {
      if (known.includes(word)) continue;
      const hint = known.length > 0 ? suggest(word, known) : `The text in ${quoted(language)} has no placeholder.`;
      const range = ownText(node).range(at + 2, word.length);
      yield { message: `No placeholder is named ${quoted(word)}`, source: node.source, range, hint };
    }
  },
};

/** As `fill` finds them. */
function placeholdersOf(text: string): { readonly word: string; readonly at: number }[] {
  return [...text.matchAll(/__([a-z]\w*?)__/gi)].map(({ 1: word = '', index }) => ({ word, at: index }));
}
