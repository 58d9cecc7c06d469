import { choice, defineElement, name, optional, presence, removal } from '../element.ts';

export const textdata = defineElement({
  name: 'textdata',
  about: 'A value that is shown and not taken.',
  parents: ['field'],
  attributes: {
    name: name('Name of the value.'),
    remove_if: optional(choice(['new', 'edit'], 'Not there without a row (`new`), or with one (`edit`).')),
    ...presence,
    ...removal,
  },
});
