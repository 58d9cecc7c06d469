/** What users have changed in their copies of a page: told, for a layout here is one for all of its level. */
import { attributeOf, elementsOf, type XmlElement } from '../xml/node.ts';
import type { ImportContext, Target, Tell } from './imported.ts';
import { treeOf } from './imported.ts';
import { managerOf } from './prune.ts';
import type { Copy } from './sort-files.ts';

/** Tells of each place where a copy differs from the page that it was made from. */
export function compareCopies(copies: readonly Copy[], targets: readonly Target[], context: ImportContext, tell: Tell) {
  for (const copy of copies) {
    const say = (at: XmlElement, severity: 'info' | 'warning', message: string, hint?: string) =>
      tell(
        { source: copy.source, range: attributeOf(at, 'name')?.valueRange ?? at.nameRange },
        { code: 'unused-copy', severity, message, ...(hint !== undefined && { hint }) },
      );
    const base = baseOf(copy, targets, context);
    if (base) differences(copy, base, say);
    else {
      const hint = `Put its blocks into layouts/${copy.manager}_dashboard_5.xml if all are to have them.`;
      say(copy.root, 'warning', `The page of "${copy.login}" is a copy of one that is not among the files`, hint);
    }
  }
}

type Say = (at: XmlElement, severity: 'info' | 'warning', message: string, hint?: string) => void;

function differences({ login, root }: Copy, base: Page, say: Say): void {
  const own = blocksOf(root);
  for (const [index, block] of own.entries()) {
    const name = nameOf(block);
    const original = base.blocks.find((other) => nameOf(other) === name);
    if (!original) {
      say(
        block,
        'warning',
        `Only "${login}" has the block "${name}"`,
        `Write it into ${base.path} if all are to have it.`,
      );
      continue;
    }
    const [there, here] = [positionOf(original), positionOf(block)];
    if (there !== here)
      say(block, 'info', `"${login}" has the block "${name}" at ${here}, the page has it at ${there}`);
    else if (rank(base.blocks, original) !== rank(own, block) && index > 0)
      say(block, 'info', `"${login}" has the block "${name}" at another place of its column`);
    if (attributeOf(block, 'display')?.value === 'min')
      say(block, 'info', `"${login}" has collapsed the block "${name}"`);
  }
  const gone = base.blocks.map(nameOf).filter((name) => !own.some((block) => nameOf(block) === name));
  for (const name of gone) say(root, 'info', `"${login}" does not have the block "${name}"`);
}

interface Page {
  readonly path: string;
  readonly blocks: readonly XmlElement[];
}

/** The page of the manager that has the most blocks of the copy. */
function baseOf({ manager, root }: Copy, targets: readonly Target[], context: ImportContext): Page | undefined {
  const names = blocksOf(root).map(nameOf);
  const shared = ({ blocks }: Page) => blocks.filter((block) => names.includes(nameOf(block))).length;
  return targets
    .filter(({ path }) => managerOf(path) === manager && path.includes('_dashboard_'))
    .map((target): Page => ({ path: target.path, blocks: blocksOf(treeOf(target, context)) }))
    .sort((a, b) => shared(b) - shared(a))[0];
}

function blocksOf(root: XmlElement | undefined): XmlElement[] {
  const inner = root ? elementsOf(root, 'metadata') : [];
  return root ? [root, ...inner].flatMap((element) => elementsOf(element, 'block')) : [];
}

const nameOf = (block: XmlElement) => attributeOf(block, 'name')?.value ?? '';
const positionOf = (block: XmlElement) => attributeOf(block, 'position')?.value ?? 'top';

function rank(blocks: readonly XmlElement[], block: XmlElement): number {
  return blocks.filter((other) => positionOf(other) === positionOf(block)).indexOf(block);
}
