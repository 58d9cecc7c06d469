import { isFamilyElement } from '../family.ts';
import type { Rule } from '../rule.ts';
import { attributeOf, placeOfValue } from '../xml/node.ts';

export const unusedElement: Rule = {
  code: 'unused-element',
  severity: 'info',
  about:
    'The element belongs to the family of this format, but Lintel does nothing with it: it and all in it is read over.',
  isFor: (_name, contract) => contract === undefined,
  *element({ node, contract }) {
    const func = node.name === 'toolbtn' ? attributeOf(node, 'func') : undefined;
    if (func?.value.includes('(')) {
      const hint = 'Name a function, or an address with url="…".';
      yield { message: 'A button that calls JavaScript is not shown', ...placeOfValue(func), hint };
    }
    if (contract || !isFamilyElement(node)) return;
    yield { message: `<${node.name}> has no effect here`, source: node.source, range: node.nameRange };
  },
};
