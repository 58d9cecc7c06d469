import { defineElement, name } from '../element.ts';

export const lang = defineElement({
  name: 'lang',
  about: 'Texts in one language.',
  parents: ['mgrdata'],
  attributes: {
    name: name('Language code: en, ru, pt-BR.'),
  },
});
