/** What each template is given, by name: `templates/README.md` lists it for people, this for the check. */
import type { BoundFrame } from '../block.ts';
import type { Members, Shape } from '../template.ts';
import type { ControlView, viewForm } from './form-view.ts';
import type { viewListState } from './list-page.ts';
import type { ActionView, BandView, BlockView, ColumnView, LinkView, ListView, PropView } from './view.ts';

/** All that a view has; one that gains a member has it here too. */
type Of<View> = Readonly<Record<keyof View, Shape>>;

const prop = {
  name: 'any',
  on: 'any',
  off: 'any',
  animated: 'any',
  title: 'any',
  offTitle: 'any',
  hint: 'any',
  level: 'any',
  value: 'any',
} satisfies Of<PropView>;
const action = {
  name: 'any',
  icon: 'any',
  isDefault: 'any',
  address: 'address',
  needsRow: 'any',
  isOffered: 'any',
  title: 'any',
  hint: 'any',
  unavailable: 'any',
} satisfies Of<ActionView>;
const link = { name: 'any', icon: 'any', address: 'address', opensWindow: 'any', title: 'any' } satisfies Of<LinkView>;
const column = {
  bound: 'any',
  name: 'any',
  kind: 'any',
  title: 'any',
  hint: 'any',
  align: 'any',
  classes: 'any',
  isLink: 'any',
  hasSum: 'any',
  isSortable: 'any',
  sorted: 'any',
  props: [prop],
} satisfies Of<ColumnView>;
const list = {
  address: 'address',
  title: 'any',
  columns: [column],
  hasSums: 'any',
  actions: [action],
  links: [action],
  groups: [action],
  defaultAction: action,
  empty: { text: 'any', action },
} satisfies Of<ListView>;
const band = {
  bound: 'any',
  name: 'any',
  title: 'any',
  address: 'address',
  list,
  diagrams: 'any',
  totals: 'any',
  link: 'any',
} satisfies Of<BandView>;
const block = {
  bound: 'any',
  name: 'any',
  kind: 'any',
  title: 'any',
  concerns: 'any',
  isCollapsed: 'any',
  canFold: 'any',
  isFolded: 'any',
  links: [link],
  list,
  band,
  text: 'any',
  frame: { address: 'address', isOurs: 'any', height: 'any' } satisfies Of<BoundFrame>,
} satisfies Of<BlockView>;
const option = {
  key: 'any',
  text: 'any',
  hint: 'any',
  group: 'any',
  isDisabled: 'any',
  isChosen: 'any',
  id: 'any',
} satisfies Members;

type ListState = ReturnType<typeof viewListState>;
const listState = {
  here: 'address',
  csv: 'address',
  sorts: { '*': { address: 'address', also: 'address', direction: 'any', rank: 'any' } },
  pager: {
    steps: [{ page: 'any', address: 'address', isCurrent: 'any' }],
    page: 'any',
    pages: 'any',
    total: 'any',
    isMore: 'any',
    first: 'any',
    last: 'any',
    previous: 'address',
    next: 'address',
  } satisfies Of<ListState['pager']>,
  sizes: { choices: 'any', current: 'any', back: 'address' } satisfies Of<ListState['sizes']>,
  filter: {
    isActive: 'any',
    canFind: 'any',
    find: 'any',
    kept: [{ name: 'any', value: 'any' }],
    clear: 'address',
    action: 'address',
  } satisfies Of<ListState['filter']>,
} satisfies Of<ListState>;

const control = {
  ...{ kind: 'any', id: 'any', text: 'any', label: 'any', describedBy: 'any', isWrong: 'any', isFirstWrong: 'any' },
  ...{ unit: 'any', currencyCode: 'any', least: 'any', most: 'any', '*': 'any' },
  options: [option],
  groups: [{ title: 'any', options: [option] }],
} satisfies Partial<Of<ControlView>> & Members;
const form = {
  ...{ elids: 'any', back: 'address', here: 'address', key: 'any', version: 'any', seen: 'any', told: 'any' },
  ...{ title: 'any', names: 'any', about: 'any', refills: 'any', action: 'address' },
  notice: { text: 'any', tone: 'any' },
  errors: [{ name: 'any', label: 'any', text: 'any', id: 'any' }],
  pages: 'any',
  buttons: [{ '*': 'any', address: 'address' }],
} satisfies Of<ReturnType<typeof viewForm>> & Members;

