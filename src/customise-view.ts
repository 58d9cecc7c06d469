/** What the template of the page `customise` sees. */
import { canFold, linksOf, type PlacedBlock, placed, REGIONS } from './arrangement.ts';
import type { BoundBlock } from './block.ts';
import { ordered } from './order.ts';
import type { Pages } from './pages.ts';
import { type Texts, textsOf, viewBlock } from './pipeline/view.ts';
import type { Plan } from './plan.ts';
import { type Preference, REFRESHES } from './preference.ts';
import { isChanged, placeOf } from './preference-change.ts';
import type { Untaken } from './user-file.ts';

export interface Arranging {
  readonly plan: Plan;
  readonly preference: Preference;
  /** What was done a moment ago. */
  readonly done: Deed | undefined;
  readonly untaken: readonly Untaken[];
}

interface Deed {
  readonly act: string;
  readonly block?: string | undefined;
  readonly name?: string | undefined;
}

type Text = (key: string, values?: Readonly<Record<string, string | number>>) => string;

interface Speaking extends Arranging {
  readonly text: Text;
  readonly texts: Texts;
  /** Of the blocks, by name. */
  readonly titles: ReadonlyMap<string, string>;
}

export function arrangingView(arranging: Arranging, language: string, pages: Pages) {
  const { plan, preference, untaken } = arranging;
  const texts = textsOf(pages.revision.content.messages, language);
  const text: Text = (key, values) => pages.text(language, key, values);
  const titleOf = (block: BoundBlock) => {
    const { title } = viewBlock(block, texts);
    return title === block.name && block.links ? text('quick_actions') : title;
  };
  const titles = new Map(plan.blocks.map((block) => [block.name, titleOf(block)]));
  const speaking = { ...arranging, text, texts, titles };
  const regions = regionsOf(speaking);
  const told = untaken.map(({ what, block, name = '' }) =>
    text(`untaken_${what}`, { title: titles.get(block) ?? block, name }),
  );
  const said = saidOf(speaking);
  return { regions, isChanged: preference.identity !== '', focus: focusOf(speaking, regions), said, untaken: told };
}

function regionsOf(speaking: Speaking) {
  const { plan, preference, text, titles } = speaking;
  const all = placed(plan, preference);
  const regionOf = (name: string) => ({ name, title: text(`region_${name}`), go: text(`customise_${name}`) });
  return REGIONS.map((region) => {
    const blocks = all.filter(({ position }) => position === region);
    const free = blocks.filter(({ block }) => !block.locks.includes('position'));
    const viewed = blocks.map((one) => ({
      ...viewOf(one, speaking),
      title: titles.get(one.block.name) ?? '',
      isFirst: free[0] === one,
      isLast: free.at(-1) === one,
      others: REGIONS.filter((other) => other !== region).map(regionOf),
    }));
    return { ...regionOf(region), blocks: viewed };
  });
}

function viewOf({ block, isFolded, isHidden }: PlacedBlock, speaking: Speaking) {
  const { plan, preference, text, texts } = speaking;
  const { name, locks } = block;
  const original = plan.blocks.find((one) => one.name === name) ?? block;
  const reasons = locks.map((lock) => text(`lock_${lock}`)).join(' ');
  return {
    name,
    isHidden,
    isFolded,
    canMove: !locks.includes('position'),
    canHide: !locks.includes('presence'),
    canFold: canFold(block) && !locks.includes('collapse'),
    isChanged: isChanged(preference, block),
    lock: locks.length === 0 ? '' : (texts('dashboard', `${name}_lock`) ?? reasons),
    refreshes: block.list || block.band ? refreshesOf(original, speaking) : [],
    links: linksIn(original, speaking),
  };
}

function refreshesOf({ name, refresh }: BoundBlock, { preference, text }: Speaking) {
  const own = preference.blocks.get(name)?.refresh;
  const option = (value: string, title: string, isCurrent: boolean) => ({ value, title, isCurrent });
  return [
    option('', text('refresh_usual', { period: periodText(refresh, text) }), own === undefined),
    ...REFRESHES.map((seconds) => option(String(seconds), periodText(seconds, text), own === seconds)),
  ];
}

