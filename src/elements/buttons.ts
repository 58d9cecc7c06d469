import { defineElement, onFeature } from '../element.ts';

export const buttons = defineElement({
  name: 'buttons',
  about: 'The buttons at the end of a form; without it, one that acts and one that leads back.',
  parents: ['form'],
  attributes: { ...onFeature },
});
