import { defineElement, name, presence, removal, text } from '../element.ts';

export const hide = defineElement({
  name: 'hide',
  about: 'Makes the button unavailable for rows whose field has the value.',
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
