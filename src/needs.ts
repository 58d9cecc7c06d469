/** Which blocks have something for the visitor to do, and how each says it. */
import { countConcerns } from './attention.ts';
import type { BoundBlock } from './block.ts';
import { formatsOf } from './formats.ts';
import { fill } from './messages.ts';
import type { Pages } from './pages.ts';
import type { Outcome, Ready } from './pipeline/load.ts';
import type { Scope } from './provider.ts';

/** What needs the visitor, in words, by the name of the block. */
export type Needs = ReadonlyMap<string, string>;

/** A block whose rows did not come, or are none, needs nobody. */
export function needsOf(
  blocks: readonly BoundBlock[],
  outcomes: ReadonlyMap<string, Outcome>,
  { scope, pages }: { readonly scope: Scope; readonly pages: Pages },
): Needs {
  let needs: Map<string, string> | undefined;
  for (const block of blocks) {
    if (!block.concerns || block.concerns.length === 0) continue;
    const outcome = outcomes.get(block.name);
    const said = outcome?.state === 'ready' ? say(block, outcome, { scope, pages }) : '';
    if (said !== '') (needs ??= new Map()).set(block.name, said);
  }
  return needs ?? NOTHING;
}

const NOTHING: Needs = new Map();

function say(
  { name, concerns = [] }: BoundBlock,
  { rows, total }: Ready,
  { scope, pages }: { readonly scope: Scope; readonly pages: Pages },
): string {
  const { language, zone, now } = scope;
  const counts = countConcerns(concerns, rows, { formats: formatsOf(language, zone), now });
  const met = [...counts.values()].reduce((sum, count) => sum + count, 0);
  // All that are shown: how many more there are below them is not known.
  if (met > 0 && met === rows.length && total > met) return pages.text(language, 'needs_more', { count: met });
  return [...counts]
    .map(([reason, count]) => {
      const own = pages.revision.content.messages.text(language, 'dashboard', `${name}_needs_${reason}`);
      return own === undefined ? pages.text(language, 'needs', { count }) : fill(own, language, { count });
    })
    .join(' · ');
}
