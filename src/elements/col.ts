import { choice, defineElement, flag, integer, level, name, optional, placement, sorted, text } from '../element.ts';

export const col = defineElement({
  name: 'col',
  about: 'A column: chosen by name in a list block, described in a list.',
  parents: ['block', 'coldata', 'list'],
  attributes: {
    name: name('Field of the row, and message key of the heading.', 'column'),
    type: optional(
      choice(
        ['data', 'msg', 'prop', 'date', 'money', 'change'],
        'Column kind; `data` by default, `prop` with prop children.',
      ),
    ),
    sort: optional(choice(['alpha', 'digit', 'prop'], 'How it sorts; without it, it does not.')),
    sorted: optional(sorted()),
    currency: optional(name('Field that holds the currency of a money column; `currency` by default.', 'field')),
    align: optional(choice(['left', 'center', 'right'])),
    width: optional(integer(1, 10_000)),
    wrap: optional(flag()),
    hidden: optional(flag('Known to the engine, not shown.')),
    total: optional(text()),
    stat: optional(flag()),
    link: optional(flag()),
    level: optional(level()),
    ...placement,
  },
});
