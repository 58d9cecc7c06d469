import { listAround } from '../list-around.ts';
import { elementsNamed, type Rule } from '../rule.ts';
import { attributeOf, placeOfValue } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

/** What the buttons of a list are for, when not for one row. */
const NOT_OF_A_ROW: Readonly<Record<string, string>> = {
  new: 'needs no row, so the block does not show it',
  back: 'leads back, so the block does not show it',
  group: 'is for several rows at once; the block offers it for each alone',
  groupwindow: 'is for several rows at once; the block offers it for each alone',
};

export const misplacedButton: Rule = {
  code: 'misplaced-button',
  severity: 'info',
  about: 'A list block offers what can be done with one row, but the button is for none, or for several.',
  isFor: elementsNamed('toolbtn'),
  needs: ({ node }, context) => node.parent?.name === 'block' && listAround(node, context) !== undefined,
  *element({ node }, context) {
    const list = node.name === 'toolbtn' && node.parent?.name === 'block' ? listAround(node, context) : undefined;
    const name = attributeOf(node, 'name');
    const button = context.names?.functions
      .get(list?.name ?? '')
      ?.provider?.buttons.find((one) => one.name === name?.value);
    const why = NOT_OF_A_ROW[attributeOf(node, 'type')?.value ?? button?.type ?? ''];
    if (!name || !button || !why) return;
    const hint = 'Name a button of type="edit" here; large links stand in a block of type="toolbar".';
    yield { ...placeOfValue(name), message: `The button ${quoted(name.value)} ${why}`, hint };
  },
};
