import { defineElement, presence } from '../element.ts';

export const coldata = defineElement({
  name: 'coldata',
  about: 'The columns of a list.',
  parents: ['metadata'],
  attributes: { ...presence },
});
