import type { Finding } from '../diagnostics/diagnostic.ts';
import { nearest, suggest } from '../diagnostics/suggest.ts';
import type { Rule } from '../rule.ts';
import { wordAt } from '../template.ts';
import { quoted } from '../xml/problem.ts';

export const invalidTemplate: Rule = {
  code: 'invalid-template',
  severity: 'error',
  about:
    'The template cannot be drawn: it is not well-formed, or uses what there is not. Every page with it would fail.',
  *template({ name, source, problem }, { reading, templates, filters, tests }) {
    if (problem) yield problem;
    const { uses = [], filters: filtered = [], tests: tested = [] } = reading(name) ?? {};
    const unknown = (what: string, node: Parameters<typeof wordAt>[1], word: string): Finding => ({
      message: `No ${what} is named ${quoted(word)}`,
      source,
      range: wordAt(source, node, word),
    });
    for (const { node, name: used, mayMiss } of uses) {
      if (used === undefined || mayMiss || templates.has(used)) continue;
      yield { ...unknown('template', node, used), ...hintFor(nearest(used, templates.keys())) };
    }
    for (const { name: used = '', imports } of uses) {
      const names = reading(used)?.names;
      for (const node of names ? imports : []) {
        const word = String(node.value);
        if (names && Object.hasOwn(names, word)) continue;
        const message = `${quoted(used)} gives nothing named ${quoted(word)}`;
        yield { message, source, range: wordAt(source, node, word), hint: suggest(word, Object.keys(names ?? {})) };
      }
    }
    for (const { node, name: filter } of filtered)
      if (!filters.has(filter)) yield { ...unknown('filter', node, filter), hint: suggest(filter, filters) };
    for (const { node, name: test } of tested)
      if (!tests.has(test)) yield { ...unknown('test', node, test), hint: suggest(test, tests) };
  },
};

const hintFor = (near: string | undefined) => (near === undefined ? {} : { hint: `Did you mean "${near}"?` });