function periodText(seconds: number | undefined, text: Text): string {
  if (!seconds) return text('refresh_never');
  const minutes = Math.round(seconds / 60);
  return seconds < 60 ? text('refresh_seconds', { count: seconds }) : text('refresh_minutes', { count: minutes });
}

/** All quick buttons of a toolbar in the visitor's order, with those that are not shown. */
function linksIn(block: BoundBlock, { preference, texts }: Speaking) {
  const { off = [], moves = [] } = preference.blocks.get(block.name) ?? {};
  const { links } = viewBlock(block, texts);
  const order = ordered(linksOf(block), moves, ['']).get('') ?? [];
  return order.map((name, index) => ({
    name,
    title: links.find((link) => link.name === name)?.title ?? name,
    icon: links.find((link) => link.name === name)?.icon,
    isOn: !off.includes(name) || block.locks.includes('presence'),
    isFirst: index === 0,
    isLast: index === order.length - 1,
  }));
}

/** What stands where a button was that is not there any more, or cannot be pressed again. */
const NEXT: Readonly<Record<string, string>> = {
  up: 'down',
  down: 'up',
  hide: 'show',
  show: 'hide',
  fold: 'open',
  open: 'fold',
};

/** The id of the button that the visitor has just pressed, or of what stands in its place. */
function focusOf({ done }: Speaking, regions: ReturnType<typeof regionsOf>): string {
  if (!done) return '';
  const { act, block = '', name = '' } = done;
  const found = regions.flatMap((region) => region.blocks).find((one) => one.name === block);
  if (!found) return act === 'undo' ? 'undo' : '';
  const link = found.links.find((one) => one.name === name);
  if (link) {
    const isAtEnd = (act === 'link-up' && link.isFirst) || (act === 'link-down' && link.isLast);
    const stays = act === 'link-on' ? 'link-off' : act === 'link-off' ? 'link-on' : act;
    return `${block}-${name}-${isAtEnd ? (act === 'link-up' ? 'link-down' : 'link-up') : stays}`;
  }
  const isAtEnd = (act === 'up' && found.isFirst) || (act === 'down' && found.isLast);
  const isMoved = act === 'up' || act === 'down';
  if (['move', 'top', 'left', 'right', 'reset'].includes(act)) return `${block}-card`;
  return `${block}-${(isMoved && !isAtEnd ? act : NEXT[act]) ?? act}`;
}

const MOVES = ['up', 'down', 'move', 'top', 'left', 'right'];

/** What was done, in a sentence; empty when there is nothing to say. */
function saidOf({ done, plan, preference, titles, text, texts }: Speaking): string {
  if (!done) return '';
  const { act, block = '', name = '' } = done;
  if (['undo', 'reset-all', 'import', 'unread'].includes(act)) return text(`said_${act.replace('-', '_')}`);
  const title = titles.get(block);
  if (title === undefined) return '';
  if (MOVES.includes(act)) {
    const region = placed(plan, preference).find((one) => one.block.name === block)?.position ?? 'top';
    const place = placeOf(plan, preference, block);
    return place
      ? text('said_moved', { title, ...place, region: text(`region_${region}`) })
      : text('said_hide', { title });
  }
  if (!act.startsWith('link-')) return text(`said_${act}`, { title });
  const toolbar = plan.blocks.find((one) => one.name === block);
  const link = toolbar && viewBlock(toolbar, texts).links.find((one) => one.name === name);
  if (!toolbar || !link) return '';
  if (act === 'link-on' || act === 'link-off')
    return text(act === 'link-on' ? 'said_show' : 'said_hide', { title: link.title });
  const order = linksIn(toolbar, { preference, texts } as Speaking).map((one) => one.name);
  return text('said_moved', { title: link.title, nth: order.indexOf(name) + 1, count: order.length, region: title });
}
