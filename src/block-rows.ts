/** The rows of blocks: kept ones at once, the others from their providers, each under its own guard. */
import type { AskedBlock } from './asked-block.ts';
import type { BoundBlock } from './block.ts';
import { LeftError } from './deadline.ts';
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
  /** Told how the rows of each block came. */
  readonly onAsked?: ((asked: AskedBlock) => void) | undefined;
}

export interface Asked {
  /** What came so far, by the name of the block; as the visitor sees it; a block that asks for nothing is not among them. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** By the name of the block: when its outcome has come, the time in milliseconds until which it holds. */
  readonly coming: ReadonlyMap<string, Promise<number>>;
  /** When all outcomes have come, notices among them: the time until which all hold. */
  readonly whole: Promise<number>;
  /** Nobody waits any more; what nobody else waits for either is stopped. */
  leave(): void;
}

export interface BlockRowsContext {
  readonly reports: Reports;
  readonly notices: Notices;
  readonly onFailure: OnFailure;
  /** Told how the rows of every block came. */
  readonly observe?: ((asked: AskedBlock) => void) | undefined;
}

/** Seconds for which rows are kept when neither block nor definition says it. */
export const CACHE = 5;

export function createBlockRows({ reports, notices, onFailure, observe }: BlockRowsContext): BlockRows {
  /** The outcome of a block's rows, from the shelf while it may be kept; `until` is when it stops being so. */
  const outcomeOf = async (
    { block, list }: ListOfBlock,
    { scope, shelf, onAsked }: Asking,
    deadlines: Deadlines,
  ): Promise<Kept> => {
    const { band, name } = block;
    const now = scope.now.getTime();
    const given = band && reports.usual(band.func, scope);
    const asked = given ? JSON.stringify([band.diagrams.map((one) => one.name), given]) : list.limit;
    const key = `${list.identity} ${asked} ${block.cache} ${audienceKey(scope)}`;
    const tell = (kept: Kept, from: AskedBlock['from'], started: number) => {
      if (!observe && !onAsked) return;
      const { outcome } = kept;
      const state = outcome.state === 'ready' && outcome.asOf ? 'stale' : outcome.state;
      const milliseconds = from === 'kept' ? 0 : performance.now() - started;
      const told: AskedBlock = {
        block: name,
        func: list.func,
        outcome: state,
        from,
        milliseconds,
        age: now - kept.read,
      };
      observe?.(told);
      onAsked?.(told);
    };
    const known = shelf.get<Kept>(key, now);
    if (known) {
      tell(known, 'kept', 0);
      return known;
    }
    const started = performance.now();
    const deadline = deadlines.after(block.timeout);
    const window = { limit: list.limit, offset: 0 };
    const outcome = given
      ? await reports.band({ band: { ...band, list }, name, given, deadline }, scope)
      : await load({ name, list, window, deadline }, scope, onFailure);
    const isReady = outcome.state === 'ready';
    const before = isReady ? undefined : shelf.last<Kept>(key);
    const kept = before && standIn(before, block.stale, now);
    const until = isReady ? now + (block.cache ?? CACHE) * 1000 : now;
    const found = kept ?? { outcome, until, read: now };
    if (isReady && (until > now || block.stale > 0)) shelf.put(key, found, until, now);
    if (!(deadline.reason instanceof LeftError)) tell(found, 'asked', started);
    return found;
  };

  /** Puts the outcome of a block among the others, once it is what the visitor sees. */
  const come = async (block: BoundBlock, asking: Asking, { outcomes, deadlines }: Answers): Promise<number> => {
    const list = block.list ?? block.band?.list;
    const kept = list && (await outcomeOf({ block, list }, asking, deadlines));
    if (!hasNotices(block)) {
      if (kept) outcomes.set(block.name, kept.outcome);
      return kept?.until ?? Number.POSITIVE_INFINITY;
    }
    const shown = new Map(kept && [[block.name, kept.outcome]]);
    const until = await notices.show([block], shown, asking);
    for (const [name, outcome] of shown) outcomes.set(name, outcome);
    return Math.min(until, kept?.until ?? until);
  };

  return {
    ask(blocks, asking) {
      const deadlines = startDeadlines();
      const outcomes = new Map<string, Outcome>();
      const coming = new Map<string, Promise<number>>();
      for (const block of blocks)
        if (block.list || block.band || block.notice)
          coming.set(block.name, come(block, asking, { outcomes, deadlines }));
      const whole = Promise.all(coming.values()).then((untils) => {
        deadlines.clear();
        return Math.min(...untils);
      });
      return { outcomes, coming, whole, leave: () => deadlines.end(new LeftError('The visitor is gone')) };
    },
  };
}

interface Answers {
  readonly outcomes: Map<string, Outcome>;
  readonly deadlines: Deadlines;
}

/** What was read before, if it is not too old to stand in. */
function standIn({ outcome, read }: Kept, seconds: number, now: number): Kept | undefined {
  if (outcome.state !== 'ready' || now - read > seconds * 1000) return undefined;
  return { outcome: { ...outcome, asOf: new Date(read) }, until: now, read };
}

interface Kept {
  readonly outcome: Outcome;
  readonly until: number;
  /** When it was read, in milliseconds. */
  readonly read: number;
}

interface ListOfBlock {
  readonly block: BoundBlock;
  readonly list: BoundList;
}
