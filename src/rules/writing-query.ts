import { hasQuery } from '../list-around.ts';
import { outlineQuery } from '../query.ts';
import { elementsNamed, type Rule } from '../rule.ts';
import { elementsOf, textOf } from '../xml/node.ts';
import { ownText } from '../xml/own-text.ts';
import { quoted } from '../xml/problem.ts';

export const writingQuery: Rule = {
  code: 'writing-query',
  severity: 'error',
  about: 'A query only reads, in one statement: what it changes would be changed each time a page is shown.',
  isFor: elementsNamed('metadata', 'band'),
  *element({ node }) {
    const [query] = hasQuery(node) ? elementsOf(node, 'query') : [];
    if (!query) return;
    const { writing, second } = outlineQuery(textOf(query));
    const found = writing ?? second;
    if (!found) return;
    const { word, at } = found;
    const message = writing
      ? `A query only reads, but ${quoted(word)} writes`
      : `A query is one statement, but another begins with ${quoted(word)}`;
    yield { message, source: query.source, range: ownText(query).range(at, word.length), hint: 'Write one SELECT.' };
  },
};
