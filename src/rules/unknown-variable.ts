import { suggest } from '../diagnostics/suggest.ts';
import type { Rule } from '../rule.ts';
import { wordAt } from '../template.ts';
import { quoted } from '../xml/problem.ts';

export const unknownVariable: Rule = {
  code: 'unknown-variable',
  severity: 'error',
  about:
    'The template reads a name that nobody gives it, neither Lintel nor the templates that include it, so it is always empty, and the page fails where it is written out.',
  *template({ name, source }, { reading }) {
    const { unknown = [], uses = [] } = reading(name) ?? {};
    // A name that was to be imported, and is misspelt there, is a slip of the import.
    const imported = uses.flatMap(({ name: used = '', imports }) => {
      const names = reading(used)?.names ?? {};
      return imports.every((node) => Object.hasOwn(names, String(node.value))) ? [] : Object.keys(names);
    });
    for (const { node, name: word, of, known } of unknown) {
      if (of === undefined && imported.includes(word)) continue;
      const message =
        of === undefined ? `Nothing here is named ${quoted(word)}` : `${quoted(of)} has no ${quoted(word)}`;
      yield { message, source, range: wordAt(source, node, word), hint: suggest(word, known) };
    }
  },
};
