/** What a visitor may do to the own page, one step at a time: each step is made on top of what is stored by then. */
import { canFold, linksOf, placed, REGIONS, thingsOf } from './arrangement.ts';
import type { BoundBlock } from './block.ts';
import { type Move, movable, movesTo, type Order, type Thing } from './order.ts';
import type { Plan } from './plan.ts';
import { type BlockPreference, type Known, NO_PREFERENCE, type Preference, REFRESHES } from './preference.ts';

/** `name` is that of a quick button, or of the block after which another is put. */
export interface Change {
  readonly act: Act;
  readonly block: string;
  readonly name?: string | undefined;
  /** The region of a move, or the seconds of a refresh. */
  readonly to?: string | undefined;
  /** What a block shows when it is folded. */
  readonly known?: Known | undefined;
}

export const ACTS = [
  ...['up', 'down', 'move', 'top', 'left', 'right'],
  ...['hide', 'show', 'fold', 'open', 'refresh', 'reset', 'reset-all'],
  ...['link-up', 'link-down', 'link-on', 'link-off'],
] as const;
export type Act = (typeof ACTS)[number];

/** A preference without its identity, which its text has. */
export type Changed = Omit<Preference, 'identity'>;

/** What is wanted of a page as it is; undefined when there is no such block, or a lock forbids it. */
export function change(plan: Plan, preference: Preference, wanted: Change): Changed | undefined {
  if (wanted.act === 'reset-all') return NO_PREFERENCE;
  const block = plan.blocks.find(({ name }) => name === wanted.block);
  if (!block) return undefined;
  const step = { plan, preference, block, wanted };
  switch (wanted.act) {
    case 'reset':
      return reset(step);
    case 'hide':
    case 'show':
      return block.locks.includes('presence')
        ? undefined
        : withBlock(step, { hidden: wanted.act === 'hide' || undefined });
    case 'fold':
    case 'open':
      return fold(step);
    case 'refresh':
      return refresh(step);
    default:
      return wanted.act.startsWith('link-') ? changeLinks(step) : moveBlock(step);
  }
}

interface Step {
  readonly plan: Plan;
  readonly preference: Preference;
  readonly block: BoundBlock;
  readonly wanted: Change;
}

function withBlock({ preference, block }: Pick<Step, 'preference' | 'block'>, change: BlockPreference): Changed {
  const { moves, blocks } = preference;
  return { moves, blocks: new Map([...blocks, [block.name, { ...blocks.get(block.name), ...change }]]) };
}

function reset({ preference, block }: Step): Changed {
  const isOther = ({ name }: { readonly name: string }) => name !== block.name;
  return {
    moves: preference.moves.filter(isOther),
    blocks: new Map([...preference.blocks].filter(([name]) => name !== block.name)),
  };
}

function fold(step: Step): Changed | undefined {
  const { block, wanted } = step;
  if (!canFold(block) || block.locks.includes('collapse')) return undefined;
  const folded = wanted.act === 'fold';
  return withBlock(step, {
    folded: folded === block.isCollapsed ? undefined : folded,
    known: folded ? wanted.known : undefined,
  });
}

function refresh(step: Step): Changed | undefined {
  const { to = '' } = step.wanted;
  if (to === '') return withBlock(step, { refresh: undefined });
  const seconds = REFRESHES.find((one) => String(one) === to);
  return seconds === undefined ? undefined : withBlock(step, { refresh: seconds });
}

function moveBlock({ plan, preference, block, wanted }: Step): Changed | undefined {
  const { act, to, name } = wanted;
  if (block.locks.includes('position')) return undefined;
  const things = thingsOf(plan.blocks);
  const order = movable(things, preference.moves, REGIONS);
  const next =
    act === 'up' || act === 'down'
      ? shifted(order, block.name, act)
      : put(order, {
          name: block.name,
          to: act === 'move' ? (to ?? '') : act,
          after: act === 'move' ? name : undefined,
          atEnd: act !== 'move',
        });
  return next && { blocks: preference.blocks, moves: movesOf(things, next, preference.moves, block.name) };
}

/** A block that was moved before, or is moved now, is the one that is said to have moved. */
function movesOf(things: readonly Thing[], order: Order, before: readonly Move[], name: string): Move[] {
  return movesTo(things, order, [...before.filter((move) => move.name !== name), { name, to: '', after: [] }]);
}

/** The order in which a name has changed places with its neighbour; the same at the end. */
function shifted(order: Order, name: string, act: string): Order {
  return new Map(
    [...order].map(([place, names]) => {
      const from = names.indexOf(name);
      const to = from + (act.endsWith('up') ? -1 : 1);
      const other = names[to];
      return [place, from < 0 || other === undefined ? names : names.with(from, other).with(to, name)];
    }),
  );
}

function put(
  order: Order,
  { name, to, after, atEnd }: { name: string; to: string; after: string | undefined; atEnd: boolean },
): Order | undefined {
  if (!order.has(to) || after === name) return undefined;
  return new Map(
    [...order].map(([place, names]) => {
      const others = names.filter((one) => one !== name);
      const index = atEnd ? others.length : after === undefined ? 0 : others.indexOf(after) + 1;
      return [place, place === to ? others.toSpliced(index, 0, name) : others];
    }),
  );
}

function changeLinks(step: Step): Changed | undefined {
  const { preference, block, wanted } = step;
  const { act, name = '' } = wanted;
  if (!block.links?.some((link) => link.name === name)) return undefined;
  const { off = [], moves = [] } = preference.blocks.get(block.name) ?? {};
  if (act === 'link-on' || act === 'link-off') {
    if (block.locks.includes('presence')) return undefined;
    const others = off.filter((one) => one !== name);
    const next = act === 'link-off' ? [...others, name] : others;
    return withBlock(step, { off: next.length > 0 ? next : undefined });
  }
  const things = linksOf(block);
  const next = movesOf(things, shifted(movable(things, moves, ['']), name, act), moves, name);
  return withBlock(step, { moves: next.length > 0 ? next : undefined });
}

/** Whether anything of a block is as the visitor wants it. */
export function isChanged({ moves, blocks }: Preference, { name }: BoundBlock): boolean {
  return (
    moves.some((move) => move.name === name) ||
    Object.values(blocks.get(name) ?? {}).some((value) => value !== undefined)
  );
}

/** The place of a block among those that are shown in its region, from 1; undefined for one that is not. */
export function placeOf(plan: Plan, preference: Preference, name: string): { nth: number; count: number } | undefined {
  const shown = placed(plan, preference).filter(({ isHidden }) => !isHidden);
  const region = shown.find(({ block }) => block.name === name)?.position;
  const names = shown.filter(({ position }) => position === region).map(({ block }) => block.name);
  return region === undefined ? undefined : { nth: names.indexOf(name) + 1, count: names.length };
}
