/** The home page and each of its blocks: arranged for the visitor, loaded, drawn, and kept while nothing changes. */

import { type Arrangement, arrange, type Preference } from './arrangement.ts';
import type { AskedBlock } from './asked-block.ts';
import type { BoundBlock } from './block.ts';
import { type BlockRows, CACHE } from './block-rows.ts';
import { Deadline } from './deadline.ts';
import { foldedText } from './folded.ts';
import { formatsOf } from './formats.ts';
import { frameOf } from './frame.ts';
import { audienceKey, CLOSED, type Keep, ownerOf } from './keep.ts';
import type { LiveContent } from './live-content.ts';
import { needsOf } from './needs.ts';
import { createPage, type Page } from './page.ts';
import { audienceOf, isStaff, type Pages } from './pages.ts';
import { canPart, inParts, type Parts } from './parts.ts';
import type { OnFailure } from './pipeline/load.ts';
import type { Folded } from './pipeline/segments.ts';
import { NO_PREFERENCE } from './preference.ts';
import type { Scope } from './provider.ts';

/** What a visitor brings along to the home page, beside who asks. */
export interface Visit {
  /** What became of an action that led here. */
  readonly notice?: string;
  readonly preference?: Preference | undefined;
  /** Told how the rows of each block came. */
  readonly onAsked?: ((asked: AskedBlock) => void) | undefined;
  /** What staff are told at a block of why it is there; asked when its rows have come. */
  readonly noteOf?: ((block: string) => string) | undefined;
}

export interface Home {
  page(scope: Scope, visit?: Visit): Promise<Page>;
  /** The page if it is whole within the budget, and otherwise its parts. */
  soon(scope: Scope, visit?: Visit): Promise<Page | Parts>;
  /** One block of the page; undefined when there is none of that name for this level, or it is hidden. */
  block(scope: Scope, name: string, visit?: Visit): Promise<Page | undefined>;
  /** The block of that name in the plan of a level. */
  named(level: number, name: string): BoundBlock | undefined;
}

export interface HomeContext {
  readonly content: LiveContent;
  readonly keep: Keep;
  readonly rows: BlockRows;
  readonly onFailure: OnFailure;
}

/** Milliseconds for which a page waits until it goes out in parts. */
const BUDGET = 50;

export function createHome({ content, keep, rows, onFailure }: HomeContext): Home {
  const named = (level: number, name: string) =>
    content.pages.revision.plans.get(level)?.blocks.find((block) => block.name === name);

  const arranged = ({ level }: Scope, { preference }: Visit): Arrangement => {
    const plan = content.pages.revision.plans.get(level);
    if (!plan) throw new Error(`Level ${level} has no home page`);
    return arrange(plan, preference);
  };

  /** What is kept of the page, or else what is needed to make it. */
  const begin = (scope: Scope, visit: Visit) => {
    const { notice = '', noteOf, preference = NO_PREFERENCE } = visit;
    const now = scope.now.getTime();
    const arrangement = arranged(scope, visit);
    const shelf = keep.shelf(ownerOf(scope), now);
    // What staff see depends on the health of the content too.
    const isKept = shelf !== CLOSED && !isStaff(scope.level) && notice === '';
    const key = isKept
      ? `home ${content.health.revision} ${scope.theme} ${audienceKey(scope)} ${preference.identity}`
      : '';
    const kept = isKept ? shelf.get<Page>(key, now) : undefined;
    if (kept) return kept;
    const { pages } = content;
    const { open } = arrangement;
    const asked = rows.ask(open, { scope, shelf, onAsked: visit.onAsked });
    const folded = foldedTexts(arrangement, preference, { pages, scope });
    /** The page, once all has come. */
    const finish = (until: number): Page => {
      const { outcomes } = asked;
      const needs = needsOf(open, outcomes, { scope, pages });
      const segment = pages.home(arrangement, audienceOf(scope));
      const page = createPage(segment(frameOf(scope, { notice, noteOf, folded, outcomes, needs })));
      if (!isKept || until <= now) return page;
      const own: Page = { ...page, body: Buffer.from(page.body) };
      shelf.put(key, own, Math.min(until, now + CACHE * 1000), now);
      return own;
    };
    return { asked, arrangement, pages, shown: { notice, noteOf, folded }, finish };
  };

  return {
    named,
    async page(scope, visit = {}) {
      const begun = begin(scope, visit);
      return 'body' in begun ? begun : begun.finish(await begun.asked.whole);
    },
    async soon(scope, visit = {}) {
      const begun = begin(scope, visit);
      if ('body' in begun) return begun;
      const { asked, arrangement, pages, finish } = begun;
      const until = await within(asked.whole, BUDGET);
      if (until !== undefined) return finish(until);
      const segment = pages.home(arrangement, audienceOf(scope), true);
      if (!canPart(segment, scope)) return finish(await asked.whole);
      asked.whole.catch(() => {}); // each block of its own accord
      const blocks = arrangement.blocks.map(({ block }) => block);
      return { parts: inParts({ ...begun, blocks, scope, segment, onFailure }), leave: asked.leave };
    },
    async block(scope, name, visit = {}) {
      const { preference = NO_PREFERENCE } = visit;
      const arrangement = named(scope.level, name) && arranged(scope, visit);
      const found = arrangement?.blocks.find(({ block }) => block.name === name)?.block;
      if (!arrangement || !found) return undefined;
      const now = scope.now.getTime();
      const shelf = keep.shelf(ownerOf(scope), now);
      const key = `block ${content.health.revision} ${name} ${audienceKey(scope)} ${preference.identity}`;
      const kept = shelf.get<Page>(key, now);
      if (kept) return kept;
      const segment = content.pages.block(found, audienceOf(scope));
      const { outcomes, whole } = rows.ask(found.isFolded ? [] : [found], { scope, shelf });
      const until = await whole;
      const need = needsOf([found], outcomes, { scope, pages: content.pages }).get(name);
      const folded = foldedTexts(arrangement, preference, { pages: content.pages, scope });
      const page = createPage(segment(frameOf(scope, { outcomes, outcome: outcomes.get(name), need, folded })));
      if (until > now) shelf.put(key, page, Math.min(until, now + CACHE * 1000), now);
      return page;
    },
  };
}

/** What a promise comes to, or undefined when that takes longer. */
function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const budget = new Deadline(milliseconds);
    budget.addEventListener('abort', () => resolve(undefined));
    const clear = () => budget.clear();
    promise.then(resolve, reject);
    promise.then(clear, clear);
  });
}

/** What the folded blocks tell; undefined when none does. */
function foldedTexts(
  { folded }: Arrangement,
  preference: Preference,
  { pages, scope }: { readonly pages: Pages; readonly scope: Scope },
): ReadonlyMap<string, Folded> | undefined {
  if (folded.length === 0) return undefined;
  const { language, zone, now } = scope;
  const told = folded.flatMap((block) => {
    const known = preference.blocks.get(block.name)?.known;
    if (!known) return [];
    const telling = {
      formats: formatsOf(language, zone),
      now,
      toneOf: pages.tone,
      text: (key: string, values: Readonly<Record<string, string | number>>) => pages.text(language, key, values),
      message: (key: string) => pages.revision.content.messages.text(language, block.func ?? '', key),
    };
    return [[block.name, foldedText(block, known, telling)] as const];
  });
  return new Map(told);
}
