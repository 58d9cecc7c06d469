import { defineElement, name, optional, removal, text } from '../element.ts';

export const msg = defineElement({
  name: 'msg',
  about: 'One text; `__name__` is a placeholder, `one|few|many` are plural forms.',
  parents: ['messages'],
  text: true,
  attributes: {
    name: name('Message key.'),
    added: optional(text()),
    ...removal,
  },
});
