import { defineElement, name, optional } from '../element.ts';

export const action = defineElement({
  name: 'action',
  about: 'The provider in TypeScript that supplies the rows of a band, by its name.',
  parents: ['band'],
  text: true,
  attributes: {
    func: optional(name('The name, where it is not the text.', 'function')),
  },
});
