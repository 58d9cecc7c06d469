import { defineElement, name, onFeature, placement } from '../element.ts';

export const val = defineElement({
  name: 'val',
  about: 'An option that is always the same.',
  parents: ['select'],
  key: ['key'],
  attributes: {
    key: name('Its value; its text is the message `<select>_<key>`.'),
    ...onFeature,
    ...placement,
  },
});
