import { defineElement, flag, icon, name, optional, presence, text } from '../element.ts';

export const xprop = defineElement({
  name: 'xprop',
  about: 'An icon in a cell while a field of the row has a value; the text of the column stays beside it.',
  parents: ['col'],
  key: ['name', 'value'],
  attributes: {
    name: name('Field of the row; its tip is the message `hint_p_<name>_<value>`.', 'field'),
    value: optional(text('Value it must equal; `on` by default.')),
    img: icon('The icon.'),
    animated: optional(flag('Turns meanwhile.')),
    sprite: optional(flag()),
    spritesvg: optional(flag()),
    ...presence,
  },
});
