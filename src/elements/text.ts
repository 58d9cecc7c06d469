import { defineElement, name } from '../element.ts';

export const text = defineElement({
  name: 'text',
  about: 'A line of text on the page of a report.',
  parents: ['metadata'],
  attributes: {
    name: name('Message key of the line.'),
  },
});
