import { choice, defineElement, flag, length, name, optional, placement, presence, sorted, total } from '../element.ts';

export const col = defineElement({
  name: 'col',
  about: 'A column: chosen by name in a list block, described in a list.',
  parents: ['block', 'coldata', 'list', 'band'],
  attributes: {
    name: name('Field of the row, and message key of the heading.', 'column'),
    type: optional(
      choice(
        ['data', 'msg', 'prop', 'date', 'money', 'change', 'indicator', 'card', 'list', 'img', 'button'],
        'Column kind; `data` by default, `prop` with prop children.',
      ),
    ),
    sort: optional(choice(['alpha', 'digit', 'prop'], 'How it sorts; without it, it does not.')),
    sorted: optional(sorted()),
    currency: optional(name('Field that holds the currency of a money column; `currency` by default.', 'field')),
    limit: optional(name('Field that holds how much an indicator may reach.', 'field')),
    used: optional(name('Field that holds how much of it is used; the column itself by default.', 'field')),
    view: optional(choice(['brackets'], 'An indicator with its values in brackets behind the share.')),
    align: optional(choice(['left', 'center', 'right'], 'Where the cells stand; the column kind knows by default.')),
    width: optional(length('Width in pixels, or as `20%`, as near as the page can have it.')),
    wrap: optional(flag('Whether long text breaks into lines.')),
    hidden: optional(flag('Known to the engine, not shown.')),
    total: optional(total('Footer of all rows: how many have a value, or their sum, for each currency.')),
    link: optional(flag('Leads where a click on the row leads; the first column by default.')),
    ...presence,
    ...placement,
  },
});
