import { defineElement, level, name, optional, placement, text } from '../element.ts';

export const band = defineElement({
  name: 'band',
  about: 'A table of a report, with its diagrams; a band in it tells more about each of its rows.',
  parents: ['metadata', 'band'],
  attributes: {
    name: name('Identity, and message key of its heading.'),
    psort: optional(name('Field by which the rows of an inner band belong to those of the outer one.', 'field')),
    headcolor: optional(text('A colour of the family; read over.')),
    level: optional(level()),
    ...placement,
  },
});
