import { defineElement, ROOT } from '../element.ts';

export const mgrdata = defineElement({
  name: 'mgrdata',
  about: 'A file of definitions and messages.',
  parents: [ROOT, 'xml'],
  attributes: {},
});
