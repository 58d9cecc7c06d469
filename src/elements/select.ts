import { choice, defineElement, flag, name, optional, presence, removal } from '../element.ts';

export const select = defineElement({
  name: 'select',
  about: 'A control that takes one or several of the options it shows.',
  parents: ['field'],
  attributes: {
    name: name('Name of the value.'),
    type: optional(choice(['radio', 'multiple'], 'One of few, or several; a list that opens when it is missing.')),
    required: optional(flag('One must be chosen.')),
    readonly: optional(flag('Is shown and not taken.')),
    setvalues: optional(choice(['yes', 'no', 'final', 'blocking'], 'A change fills the other fields anew.')),
    remove_if: optional(choice(['new', 'edit'], 'Not there without a row (`new`), or with one (`edit`).')),
    ...presence,
    ...removal,
  },
});
