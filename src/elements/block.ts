import { choice, defineElement, flag, integer, level, name, optional, placement, text } from '../element.ts';

export const block = defineElement({
  name: 'block',
  about: 'One named area of the page.',
  parents: ['doc', 'mgrdata'],
  attributes: {
    name: name('Identity of the block, unique in the layout; the first part of its message keys.'),
    position: choice(['top', 'left', 'right'], 'Region of the page.'),
    type: choice(['toolbar', 'taskbar', 'list'], 'Block kind.'),
    func: optional(name('List that supplies rows, columns and buttons.', 'function')),
    rows: optional(integer(1, 1000, 'At most so many rows; needs a `sorted` column.')),
    display: optional(choice(['', 'max', 'min'], 'Expanded or collapsed, as the family stores it.')),
    title: optional(text('Heading instead of the message.')),
    timeout: optional(integer(1, 60_000, 'Time limit of its provider in milliseconds.')),
    cache: optional(integer(0, 86_400, 'Seconds for which its rows may be kept; 0 turns it off, 5 by default.')),
    level: optional(level()),
    sprite: optional(flag()),
    ...placement,
  },
});
