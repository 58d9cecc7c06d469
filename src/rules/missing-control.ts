import { nearest } from '../diagnostics/suggest.ts';
import { familyElements } from '../family.ts';
import { type CheckContext, elementsNamed, type Rule } from '../rule.ts';
import { rootOf, strays } from '../strays.ts';
import { attributeOf, elementsOf, placeOfValue, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const missingControl: Rule = {
  code: 'missing-control',
  severity: 'warning',
  about: 'A field has a label, but nothing that shows or takes a value.',
  isFor: elementsNamed('field'),
  *element({ node }, context) {
    if (node.name !== 'field' || elementsOf(node).some((part) => isControl(part, context.elements))) return;
    // One that got out of its field is one slip, and another rule reports it.
    if (CONTROLS.some((control) => strays(rootOf(node), control, context).length > 0)) return;
    const name = attributeOf(node, 'name');
    if (!name) return;
    const hint = 'Put <input>, <select>, <textarea>, <textdata> or <list> into it.';
    yield { ...placeOfValue(name), message: `The field ${quoted(name.value)} has no control`, hint };
  },
};

const CONTROLS = ['input', 'select', 'textarea', 'textdata', 'list'];

// A misspelt one is one slip, and another rule reports it.
function isControl({ name }: XmlElement, elements: CheckContext['elements']): boolean {
  const known = [...elements.values()].filter(({ parents }) => parents.includes('field')).map((one) => one.name);
  const controls = [...known, ...familyElements('field')].filter((one) => one !== 'desc');
  return controls.includes(name) || nearest(name, controls) !== undefined || elements.has(name);
}
