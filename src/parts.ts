/** A home page that goes out in parts: its frame at once, and each block as it comes. */
import type { BoundBlock } from './block.ts';
import type { Asked } from './block-rows.ts';
import { focusOn, frameOf } from './frame.ts';
import { needsOf } from './needs.ts';
import { audienceOf, type Pages } from './pages.ts';
import type { OnFailure, Outcome } from './pipeline/load.ts';
import { COMING, type Frame, type Segment, type Standing } from './pipeline/segments.ts';
import type { Scope } from './provider.ts';

/** A page of which some blocks are late. */
export interface Parts {
  /** Markup, in the order in which it is to be sent; all together is the page. It does not fail after its first part. */
  readonly parts: AsyncIterable<string>;
  /** The visitor is gone: what is under way is aborted. */
  leave(): void;
}

/** What is known of the page when it begins. */
export interface Begun {
  readonly blocks: readonly BoundBlock[];
  readonly asked: Asked;
  readonly scope: Scope;
  /** What it tells beside its rows. */
  readonly shown: { readonly notice: string; readonly noteOf: Frame['noteOf']; readonly folded: Frame['folded'] };
  /** The page with a slot for each block. */
  readonly segment: Segment;
  readonly pages: Pages;
  readonly onFailure: OnFailure;
}

/** A late block stays in its place, whatever it has to say: nothing moves under the eyes of the visitor. */
export async function* inParts(begun: Begun): AsyncGenerator<string> {
  const { blocks, asked, scope, shown, segment, pages } = begun;
  const late = new Map(blocks.filter(({ name }) => isLate(name, asked)).map((block) => [block.name, block]));
  const there = blocks.filter(({ name }) => !late.has(name));
  const needs = needsOf(there, asked.outcomes, { scope, pages });
  const frame = frameOf(scope, { ...shown, outcomes: asked.outcomes, needs });
  const standing = new Map<string, Standing>([...late.keys()].map((name) => [name, 'late']));
  let filled = '';
  for (const block of there) {
    const markup = draw(block, frame, pages);
    if (frame.filling === '') continue;
    filled += markup;
    standing.set(block.name, needs.has(block.name) ? 'raised' : 'there');
  }
  const page = segment(frameOf(scope, { ...shown, outcomes: asked.outcomes, needs, standing }));
  const at = page.lastIndexOf(COMING);
  yield page.slice(0, at) + filled;
  const waited = new Map([...late.keys()].map((name) => [name, settled(name, asked)]));
  while (waited.size > 0) {
    const name = await Promise.race(waited.values());
    waited.delete(name);
    const block = late.get(name);
    if (block) yield drawLate(block, begun);
  }
  yield page.slice(at + COMING.length);
}

/** Whether the templates have a place in which blocks follow: those of a provider may be older. */
export function canPart(segment: Segment, scope: Scope): boolean {
  return segment(frameOf(scope)).includes(COMING);
}

function isLate(name: string, { coming, outcomes }: Asked): boolean {
  return coming.has(name) && !outcomes.has(name);
}

/** Never rejects: a block whose outcome did not come is drawn as failed. */
function settled(name: string, { coming }: Asked): Promise<string> {
  const done = () => name;
  return (coming.get(name) ?? Promise.resolve()).then(done, done);
}

function drawLate(block: BoundBlock, { asked, scope, shown, pages, onFailure }: Begun): string {
  const { name, func = '' } = block;
  const attempt = (outcomes: ReadonlyMap<string, Outcome>) =>
    draw(block, frameOf(scope, { ...shown, outcomes, needs: needsOf([block], outcomes, { scope, pages }) }), pages);
  try {
    if (!asked.outcomes.has(name)) throw new Error(`The outcome of "${name}" did not come`);
    return attempt(asked.outcomes);
  } catch (error) {
    const incident = onFailure({ name, func, error, isForeign: false });
    return attempt(new Map([[name, { state: 'failed', incident }]]));
  }
}

/** A block in its slot; `filling` of the frame is empty when it shows nothing. */
function draw(block: BoundBlock, frame: Frame, pages: Pages): string {
  const audience = audienceOf(frame.scope);
  focusOn(frame, block.name);
  frame.filling = pages.block(block, audience)(frame).trim();
  return pages.slotted(block, audience)(frame);
}