const base: Members = {
  ...{
    language: 'any',
    direction: 'any',
    theme: 'any',
    isSignedIn: 'any',
    isCustomer: 'any',
    hasHome: 'any',
    page: 'any',
  },
  ...{ tone: 'any', points: 'any', text: 'any', label: 'any', may: 'any', titleOf: 'any', asset: 'any' },
  languages: [{ code: 'any', name: 'any', isCurrent: 'any' }],
  themes: [{ name: 'any', title: 'any', isCurrent: 'any' }],
  navigation: [{ name: 'any', address: 'address', icon: 'any', title: 'any' }],
};
const func: Members = { func: 'any', address: 'address', above: { address: 'address', title: 'any' } };

const PAGES: Readonly<Record<string, Members>> = {
  home: {
    regions: { top: [block], left: [block], right: [block], lead: [block], rest: [block] },
    raisable: [block],
    isInParts: 'any',
  },
  list: { ...listState, ...func, list, states: [{ name: 'any', title: 'any', value: 'any', options: 'any' }] },
  form: { ...func, form },
  report: {
    ...func,
    ...{ title: 'any', texts: 'any', form: 'any', isAsked: 'any' },
    sections: [{ '*': 'any', csv: 'address' }],
    groups: [{ '*': 'any', files: [{ address: 'address', title: 'any' }] }],
  },
  help: { sections: [{ name: 'any', anchor: 'any', file: 'any', template: 'any', language: 'any', title: 'any' }] },
  customise: {
    regions: [{ name: 'any', title: 'any', go: 'any', blocks: 'any' }],
    ...{ isChanged: 'any', canUndo: 'any', focus: 'any', said: 'any', untaken: 'any' },
  },
  signin: { login: 'any', next: 'any', isRefused: 'any', minutes: 'any', isDemo: 'any' },
  error: { status: 'any', incident: 'any', known: 'any' },
  payment: {
    ...func,
    receipt: {
      ...{ state: 'any', title: 'any', text: 'any' },
      lines: [{ label: 'any', value: 'any' }],
      buttons: [{ address: 'address', title: 'any' }],
    },
  },
  leave: { to: 'address', title: 'any', said: 'any', go: 'any' },
  bank: {
    ...{ order: 'any', action: 'address', amount: 'any', title: 'any', demo: 'any', ask: 'any' },
    lines: [{ label: 'any', value: 'any' }],
    answers: [{ name: 'any', title: 'any', hint: 'any' }],
  },
};
const PARTS: Readonly<Record<string, Members>> = {
  band: { band },
  slotted: { block },
  folded: { block },
  strip: {
    revision: 'any',
    problems: [{ code: 'any', severity: 'any', message: 'any', path: 'any', line: 'any', column: 'any', hint: 'any' }],
  },
};

/** Rows are there for every template that asks for them. */
const rows: Members = { rows: 'any', total: 'any' };

/** What the engine gives a template; undefined for one that it does not ask for by itself. */
export function vocabularyOf(name: string): Members | undefined {
  const [, folder = '', stem = ''] = /^(?:(\w+)\/)?(?:.*\/)?([\w.-]+)\.njk$/.exec(name) ?? [];
  const own: Members | undefined = {
    '': name === 'page.njk' ? {} : undefined,
    pages: PAGES[stem],
    parts: PARTS[stem],
    blocks: { block, band },
    columns: { column },
    controls: { control, list, caption: 'any', sorts: 'none' } satisfies Members,
    charts: {},
    help: {},
  }[folder];
  return own && { ...base, ...rows, ...own };
}
