import { type ElementContract, ROOT } from '../element.ts';
import type { CheckContext, Rule } from '../rule.ts';

export const misplacedElement: Rule = {
  code: 'misplaced-element',
  severity: 'error',
  about: 'The element is known, but not at this place, where nothing reads it.',
  anywhere: true,
  needs: ({ node, isMisplaced }) => isMisplaced || node.parent?.name === 'mgrdata',
  *element({ node, contract }, { elements, overlays }) {
    const { name, parent, source, nameRange } = node;
    if (parent?.name === 'mgrdata' && LAYOUT_ONLY.includes(name) && !overlays.has(source)) {
      const hint = 'It belongs in a layout, or in an overlay: layouts/<manager>_mod_<name>.xml.';
      yield { message: `<${name}> has no effect in a file of definitions`, source, range: nameRange, hint };
    }
    if (!contract || contract.parents.includes(parent?.name ?? ROOT)) return;
    if (!parent) {
      yield {
        message: `A file does not begin with <${name}>`,
        source,
        range: nameRange,
        hint: `It begins with ${outermost(elements)}.`,
      };
    } else if (elements.has(parent.name)) {
      const message = `<${name}> does not belong in <${parent.name}>`;
      yield { message, source, range: nameRange, hint: rightPlace(contract) };
    }
  },
};

/** What stands among definitions only in an overlay. */
const LAYOUT_ONLY = ['block', 'doc'];

function outermost(elements: CheckContext['elements']): string {
  return listed(
    [...elements.values()]
      .filter(({ name, parents }) => parents.includes(ROOT) && name !== 'xml')
      .map(({ name }) => name),
  );
}

function rightPlace({ parents }: ElementContract): string {
  const within = parents.filter((name) => name !== ROOT && name !== 'xml');
  return within.length > 0 ? `It belongs in ${listed(within)}.` : 'It is the outer element of a file.';
}

function listed(names: readonly string[]): string {
  const tags = names.map((name) => `<${name}>`);
  return [tags.slice(0, -1).join(', '), tags.at(-1)].filter((part) => part).join(' or ');
}
