/** Pages and what visitors do to them, made up: for the property test and its long run. */
import fc from 'fast-check';
import { arrange, canFold, type PlacedBlock, placed, REGIONS } from '../../src/arrangement.ts';
import type { BoundBlock, Lock } from '../../src/block.ts';
import type { Plan } from '../../src/plan.ts';
import { NO_PREFERENCE, type Preference, readPreference, writePreference } from '../../src/preference.ts';
import { ACTS, type Change, change } from '../../src/preference-change.ts';

const NAMES = 'abcdefghijkl'.split('');
const LINKS = ['one', 'two', 'three', 'four'];
const LOCKS: readonly Lock[] = ['position', 'presence', 'collapse'];

const blockOf = (name: string) =>
  fc
    .record({
      position: fc.constantFrom(...REGIONS),
      locks: fc.oneof(
        { weight: 3, arbitrary: fc.constant<Lock[]>([]) },
        { weight: 1, arbitrary: fc.subarray([...LOCKS]) },
      ),
      isCollapsed: fc.boolean(),
      isToolbar: fc.integer({ min: 0, max: 5 }).map((number) => number === 0),
      links: fc.shuffledSubarray(LINKS, { minLength: 1 }),
      refresh: fc.option(fc.constantFrom(10, 60), { nil: undefined }),
    })
    .map(({ isToolbar, links, ...head }) => {
      const own = links.map((link) => ({ name: link, icon: undefined, address: `/${link}`, opensWindow: false }));
      const block = { kind: isToolbar ? 'toolbar' : 'list', name, title: undefined, func: undefined, rows: undefined };
      return {
        ...block,
        ...head,
        timeout: 1,
        cache: 1,
        stale: 0,
        attention: [],
        ...(isToolbar && { links: own }),
      };
    });

/** A layout as a level sees it: what is not in it, the level may not see. */
export const plans: fc.Arbitrary<Plan> = fc
  .shuffledSubarray(NAMES, { minLength: 1 })
  .chain((names) => fc.tuple(...names.map(blockOf)))
  .map((blocks) => ({ level: 5, blocks: blocks as BoundBlock[] }));

/** What visitors do, and what they cannot: names that are not there are among it. */
export const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.record({
    act: fc.constantFrom(...ACTS),
    block: fc.constantFrom(...NAMES, 'gone', '__proto__'),
    name: fc.option(fc.constantFrom(...NAMES, ...LINKS), { nil: undefined }),
    to: fc.option(fc.constantFrom(...REGIONS, '0', '60', '61', 'nowhere'), { nil: undefined }),
    known: fc.constant(undefined),
  }),
  { maxLength: 14 },
);

/** A preference after those changes, each stored and read; one that is refused changes nothing. */
export function after(plan: Plan, done: readonly Change[], from: Preference = NO_PREFERENCE): Preference {
  let preference = from;
  for (const wanted of done) {
    const changed = change(plan, preference, wanted);
    if (changed) preference = readPreference(writePreference(changed));
  }
  return preference;
}

const namesIn = (plan: Plan, preference: Preference) =>
  REGIONS.map((region) =>
    placed(plan, preference)
      .filter(({ position }) => position === region)
      .map(({ block }) => block.name),
  );

/** Whatever a visitor has changed and whatever became of the layout: throws where a page is not as promised. */
export function judge(first: Plan, done: readonly Change[], next: Plan): void {
  const own = after(first, done);
  for (const plan of [first, next]) judgePage(plan, own);
  // Back on the first layout, nothing was lost.
  must(
    same(namesIn(first, readPreference(writePreference(own))), namesIn(first, own)),
    'a stored page is the same page',
  );
  const everything = after(next, done, own);
  judgePage(next, everything);
  must(
    same(arrange(next, after(next, [{ act: 'reset-all', block: '' }], everything)), arrange(next)),
    'a reset restores all',
  );
  const one = next.blocks.reduce((kept, { name }) => after(next, [{ act: 'reset', block: name }], kept), everything);
  must(same(arrange(next, one), arrange(next)), 'resetting each block restores all');
}

function judgePage(plan: Plan, own: Preference): void {
  const { blocks, identity } = arrange(plan, own);
  const all = placed(plan, own);
  must(
    same(all.map(({ block }) => block.name).sort(), plan.blocks.map(({ name }) => name).sort()),
    'each block has one place',
  );
  must((identity === '') === same(shape(blocks), shape(arrange(plan).blocks)), 'its identity tells it from the layout');
  for (const { block, isFolded, isHidden, position } of all) {
    const original = plan.blocks.find(({ name }) => name === block.name);
    if (!original) throw new Error('something is shown that is not allowed');
    const { locks, links = [] } = original;
    const isShown = blocks.some((one) => one.block.name === block.name);
    must(isShown === !isHidden, 'what is hidden is not shown');
    if (locks.includes('presence')) must(isShown && (block.links ?? []).length === links.length, 'presence holds');
    if (locks.includes('collapse')) must(!isFolded, 'collapse holds');
    must(!isFolded || canFold(original), 'only what has a heading is folded');
    must(
      (block.links ?? []).every((link) => links.includes(link)),
      'only quick buttons of the toolbar are shown',
    );
    must(new Set(block.links).size === (block.links ?? []).length, 'and each once');
    if (!locks.includes('position')) continue;
    must(position === original.position, 'a fixed block keeps its region');
    const before = plan.blocks.filter((one) => one.position === position).findIndex(({ name }) => name === block.name);
    const here = all.filter((one) => one.position === position).map((one) => one.block.name);
    must(here.indexOf(block.name) <= before, 'a fixed block does not sink');
    must(
      here.length <= before || here.indexOf(block.name) === before || isLastFixed(plan, here, block.name),
      'and keeps its place',
    );
  }
}

/** In a region with fewer blocks than before, fixed ones stand together at its end. */
function isLastFixed(plan: Plan, here: readonly string[], name: string): boolean {
  const fixed = plan.blocks.filter(({ locks }) => locks.includes('position')).map((block) => block.name);
  return here.slice(here.indexOf(name)).every((one) => fixed.includes(one));
}

const shape = (blocks: readonly PlacedBlock[]) =>
  REGIONS.map((region) =>
    blocks.filter(({ position }) => position === region).map(({ block, variant }) => [block.name, variant]),
  );
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`Not so: ${what}`);
}
