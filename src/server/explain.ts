/** What staff are told of the blocks of a page: where each comes from, which gate decided, and how its rows came. */
import type { AskedBlock, Engine, Viewer, Why } from '../engine.ts';

/** Collects how blocks came, for the header `Server-Timing`, and says it at each. */
export function createExplanation(engine: Engine, viewer: Viewer) {
  const came = new Map<string, AskedBlock>();
  return {
    onAsked: (asked: AskedBlock) => void came.set(asked.block, asked),
    noteOf(block: string): string {
      const why = engine.why(viewer, block);
      return why ? explained(why, came.get(block)).join('\n') : '';
    },
    /** `tickets;dur=12.3;desc="asked, ready"` */
    timing: () =>
      [...came.values()]
        .map(
          ({ block, milliseconds, from, outcome }) =>
            `${block.replace(/[^\w-]/g, '_')};dur=${milliseconds.toFixed(1)};desc="${from}, ${outcome}"`,
        )
        .join(', '),
  };
}

/** Each fact with its place, and a line on the rows. */
export function explained({ facts }: Why, asked: AskedBlock | undefined): string[] {
  const lines = facts.map(({ says, at }) => (at ? `${says} (${at.path}:${at.line}:${at.column})` : says));
  return asked ? [...lines, cameHow(asked)] : lines;
}

function cameHow({ func, from, outcome, milliseconds, age }: AskedBlock): string {
  const how = from === 'kept' ? 'kept in memory' : `asked for, ${milliseconds.toFixed(1)} ms`;
  const state = { ready: '', stale: ', too old but shown for newer ones did not come', failed: ', and failed' }[
    outcome
  ];
  const old = age > 0 ? `, read ${(age / 1000).toFixed(1)} s ago` : '';
  return `Rows of "${func}": ${how}${old}${state}`;
}
