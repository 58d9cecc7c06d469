import { choice, defineElement, flag, name, optional, placement, presence } from '../element.ts';

export const field = defineElement({
  name: 'field',
  about: 'A row of a form: a label, its controls and a hint.',
  parents: ['form', 'page'],
  attributes: {
    name: name('Identity, and message key of the label; its hint is `hint_<name>`.'),
    required: optional(flag('Must be filled in.')),
    noname: optional(flag('Shows no label; it is still read aloud.')),
    fullwidth: optional(flag('Takes the whole width.')),
    remove_if: optional(choice(['new', 'edit'], 'Not there without a row (`new`), or with one (`edit`).')),
    ...presence,
    ...placement,
  },
});
