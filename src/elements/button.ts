import { choice, defineElement, flag, level, name, optional, placement } from '../element.ts';

export const button = defineElement({
  name: 'button',
  about: 'A button of a form.',
  parents: ['buttons'],
  attributes: {
    name: name('Identity; its message key is `button_<name>`.'),
    type: choice(['ok', 'cancel', 'func'], 'Acts, leads back, or opens another function for the same row.'),
    func: optional(name('Function that a `func` button opens.', 'function')),
    warning: optional(flag('Marks a dangerous action.')),
    partial: optional(flag('Acts without what is required: what is empty stays empty.')),
    level: optional(level()),
    ...placement,
  },
});
