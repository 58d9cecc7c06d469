import { defineElement, name, optional, removal, text } from '../element.ts';

export const messages = defineElement({
  name: 'messages',
  about: 'Texts of one function, of the dashboard or of the pages.',
  parents: ['lang', 'doc'],
  attributes: {
    name: name('Function, `dashboard` or `page`.'),
    checked: optional(text()),
    ...removal,
  },
});
