import { isFamilyElement } from '../family.ts';
import type { Rule } from '../rule.ts';

export const unusedElement: Rule = {
  code: 'unused-element',
  severity: 'info',
  about:
    'The element belongs to the family of this format, but Lintel does nothing with it: it and all in it is read over.',
  *element({ node, contract }) {
    if (contract || !isFamilyElement(node)) return;
    yield { message: `<${node.name}> has no effect here`, source: node.source, range: node.nameRange };
  },
};
