import { elementsNamed, holding, type Rule } from '../rule.ts';
import { attributeOf, elementsOf, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const invalidCondition: Rule = {
  code: 'invalid-condition',
  severity: 'warning',
  about: 'A button is hidden and shown for the same value: the hiding wins, so the other condition says nothing.',
  isFor: elementsNamed('toolbtn'),
  needs: holding,
  *element({ node }) {
    if (node.name !== 'toolbtn') return;
    const shows = elementsOf(node, 'show');
    for (const hide of elementsOf(node, 'hide')) {
      const show = shows.find((one) => isSame(one, hide));
      const [later, earlier] = show && show.range.start > hide.range.start ? [show, hide] : [hide, show];
      const name = attributeOf(later, 'name');
      if (!earlier || !name) continue;
      yield {
        message: `The button is hidden and shown when ${quoted(name.value)} is ${quoted(attributeOf(later, 'value')?.value ?? '')}`,
        source: later.source,
        range: later.nameRange,
        hint: 'Remove one of them: <hide> wins.',
        related: [{ message: 'the other one', source: earlier.source, range: earlier.nameRange }],
      };
    }
  },
};

function isSame(one: XmlElement, other: XmlElement): boolean {
  return ['name', 'value', 'level'].every((name) => attributeOf(one, name)?.value === attributeOf(other, name)?.value);
}
