import { choice, defineElement, flag, icon, integer, name, optional, presence, removal, text } from '../element.ts';

export const metadata = defineElement({
  name: 'metadata',
  about: 'A definition: describes a function.',
  parents: ['mgrdata', 'doc'],
  attributes: {
    name: name('Name of the function.'),
    type: choice(
      ['list', 'form', 'report', 'dashboard', 'helpboard'],
      'What the function is; a dashboard holds the blocks of a layout.',
    ),
    key: optional(name('Field that identifies a row; sent as `elid`. `id` by default.', 'field')),
    keyname: optional(name('Field whose text names a row; the key by default.', 'field')),
    owner: optional(name('Field that holds the owner of a row; `customer_id` by default.', 'field')),
    shared: optional(
      flag('Rows are read once for everybody of a level: those without an owner for all, the others for their owner.'),
    ),
    ...presence,
    cache: optional(integer(0, 86_400, 'Seconds for which rows may be kept, unless the block says it.')),
    firstrun: optional(flag('`no`: a report computes nothing before the visitor asks.')),
    autoupdate: optional(integer(1, 86_400, 'Seconds after which the page reloads itself.')),
    selficon: optional(icon('Icon before the title.')),
    selficont: optional(icon('The same, as some files spell it.')),
    mgr: optional(text('Panel that owns the function.')),
    decorated: optional(flag()),
    sprite: optional(flag()),
    spritesvg: optional(flag()),
    features: optional(text()),
    ...removal,
  },
});
