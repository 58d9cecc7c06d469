import { defineElement, name } from '../element.ts';

export const line = defineElement({
  name: 'line',
  about: 'One of several series of a chart.',
  parents: ['diagram'],
  key: ['data'],
  attributes: {
    data: name('Column whose values are drawn.', 'column'),
  },
});
