/** What templates see: blocks, columns and actions with their texts in one language. `templates/README.md` lists it all. */

import { canFold } from '../arrangement.ts';
import type { BoundBlock, BoundFrame, BoundLink } from '../block.ts';
import type { BoundBand, BoundDiagram } from '../bound-band.ts';
import { propTitle } from '../column.ts';
import type { BoundAction, BoundColumn, BoundList } from '../list.ts';
import type { Messages } from '../messages.ts';
import type { Prop, Sort } from '../provider.ts';

export interface BlockView {
  readonly bound: BoundBlock;
  readonly name: string;
  readonly kind: string;
  readonly title: string;
  /** Whether its rows may need the visitor. */
  readonly concerns: boolean;
  readonly isCollapsed: boolean;
  /** Whether the visitor may fold and open it. */
  readonly canFold: boolean;
  /** Only its heading is shown. */
  readonly isFolded: boolean;
  readonly links: readonly LinkView[];
  readonly list: ListView | undefined;
  readonly frame: BoundFrame | null;
  /** What is said beside the title of a link to another page. */
  readonly text: string;
  readonly band: BandView | undefined;
}

export interface BandView {
  readonly bound: BoundBand;
  readonly name: string;
  readonly title: string;
  readonly address: string;
  readonly list: ListView | undefined;
  readonly diagrams: readonly BoundDiagram[];
  /** Names of the columns that are added up. */
  readonly totals: readonly string[];
  /** The column that leads to what inner bands say of a row. */
  readonly link: string | undefined;
}

export interface LinkView extends BoundLink {
  readonly title: string;
}

export interface ListView {
  readonly address: string;
  readonly title: string;
  readonly columns: readonly ColumnView[];
  /** Whether any column has a footer. */
  readonly hasSums: boolean;
  readonly actions: readonly ActionView[];
  /** Where its page leads beside. */
  readonly links: readonly ActionView[];
  /** What can be done with several rows at once. */
  readonly groups: readonly ActionView[];
  readonly defaultAction: ActionView | undefined;
  readonly empty: { readonly text: string; readonly action: ActionView | undefined };
}

export interface ColumnView {
  readonly bound: BoundColumn;
  readonly name: string;
  readonly kind: string;
  readonly title: string;
  readonly hint: string;
  readonly align: string;
  /** Of its cells: its kind, and how the text in them stands. */
  readonly classes: string;
  /** Whether a row's default action is in this cell. */
  readonly isLink: boolean;
  /** Whether its footer says something of all rows. */
  readonly hasSum: boolean;
  readonly isSortable: boolean;
  readonly sorted: 'ascending' | 'descending' | undefined;
  readonly props: readonly PropView[];
}

export interface PropView extends Prop {
  readonly title: string;
  readonly offTitle: string;
  /** What a value means, in a sentence. */
  readonly hint: string;
}

export interface ActionView extends BoundAction {
  readonly title: string;
  readonly hint: string;
  /** Why it is unavailable for a row; empty for one that is then not there. */
  readonly unavailable: string;
}

/** The texts of one language. */
export type Texts = (group: string, key: string) => string | undefined;

export const textsOf =
  (messages: Messages, language: string): Texts =>
  (group, key) =>
    messages.text(language, group, key);

const DASHBOARD = 'dashboard';

export function viewBlock(block: BoundBlock, texts: Texts): BlockView {
  const list = block.list && viewList(block.list, texts);
  return {
    bound: block,
    name: block.name,
    kind: block.kind,
    concerns: (block.concerns ?? []).length > 0,
    title: block.title ?? texts(DASHBOARD, block.name) ?? list?.title ?? titleOf(block.band, texts) ?? block.name,
    isCollapsed: block.isCollapsed,
    canFold: canFold(block) && !block.locks.includes('collapse'),
    isFolded: block.isFolded ?? false,
    links: (block.links ?? []).map((link) => ({
      ...link,
      title: texts(DASHBOARD, `${block.name}_${link.name}`) ?? link.name,
    })),
    list,
    frame: block.frame ?? null,
    text: block.frame ? (texts(DASHBOARD, `${block.name}_text`) ?? '') : '',
    band: block.band && viewBand(block.band, texts),
  };
}

