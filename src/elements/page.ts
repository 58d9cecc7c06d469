import { choice, defineElement, flag, name, optional, placement, presence } from '../element.ts';

export const page = defineElement({
  name: 'page',
  about: 'A part of a form under a heading of its own.',
  parents: ['form'],
  attributes: {
    name: name('Identity, and message key of the heading.'),
    collapsed: optional(flag('Is closed at first.')),
    remove_if: optional(choice(['new', 'edit'], 'Not there without a row (`new`), or with one (`edit`).')),
    ...presence,
    ...placement,
  },
});
