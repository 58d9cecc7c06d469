import { nearest } from '../diagnostics/suggest.ts';
import { isToolbarBlock } from '../list-around.ts';
import { elementsNamed, type Rule } from '../rule.ts';
import { attributeOf, elementsOf, placeOfValue, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const missingIcon: Rule = {
  code: 'missing-icon',
  severity: 'info',
  about: 'Of the large links of a toolbar one has no icon while others have, so they do not stand in line.',
  isFor: elementsNamed('toolbtn'),
  needs: ({ node }) => node.parent !== undefined && isToolbarBlock(node.parent) && !hasIcon(node),
  *element({ node, faults }) {
    const name = attributeOf(node, 'name');
    if (node.name !== 'toolbtn' || !node.parent || !isToolbarBlock(node.parent) || hasIcon(node) || !name) return;
    // A misspelt attribute is one slip, and another rule reports it.
    if (faults.some(({ kind, attribute }) => kind === 'unknown' && nearest(attribute, ['img']))) return;
    if (!elementsOf(node.parent, 'toolbtn').some(hasIcon)) return;
    const hint = 'Add img="mb-…"; the icons are those of templates/assets/icons.json.';
    yield {
      ...placeOfValue(name),
      message: `The button ${quoted(name.value)} has no icon, but others beside it have`,
      hint,
    };
  },
};

const hasIcon = (button: XmlElement) => attributeOf(button, 'img') !== undefined;
