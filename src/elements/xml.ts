import { defineElement, ROOT } from '../element.ts';

export const xml = defineElement({
  name: 'xml',
  about: 'A wrapper that some files of the family have around all; it is looked through.',
  parents: [ROOT],
  attributes: {},
});
