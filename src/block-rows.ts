/** The rows of blocks: kept ones at once, the others from their providers, each under its own guard. */
import type { BoundBlock } from './block.ts';
import { audienceKey, type Shelf } from './keep.ts';
import type { BoundList } from './list.ts';
import { hasNotices, type Notices } from './notices.ts';
import { type Deadlines, load, type OnFailure, type Outcome, startDeadlines } from './pipeline/load.ts';
import type { Scope } from './provider.ts';
import type { Reports } from './reports.ts';

export interface BlockRows {
  /** Asks for the rows of blocks, all at once. No block waits for another, and none rejects. */
  ask(blocks: readonly BoundBlock[], asking: Asking): Asked;
}

export interface Asking {
  readonly scope: Scope;
  readonly shelf: Shelf;
}

export interface Asked {
  /** What came so far, by the name of the block; a block without rows is not among them. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Resolves when the outcome of all blocks has come: the time in milliseconds until which they hold. */
  readonly whole: Promise<number>;
}

export interface BlockRowsContext {
  readonly reports: Reports;
  readonly notices: Notices;
  readonly onFailure: OnFailure;
}

/** Seconds for which rows are kept when neither block nor definition says it. */
export const CACHE = 5;

export function createBlockRows({ reports, notices, onFailure }: BlockRowsContext): BlockRows {
  /** The outcome of a block's rows, from the shelf while it may be kept; `until` is when it stops being so. */
  const outcomeOf = async (block: RowsBlock, { scope, shelf }: Asking, deadlines: Deadlines): Promise<Kept> => {
    const { list, band, name } = block;
    const now = scope.now.getTime();
    const given = band && reports.usual(band.func, scope);
    const asked = given ? JSON.stringify([band.diagrams.map((one) => one.name), given]) : list.limit;
    const key = `${list.identity} ${asked} ${block.cache} ${audienceKey(scope)}`;
    const kept = shelf.get<Kept>(key, now);
    if (kept) return kept;
    const deadline = deadlines.after(block.timeout);
    const window = { limit: list.limit, offset: 0 };
    const outcome = given
      ? await reports.band({ band: { ...band, list }, name, given, deadline }, scope)
      : await load({ name, list, window, deadline }, scope, onFailure);
    const until = outcome.state === 'ready' ? now + (block.cache ?? CACHE) * 1000 : now;
    shelf.put(key, { outcome, until }, until, now);
    return { outcome, until };
  };

  const all = async (blocks: readonly BoundBlock[], asking: Asking, outcomes: Map<string, Outcome>) => {
    const deadlines = startDeadlines();
    const lists = blocks.flatMap((block) => withRows(block) ?? []);
    const came = async (block: RowsBlock) => {
      const { outcome, until } = await outcomeOf(block, asking, deadlines);
      outcomes.set(block.name, outcome);
      return until;
    };
    const until = Math.min(...(await Promise.all(lists.map(came))));
    deadlines.clear();
    if (!blocks.some(hasNotices)) return until;
    return Math.min(until, await notices.show(blocks, outcomes, asking));
  };

  return {
    ask(blocks, asking) {
      const outcomes = new Map<string, Outcome>();
      return { outcomes, whole: all(blocks, asking, outcomes) };
    },
  };
}

interface Kept {
  readonly outcome: Outcome;
  readonly until: number;
}

type RowsBlock = BoundBlock & { readonly list: BoundList };

function withRows(block: BoundBlock): RowsBlock | undefined {
  const list = block.list ?? block.band?.list;
  return list && { ...block, list };
}
