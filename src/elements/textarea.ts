import { choice, defineElement, flag, integer, name, optional, presence, removal } from '../element.ts';

export const textarea = defineElement({
  name: 'textarea',
  about: 'A control that takes text of several lines.',
  parents: ['field'],
  attributes: {
    name: name('Name of the value.'),
    rows: optional(integer(1, 100, 'Lines it shows.')),
    required: optional(flag('Must be filled in.')),
    readonly: optional(flag('Is shown and not taken.')),
    minlength: optional(integer(1, 100_000, 'Characters at least.')),
    maxlength: optional(integer(1, 100_000, 'Characters at most; 10000 when it is missing.')),
    remove_if: optional(choice(['new', 'edit'], 'Not there without a row (`new`), or with one (`edit`).')),
    ...presence,
    ...removal,
  },
});
