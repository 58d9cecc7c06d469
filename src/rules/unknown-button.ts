import { listAround } from '../list-around.ts';
import { misspelt, namesBeside } from '../near-name.ts';
import { elementsNamed, type Rule } from '../rule.ts';
import { isSlipAtHome } from '../slip-at-home.ts';
import { isExplained } from '../strays.ts';
import { attributeOf } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const unknownButton: Rule = {
  code: 'unknown-button',
  severity: 'error',
  about: 'A button in a list block names one of the buttons of its list; any other is never shown.',
  isFor: elementsNamed('toolbtn'),
  needs: ({ node }, context) =>
    node.parent?.name === 'block' &&
    listAround(node, context)?.buttons.includes(attributeOf(node, 'name')?.value ?? '') === false,
  *element({ node, faults }, context) {
    if (node.name !== 'toolbtn' || node.parent?.name !== 'block') return;
    const list = listAround(node, context);
    const name = attributeOf(node, 'name');
    if (!list || !name || faults.some(({ place }) => place === name) || list.buttons.includes(name.value)) return;
    const isElsewhere = isSlipAtHome(name.value, list.buttons, {
      context,
      text: (button) => [list.name, `short_${button}`],
    });
    const owner = list.metadata;
    if (isElsewhere || (owner && isExplained(name.value, { owner, element: 'toolbtn', context }))) return;
    yield {
      message: `The list ${quoted(list.name)} has no button ${quoted(name.value)}`,
      ...misspelt(name, { known: list.buttons, taken: namesBeside(node) }),
      ...(list.buttons.length === 0 && { hint: 'It has no buttons at all.' }),
    };
  },
};