const titleOf = (band: BoundBand | undefined, texts: Texts) => band && texts(band.func, 'title');

export function viewBand(band: BoundBand, texts: Texts): BandView {
  return {
    bound: band,
    name: band.name,
    title: texts(band.func, band.name) ?? band.name,
    address: band.address,
    list: band.list && viewList(band.list, texts),
    diagrams: band.diagrams,
    totals: [...band.totals.keys()],
    link: band.bands.some(({ belonging }) => belonging.by !== 'nothing') ? band.link : undefined,
  };
}

export function viewList(list: BoundList, texts: Texts): ListView {
  const group = list.func;
  const viewed = (action: BoundAction): ActionView => {
    const title = texts(group, `short_${action.name}`) ?? action.name;
    const hint = texts(group, `hint_${action.name}`) ?? title;
    return { ...action, title, hint, unavailable: texts(group, `hint_${action.name}_disabled`) ?? '' };
  };
  const actions = list.actions.map(viewed);
  const links = linksOf(list.columns);
  const columns = list.columns.map((column) => ({
    ...viewColumn(column, list.sort, group, texts),
    isLink: links.includes(column),
  }));
  const isLinked = links.some((column) => column.isLink);
  return {
    address: list.address,
    title: texts(group, 'title') ?? group,
    columns,
    hasSums: columns.some(({ hasSum }) => hasSum),
    actions,
    links: list.links.map(viewed),
    groups: list.groups.map(viewed),
    defaultAction:
      actions.find((action) => action.needsRow && action.isDefault) ??
      (isLinked ? actions.find((action) => action.needsRow) : undefined),
    empty: {
      text: texts(group, 'empty') ?? texts('page', 'empty') ?? '',
      action: list.emptyAction && viewed(list.emptyAction),
    },
  };
}

/** The columns that lead where the row leads: those that say it, else the first. */
function linksOf(columns: readonly BoundColumn[]): readonly BoundColumn[] {
  const said = columns.filter(({ isLink }) => isLink);
  return said.length > 0 ? said : columns.slice(0, 1);
}

/** Of the sizes that there are, in steps of 40 pixels, the nearest. */
const widthOf = (pixels: number) => `w-${Math.min(10, Math.max(1, Math.round(pixels / 40)))}`;

function classesOf({ kind, width, wrap }: BoundColumn, align: string): string {
  const breaks = wrap === undefined ? '' : wrap ? 'is-broken' : 'is-whole';
  const placed = align === 'end' ? 'is-end' : align === 'center' && kind.align !== 'center' ? 'is-center' : '';
  return [`c-${kind.name}`, placed, breaks, width === undefined ? '' : widthOf(width)].filter(Boolean).join(' ');
}

const ALIGN = { left: 'start', center: 'center', right: 'end' } as const;

function viewColumn(
  column: BoundColumn,
  sort: readonly Sort[],
  group: string,
  texts: Texts,
): Omit<ColumnView, 'isLink'> {
  const align = column.align === undefined ? column.kind.align : ALIGN[column.align];
  const [first] = sort;
  const direction = first?.descending ? 'descending' : 'ascending';
  const titleOf = (prop: Prop, state: 'on' | 'off') => propTitle(column, prop, state, (key) => texts(group, key));
  return {
    bound: column,
    name: column.name,
    kind: column.kind.name,
    title: texts(group, column.name) ?? column.name,
    hint: texts(group, `hint_${column.name}`) ?? '',
    align,
    classes: classesOf(column, align),
    hasSum: column.total === 'count' || (column.total === 'sum' && column.kind.sum !== undefined),
    isSortable: column.sortable,
    sorted: first?.column === column.name ? direction : undefined,
    props: column.props.map((prop) => ({
      ...prop,
      title: titleOf(prop, 'on'),
      offTitle: titleOf(prop, 'off'),
      hint: texts(group, `hint_${column.name}_${prop.name}`) ?? '',
    })),
  };
}
