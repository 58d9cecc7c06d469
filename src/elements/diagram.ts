import { choice, defineElement, level, name, optional, placement } from '../element.ts';

export const diagram = defineElement({
  name: 'diagram',
  about: 'A chart over the rows of its band.',
  parents: ['band'],
  attributes: {
    name: name('Identity, and message key of its heading.'),
    type: choice(['pie', 'histogram', 'line'], 'Shares of a whole, amounts side by side, or a course.'),
    label: name('Column whose values are the captions.', 'column'),
    data: optional(name('Column whose values are drawn; several are given by <line>.', 'column')),
    level: optional(level()),
    ...placement,
  },
});
