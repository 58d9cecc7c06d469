import { defineElement, flag, name, optional, removal, text } from '../element.ts';

const condition = defineElement({
  name: 'if',
  about: 'Hides a field or a page while the control around it has a value.',
  parents: ['input', 'select'],
  key: ['value', 'hide'],
  merge: 'replace',
  attributes: {
    value: optional(text('The value.')),
    empty: optional(flag('While it has none.')),
    hide: optional(name('Field or page that is hidden, and then neither asked nor taken.')),
    ...removal,
  },
});

export { condition as if };
