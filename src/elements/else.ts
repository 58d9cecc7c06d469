import { defineElement, name } from '../element.ts';

const otherwise = defineElement({
  name: 'else',
  about: 'Hides a field or a page while no <if> beside it holds.',
  parents: ['input', 'select'],
  attributes: {
    hide: name('Field or page that is hidden, and then neither asked nor taken.'),
  },
});

export { otherwise as else };
