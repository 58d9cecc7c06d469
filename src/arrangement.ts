/** What a visitor sees of a plan, and where: shown = allowed ∩ (preference or default), and locks stand above preferences. */
import type { BoundBlock } from './block.ts';
import { ordered, type Thing } from './order.ts';
import type { Plan } from './plan.ts';
import { type BlockPreference, NO_PREFERENCE, type Preference } from './preference.ts';

export type { Preference } from './preference.ts';

export interface PlacedBlock {
  /** With the quick buttons and the refresh period of the visitor. */
  readonly block: BoundBlock;
  readonly position: BoundBlock['position'];
  /** Only its heading is shown, and its provider is not asked. */
  readonly isFolded: boolean;
  readonly isHidden: boolean;
  /** Tells it from the block as the layout has it; empty when it is that. */
  readonly variant: string;
}

export interface Arrangement {
  readonly level: number;
  /** Tells arrangements of one plan apart; empty for the plan as it is. */
  readonly identity: string;
  /** The blocks that are shown, in their order. */
  readonly blocks: readonly PlacedBlock[];
  /** Those of them that are asked for rows, and those that show no more than their heading. */
  readonly open: readonly BoundBlock[];
  readonly folded: readonly BoundBlock[];
}

export const REGIONS = ['top', 'left', 'right'] as const;

/** Whether a block has a heading to which it can be folded. */
export const canFold = ({ kind, frame }: BoundBlock): boolean =>
  kind === 'list' || kind === 'report' || (frame !== undefined && !frame.isOurs);

/** The page of a plan for a visitor with that preference. The same two give the same arrangement. */
export function arrange(plan: Plan, preference: Preference = NO_PREFERENCE): Arrangement {
  let known = arrangements.get(plan);
  if (!known) arrangements.set(plan, (known = new WeakMap()));
  let arrangement = known.get(preference);
  if (!arrangement) known.set(preference, (arrangement = shownOf(plan, preference)));
  return arrangement;
}

const arrangements = new WeakMap<Plan, WeakMap<Preference, Arrangement>>();

function shownOf(plan: Plan, preference: Preference): Arrangement {
  const blocks = placed(plan, preference).filter(({ isHidden }) => !isHidden);
  const identity = signature(blocks);
  const isAsItIs = preference === NO_PREFERENCE || identity === signature(arrange(plan).blocks);
  const bound = blocks.map(({ block }) => block);
  return {
    level: plan.level,
    identity: isAsItIs ? '' : identity,
    blocks,
    open: bound.filter(({ isFolded }) => !isFolded),
    folded: bound.filter(({ isFolded }) => isFolded),
  };
}

function signature(blocks: readonly PlacedBlock[]): string {
  return REGIONS.map((region) =>
    blocks
      .filter(({ position }) => position === region)
      .map(({ block, variant }) => `${block.name}${variant}`)
      .join(' '),
  ).join(';');
}

/** Every block of a plan where the visitor has it, those that are hidden among them. */
export function placed({ blocks }: Plan, { moves, blocks: changes }: Preference): PlacedBlock[] {
  const byName = new Map(blocks.map((block) => [block.name, block]));
  const order = ordered(thingsOf(blocks), moves, REGIONS);
  return REGIONS.flatMap((position) =>
    (order.get(position) ?? []).flatMap((name) => {
      const block = byName.get(name);
      return block ? [place(block, position, changes.get(name))] : [];
    }),
  );
}

/** Blocks as things to order. */
export const thingsOf = (blocks: readonly BoundBlock[]): Thing[] =>
  blocks.map(({ name, position, locks }) => ({ name, place: position, isFixed: locks.includes('position') }));

/** The quick buttons of a toolbar as things to order: they have one place. */
export const linksOf = ({ links = [] }: BoundBlock): Thing[] =>
  links.map(({ name }) => ({ name, place: '', isFixed: false }));

function place(block: BoundBlock, position: BoundBlock['position'], change: BlockPreference = {}): PlacedBlock {
  const { locks, isCollapsed } = block;
  const mayHide = !locks.includes('presence');
  const isFolded = canFold(block) && !locks.includes('collapse') && (change.folded ?? isCollapsed);
  const { refresh } = change;
  const links =
    change.off || change.moves ? chosenLinks(block, { ...change, ...(!mayHide && { off: [] }) }) : undefined;
  const isHidden = mayHide && (change.hidden === true || links?.length === 0);
  const variant = [
    isFolded ? '-' : '',
    links ? `(${links.map(({ name }) => name).join()})` : '',
    refresh === undefined ? '' : `*${refresh}`,
  ].join('');
  if (variant === '') return { block, position, isFolded, isHidden, variant };
  const own = {
    ...block,
    variant,
    isFolded,
    ...(links && { links }),
    ...(refresh !== undefined && { refresh: refresh || undefined }),
  };
  return { block: own, position, isFolded, isHidden, variant };
}

function chosenLinks(block: BoundBlock, { off = [], moves = [] }: BlockPreference): BoundBlock['links'] {
  const { links } = block;
  if (!links) return undefined;
  const order = ordered(linksOf(block), moves, ['']).get('') ?? [];
  return order.flatMap((name) => (off.includes(name) ? [] : (links.find((link) => link.name === name) ?? [])));
}
