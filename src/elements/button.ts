import { choice, defineElement, flag, name, optional, placement, presence } from '../element.ts';

export const button = defineElement({
  name: 'button',
  about: 'A button of a form.',
  parents: ['buttons'],
  attributes: {
    name: name('Identity; its message key is `button_<name>`.'),
    type: choice(
      ['ok', 'cancel', 'func', 'back', 'next', 'reset', 'blank', 'setvalues'],
      'Acts, leads back, or opens another function for the same row; of other types it is not shown.',
    ),
    func: optional(name('Function that a `func` button opens.', 'function')),
    warning: optional(flag('Marks a dangerous action.')),
    partial: optional(flag('Acts without what is required: what is empty stays empty.')),
    ...presence,
    ...placement,
  },
});
