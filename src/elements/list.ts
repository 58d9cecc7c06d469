import { choice, defineElement, level, name, optional, removal } from '../element.ts';

export const list = defineElement({
  name: 'list',
  about: 'Rows that a form shows: a table, or a thread of messages. A form has at most one.',
  parents: ['field'],
  attributes: {
    name: name('Identity.'),
    type: optional(choice(['table', 'thread'], 'How the rows are drawn; `table` by default.')),
    level: optional(level()),
    ...removal,
  },
});
