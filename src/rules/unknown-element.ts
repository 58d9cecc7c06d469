import { suggest } from '../diagnostics/suggest.ts';
import { ROOT } from '../element.ts';
import { isFamilyElement } from '../family.ts';
import { fixFor } from '../near-name.ts';
import type { Rule } from '../rule.ts';
import { foreignLetter } from '../xml/names.ts';
import { quoted } from '../xml/problem.ts';

export const unknownElement: Rule = {
  code: 'unknown-element',
  severity: 'error',
  about: 'No element has that name, so neither it nor anything in it would be read.',
  isFor: (_name, contract) => contract === undefined,
  *element({ node, contract }, { elements }) {
    const { name, parent, source, nameRange } = node;
    const isInUnknown = parent !== undefined && !elements.has(parent.name);
    if (contract || isInUnknown || isFamilyElement(node)) return;
    const around = parent?.name ?? ROOT;
    const known = [...elements.values()]
      .filter(({ name, parents }) => parents.includes(around) && name !== 'xml')
      .map((element) => element.name);
    const near = known.length > 0 ? suggest(name, known) : `No element may stand in <${around}>.`;
    const hint = [foreignLetter(name), near].filter((part) => part !== undefined).join(' ');
    // The end tag would be a second place to change.
    const isEmpty = node.innerRange.start === node.range.end;
    const fix = isEmpty ? fixFor({ value: name }, nameRange, { known }) : {};
    yield { message: `No element is named ${quoted(name)}`, source, range: nameRange, hint, ...fix };
  },
};
