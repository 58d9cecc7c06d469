/** What a visitor sees of a plan, and where: shown = allowed ∩ (preference or default). */
import type { BoundBlock } from './block.ts';
import type { Plan } from './plan.ts';

/** What a visitor changed about the own page: a small difference from the layout, by the names of blocks. */
export type Preference = Readonly<Record<string, never>>;

export interface PlacedBlock {
  readonly block: BoundBlock;
  readonly position: BoundBlock['position'];
}

export interface Arrangement {
  readonly level: number;
  /** Tells arrangements of one plan apart; empty for the plan as it is. */
  readonly identity: string;
  /** The blocks that are shown, in their order; one that is folded or hidden is asked for no rows. */
  readonly blocks: readonly PlacedBlock[];
}

export function arrange(plan: Plan, _preference: Preference | undefined): Arrangement {
  return { level: plan.level, identity: '', blocks: plan.blocks.map((block) => ({ block, position: block.position })) };
}
