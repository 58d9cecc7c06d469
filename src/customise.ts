/** The page on which visitors arrange their own home page, and what they do there. */

import { placed } from './arrangement.ts';
import type { BoundBlock } from './block.ts';
import type { BlockRows } from './block-rows.ts';
import { arrangingView } from './customise-view.ts';
import type { Database } from './database.ts';
import { knownOf } from './folded.ts';
import { frameOf } from './frame.ts';
import { type Keep, ownerOf } from './keep.ts';
import type { LiveContent } from './live-content.ts';
import { createPage, type Page } from './page.ts';
import { audienceOf } from './pages.ts';
import { LONGEST, type Preference, readPreference, writePreference } from './preference.ts';
import { type Act, type Change, type Changed, change } from './preference-change.ts';
import type { Scope } from './provider.ts';
import { createPreferences } from './store/index.ts';
import { readUserFile, type Untaken, writeUserFile } from './user-file.ts';

/** What was done a moment ago: it is said, and the focus stays with it. */
export interface Done {
  readonly act: Act | 'undo' | 'import' | 'unread';
  readonly block?: string | undefined;
  readonly name?: string | undefined;
}

export interface CustomiseVisit {
  readonly preference: Preference;
  readonly done?: Done | undefined;
  /** What of a file that was taken over did not carry over. */
  readonly untaken?: readonly Untaken[] | undefined;
}

export interface Customise {
  page(scope: Scope, visit: CustomiseVisit): Promise<Page>;
  /** Makes one change; false when there is no such block, or a lock forbids it. */
  change(scope: Scope, wanted: Change): Promise<boolean>;
  /** Takes the last change back. */
  undo(scope: Scope): Promise<boolean>;
  /** The page as the family's file of a user. */
  file(scope: Scope, preference: Preference): { readonly name: string; readonly text: string };
  /** Takes such a file over; gives what of it does not carry over, and undefined when it is none. */
  read(scope: Scope, bytes: Uint8Array): Promise<readonly Untaken[] | undefined>;
}

export interface CustomiseContext {
  readonly content: LiveContent;
  readonly keep: Keep;
  readonly rows: BlockRows;
  readonly database: Database;
  readonly manager: string;
}

/** Milliseconds that folding waits for what the heading will tell. */
const PATIENCE = 300;

export function createCustomise({ content, keep, rows, database, manager }: CustomiseContext): Customise {
  const preferences = createPreferences(database);

  const planOf = ({ level }: Scope) => {
    const { plans, content: layouts } = content.pages.revision;
    const [plan, layout] = [plans.get(level), layouts.layouts.get(level)];
    if (!plan || !layout) throw new Error(`Level ${level} has no home page`);
    return { plan, layout };
  };

  /** Too long a text is not stored: a layout of thousands of blocks, each of which was moved. */
  const store = (scope: Scope, make: (preference: Preference) => Changed | undefined) =>
    preferences.change(scope.user, (text) => {
      const changed = make(readPreference(text));
      const next = changed && writePreference(changed);
      return next === null || (next !== undefined && next.length <= LONGEST) ? next : undefined;
    });

  const knownNow = async (scope: Scope, block: BoundBlock | undefined) => {
    if (!block?.list) return undefined;
    const { outcomes, whole } = rows.ask([block], { scope, shelf: keep.shelf(ownerOf(scope), scope.now.getTime()) });
    await Promise.race([whole, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    return knownOf(block, outcomes.get(block.name), content.pages.tone, scope.now);
  };

  return {
    async page(scope, { preference, done, untaken = [] }) {
      const { plan } = planOf(scope);
      const canUndo = await preferences.canUndo(scope.user);
      const view = arrangingView({ plan, preference, done, untaken }, scope.language, content.pages);
      const segment = content.pages.page('customise', audienceOf(scope), { ...view, canUndo });
      return createPage(segment(frameOf(scope, { notice: view.said })));
    },
    async change(scope, wanted) {
      const { plan } = planOf(scope);
      const block = plan.blocks.find(({ name }) => name === wanted.block);
      const known = wanted.act === 'fold' ? await knownNow(scope, block) : undefined;
      return store(scope, (preference) => change(plan, preference, { ...wanted, known }));
    },
    undo: ({ user }) => preferences.undo(user),
    file(scope, preference) {
      const { plan, layout } = planOf(scope);
      const name = `${manager}.${scope.login.replace(/[^\w.@+-]/g, '_')}.dashboard.xml`;
      return { name, text: writeUserFile(placed(plan, preference), layout) };
    },
    async read(scope, bytes) {
      const { plan, layout } = planOf(scope);
      const file = readUserFile(bytes, plan, layout);
      if (!file || !(await store(scope, () => file.changed))) return undefined;
      return file.untaken;
    },
  };
}
