import { choice, defineElement, name, optional, presence, removal } from '../element.ts';

export const list = defineElement({
  name: 'list',
  about: 'Rows that a form shows: a table, or a thread of messages. A form has at most one.',
  parents: ['field'],
  attributes: {
    name: name('Identity.'),
    type: optional(choice(['table', 'thread'], 'How the rows are drawn; `table` by default.')),
    remove_if: optional(choice(['new', 'edit'], 'Not there without a row (`new`), or with one (`edit`).')),
    ...presence,
    ...removal,
  },
});
