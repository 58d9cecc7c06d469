import { defineElement, flag, name, optional, placement, presence } from '../element.ts';

export const toolgrp = defineElement({
  name: 'toolgrp',
  about: 'A group of buttons.',
  parents: ['toolbar'],
  attributes: {
    name: name('Identity of the group.'),
    separator: optional(flag()),
    ...presence,
    ...placement,
  },
});
