import type { BoundBlock } from '../block.ts';
import type { BoundList } from '../list.ts';
import type { Row, Rows, Scope, Window } from '../provider.ts';

/** What came of asking a block's provider. */
export type Outcome = Ready | Failed;

export interface Ready extends Rows {
  readonly state: 'ready';
}

export interface Failed {
  readonly state: 'failed';
  /** The id that the failed block shows and the log holds. */
  readonly incident: string;
}

export interface LoadContext {
  /** Tells staff of a failure; returns the id under which it is known. */
  onFailure(failure: { block: string; func: string; error: unknown; isForeign: boolean }): string;
}

export const NOTHING: Ready = { state: 'ready', rows: [], total: 0 };

/** Loads the rows of all blocks at once; a block that fails or takes too long becomes a failed block and harms no other. */
export function load(blocks: readonly BoundBlock[], scope: Scope, context: LoadContext): Promise<readonly Outcome[]> {
  return Promise.all(blocks.map((block) => loadBlock(block, scope, context)));
}

function loadBlock(block: BoundBlock, scope: Scope, context: LoadContext): Promise<Outcome> | Outcome {
  if (!block.list) return NOTHING;
  const window = { limit: block.list.limit, offset: 0 };
  return loadList(block.list, { name: block.name, timeout: block.timeout, window }, scope, context);
}

/** Loads one list under a time limit. Every row of a customer is compared with its owner before anything else sees it. */
export async function loadList(
  list: BoundList,
  block: { name: string; timeout: number; window: Window },
  scope: Scope,
  context: LoadContext,
): Promise<Outcome> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`No rows after ${block.timeout} ms`);
      controller.abort(error);
      reject(error);
    }, block.timeout);
  });
  try {
    const { rows, total } = await Promise.race([list.source(scope, block.window, controller.signal), limit]);
    if (isForeign(rows, list, scope)) throw new ForeignRowError(list.func);
    return { state: 'ready', rows, total };
  } catch (error) {
    const isForeign = error instanceof ForeignRowError;
    return { state: 'failed', incident: context.onFailure({ block: block.name, func: list.func, error, isForeign }) };
  } finally {
    clearTimeout(timer);
  }
}

class ForeignRowError extends Error {
  constructor(func: string) {
    super(`The provider "${func}" returned a row of another customer`);
  }
}

function isForeign(rows: readonly Row[], { at }: BoundList, { customer }: Scope): boolean {
  const { owner } = at;
  return owner !== undefined && rows.some((row) => row[owner] !== customer);
}
