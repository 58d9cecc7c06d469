import { defineElement, name, onFeature, optional } from '../element.ts';

export const query = defineElement({
  name: 'query',
  about: 'One SELECT that gives the rows; sorting and limits are added around it.',
  parents: ['metadata', 'band'],
  text: true,
  attributes: {
    database: optional(name('Connection the configuration gives; the store by default.')),
    ...onFeature,
  },
});
