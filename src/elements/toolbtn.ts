import { call, choice, defineElement, flag, icon, link, name, optional, placement, presence } from '../element.ts';

export const toolbtn = defineElement({
  name: 'toolbtn',
  about:
    'A button: a large link in a toolbar block, the name of a button of the list in a list block, its definition in a list.',
  parents: ['block', 'toolbar', 'toolgrp'],
  attributes: {
    name: name(
      'Identity; its message keys are `<block>_<name>` in a toolbar block and `short_<name>` in a list.',
      'button',
    ),
    type: optional(
      choice(
        ['new', 'edit', 'editlist', 'group', 'groupwindow', 'back', 'func'],
        'What it needs: nothing, one row, several rows.',
      ),
    ),
    func: optional(call('Function it calls.')),
    form: optional(name('Function it opens as a form.', 'function')),
    list: optional(name('Function it opens as a list, or the list its form belongs to.', 'function')),
    url: optional(link('Address it opens: http, https, mailto, tel or a path of this site.')),
    window: optional(choice(['help'], 'Opens the documentation in a window of its own.')),
    img: optional(icon('Icon.')),
    default: optional(flag('The action of a click on the row.')),
    warning: optional(flag('Marks a dangerous action.')),
    sprite: optional(flag()),
    spritesvg: optional(flag()),
    ...presence,
    ...placement,
  },
});
