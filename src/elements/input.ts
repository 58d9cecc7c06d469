import { choice, defineElement, flag, integer, name, optional, presence, removal, text } from '../element.ts';

export const input = defineElement({
  name: 'input',
  about: 'A control that takes one value.',
  parents: ['field'],
  attributes: {
    name: name('Name of the value.'),
    type: choice(
      ['text', 'number', 'money', 'date', 'email', 'url', 'password', 'checkbox', 'toggle', 'hidden', 'msg'],
      'What it takes; money is typed in whole units and kept in minor ones.',
    ),
    required: optional(flag('Must be filled in.')),
    readonly: optional(flag('Is shown and not taken.')),
    minlength: optional(integer(1, 100_000, 'Characters at least.')),
    maxlength: optional(integer(1, 100_000, 'Characters at most; 1000 when it is missing.')),
    min: optional(integer(-1e12, 1e12, 'Least number, or least amount in minor units.')),
    max: optional(integer(-1e12, 1e12, 'Greatest number, or greatest amount in minor units.')),
    step: optional(integer(1, 1e12, 'Only multiples of it; 1 when it is missing.')),
    check: optional(
      choice(
        ['int', 'url', 'email', 'ip', 'iprange', 'date', 'daterange', 'phone', 'money', 'domain'],
        'What its text must be.',
      ),
    ),
    currency: optional(name('Value that holds the currency of a money input; `currency` by default.')),
    autocomplete: optional(text('What a browser may fill in, as HTML names it.')),
    setvalues: optional(choice(['yes', 'no', 'final', 'blocking'], 'A change fills the other fields anew.')),
    remove_if: optional(choice(['new', 'edit'], 'Not there without a row (`new`), or with one (`edit`).')),
    ...presence,
    ...removal,
  },
});
