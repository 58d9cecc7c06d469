import { defineElement, name, presence, removal, text } from '../element.ts';

export const show = defineElement({
  name: 'show',
  about: 'Makes the button available only for rows whose field has the value.',
  parents: ['toolbtn'],
  key: ['name', 'value'],
  merge: 'replace',
  attributes: {
    name: name('Field of the row.', 'field'),
    value: text('Value it must equal.'),
    ...presence,
    ...removal,
  },
});
