import { defineElement, flag, icon, name, optional, placement, presence } from '../element.ts';

export const prop = defineElement({
  name: 'prop',
  about: 'An icon in a cell: for a flag field that is on, or for a value of its message column.',
  parents: ['col'],
  attributes: {
    name: name('Flag field of the row, or a value of the column.'),
    onimg: optional(icon('Icon when the flag is on.')),
    offimg: optional(icon('Icon when it is off.')),
    defimg: optional(icon('Icon when it is off or missing.')),
    animated: optional(flag('Turns while it is on.')),
    ...presence,
    ...placement,
  },
});
