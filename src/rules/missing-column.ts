import { isNoticeBlock } from '../list-around.ts';
import { elementsNamed, type Rule } from '../rule.ts';
import { attributeOf, placeOfValue } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const missingColumn: Rule = {
  code: 'missing-column',
  severity: 'error',
  about:
    'A notice block finds what it says in the columns `title` and `text` of its list; without both it says nothing.',
  isFor: elementsNamed('block'),
  needs: ({ node }) => isNoticeBlock(node),
  *element({ node }, { names }) {
    const func = isNoticeBlock(node) ? attributeOf(node, 'func') : undefined;
    const columns = func && names?.functions.get(func.value)?.provider?.columns;
    if (!func || !columns || columns.some(({ name }) => name === 'title' || name === 'text')) return;
    yield {
      message: `The list ${quoted(func.value)} has no column "title" or "text"`,
      ...placeOfValue(func),
      hint: 'Name a list of announcements, or give this one these columns; "kind", "from", "until" and "level" are read too.',
    };
  },
};
