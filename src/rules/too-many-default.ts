import { buttonElements } from '../definition.ts';
import { elementsNamed, type Rule } from '../rule.ts';
import { attributeOf, elementsOf, placeOfName, type XmlElement } from '../xml/node.ts';

export const tooManyDefault: Rule = {
  code: 'too-many-default',
  severity: 'warning',
  about: 'Several buttons are what a click on a row does, but it does one thing: the others have no effect.',
  isFor: elementsNamed('block', 'metadata'),
  needs: ({ node }) => node.name !== 'block' || elementsOf(node, 'toolbtn').length > 1,
  *element({ node }) {
    if (node.name !== 'block' && node.name !== 'metadata') return;
    const buttons = node.name === 'block' ? elementsOf(node, 'toolbtn') : buttonElements(node);
    const [first, ...others] = firstOfEachName(buttons).flatMap(defaultOf);
    for (const other of first ? others : []) {
      yield {
        ...placeOfName(other),
        message: 'Another button is the default already',
        hint: 'Leave default="yes" at one of them.',
        related: first && [{ ...placeOfName(first), message: 'the first one' }],
      };
    }
  },
};

// A button that stands twice is a finding of its own.
function firstOfEachName(buttons: readonly XmlElement[]): XmlElement[] {
  const name = (button: XmlElement) => attributeOf(button, 'name')?.value;
  return buttons.filter((button) => buttons.find((one) => name(one) === name(button)) === button);
}

function defaultOf(button: XmlElement) {
  const found = attributeOf(button, 'default');
  return found && /^(yes|on)$/.test(found.value) ? [found] : [];
}
