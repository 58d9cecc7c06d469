import { defineElement, optional, presence, text } from '../element.ts';

export const toolbar = defineElement({
  name: 'toolbar',
  about: 'The buttons of a list.',
  parents: ['metadata'],
  attributes: {
    view: optional(text()),
    ...presence,
  },
});
