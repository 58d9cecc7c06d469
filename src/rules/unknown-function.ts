import { suggest } from '../diagnostics/suggest.ts';
import { definitionOf, isListBlock, isNoticeBlock } from '../list-around.ts';
import { type CheckContext, type Rule, references } from '../rule.ts';
import { isSlipAtHome } from '../slip-at-home.ts';
import { attributeOf, placeOfValue } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const unknownFunction: Rule = {
  code: 'unknown-function',
  severity: 'error',
  about: 'Nothing is registered under the name, so the block would have no rows, or the button nothing to open.',
  *element(element, context) {
    const { names } = context;
    if (!names) return;
    const isNotice = isNoticeBlock(element.node);
    const isListWanted = isNotice || isListBlock(element.node);
    const known = () =>
      [...names.functions.values()].filter(({ provider }) => provider || !isListWanted).map(({ name }) => name);
    for (const attribute of references(element, 'function')) {
      const { name, value } = attribute;
      if (isCode(value)) continue;
      const found = names.functions.get(value);
      const isList = found?.provider !== undefined || isMisdefined(value, context);
      if (!found && isSlipAtHome(value, names.functions.keys(), { context, text: (func) => [func, 'title'] })) continue;
      if (found && (isList || !isListWanted || name !== 'func')) continue;
      yield {
        message: found
          ? `${quoted(value)} is a ${found.type}, and a ${isNotice ? 'notice' : 'list'} block shows a list`
          : `No function is named ${quoted(value)}`,
        ...placeOfValue(attribute),
        hint: suggest(value, known()),
      };
    }
  },
};

/** Whether a button calls JavaScript, which another rule tells of. */
const isCode = (func: string) => func.includes('(');

/** Whether a definition does not say what it describes: one slip, which other rules report. */
function isMisdefined(func: string, context: CheckContext): boolean {
  const metadata = definitionOf(func, context);
  return metadata !== undefined && !['list', 'form'].includes(attributeOf(metadata, 'type')?.value ?? '');
}
