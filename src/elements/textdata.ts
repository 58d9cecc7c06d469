import { defineElement, level, name, optional, removal } from '../element.ts';

export const textdata = defineElement({
  name: 'textdata',
  about: 'A value that is shown and not taken.',
  parents: ['field'],
  attributes: {
    name: name('Name of the value.'),
    level: optional(level()),
    ...removal,
  },
});
