import {
  choice,
  conditions,
  defineElement,
  flag,
  height,
  integer,
  link,
  moment,
  name,
  optional,
  placement,
  presence,
  text,
  words,
} from '../element.ts';

export const block = defineElement({
  name: 'block',
  about: 'One named area of the page.',
  parents: ['doc', 'metadata', 'mgrdata'],
  attributes: {
    name: name('Identity of the block, unique in the layout; the first part of its message keys.'),
    position: choice(['top', 'left', 'right'], 'Region of the page.'),
    type: choice(['toolbar', 'taskbar', 'list', 'report', 'diagram', 'url', 'notice', 'state'], 'Block kind.'),
    func: optional(name('List or report that supplies what is shown.', 'function')),
    rows: optional(integer(1, 1000, 'At most so many rows; needs a `sorted` column.')),
    band: optional(name('Band of the report that is shown; its first one by default.')),
    diagram: optional(name('Diagram of the band that is shown; all of them by default.')),
    display: optional(
      choice(
        ['', 'max', 'min'],
        '`min`: folded to its heading until the visitor opens it; its provider is not asked before.',
      ),
    ),
    title: optional(text('Heading instead of the message.')),
    timeout: optional(integer(1, 60_000, 'Time limit of its provider in milliseconds.')),
    cache: optional(integer(0, 86_400, 'Seconds for which its rows may be kept; 0 turns it off, 5 by default.')),
    stale: optional(
      integer(
        0,
        86_400,
        'Seconds for which rows of before are shown, with their age, when the provider fails; 0 by default.',
      ),
    ),
    refresh: optional(integer(5, 86_400, 'Seconds after which an open page asks for the block anew.')),
    lock: optional(
      words(
        ['position', 'presence', 'collapse', 'yes', 'no'],
        'What a visitor may not change: its place, that it is there, that it is open.',
      ),
    ),
    attention: optional(
      conditions(
        'What of its rows needs the visitor, so that it stands on top: `waiting`, `status=unpaid`, `expires:7` (days); `+` joins.',
      ),
    ),
    kind: optional(choice(['incident', 'maintenance', 'news'], 'What a notice is about; `news` by default.')),
    from: optional(moment('When a notice begins: `2026-03-14`, or `2026-03-14T09:30Z`.')),
    until: optional(moment('When a notice ends: `2026-03-14` is its last day, `2026-03-14T09:30Z` its last moment.')),
    dismiss: optional(flag('Whether the visitor may put a notice away; `yes` by default.')),
    url: optional(link('Page that a url block shows in a frame, or of this site links to.')),
    src: optional(link('`url`, as it may be written too.')),
    href: optional(link('`url`, as it may be written too.')),
    address: optional(link('`url`, as it may be written too.')),
    height: optional(height('Height of the frame, `small`, `medium` (by default), `large`, or pixels.')),
    ...presence,
    sprite: optional(flag()),
    ...placement,
  },
});
