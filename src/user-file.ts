/**
 * The family's file of a user, `var/userconf/MANAGER.LOGIN.dashboard.xml`: a copy of the layout with the blocks as the user
 * has them. Source: format.md, sections 1 and 2; a hidden block, which the family does not know, is `display="none"`.
 */
import { canFold, linksOf, type PlacedBlock, REGIONS, thingsOf } from './arrangement.ts';
import type { BoundBlock } from './block.ts';
import { blocksOf } from './layout.ts';
import { type Move, movesTo } from './order.ts';
import type { Plan } from './plan.ts';
import type { BlockPreference } from './preference.ts';
import type { Changed } from './preference-change.ts';
import { attributeOf, elementsOf, unwrapped, type XmlElement } from './xml/node.ts';
import { readXml } from './xml/read.ts';

/** As large as such a file may be, in bytes. */
export const LARGEST_FILE = 256 * 1024;

/** The file of a page with those blocks, of which `layout` has the elements. */
export function writeUserFile(blocks: readonly PlacedBlock[], layout: XmlElement): string {
  const elements = new Map(blocksOf(layout).map((element) => [valueIn(element, 'name'), element]));
  const written = blocks.map((placed) => writeBlock(placed, elements.get(placed.block.name)));
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<doc>', ...written, '</doc>', ''].join('\n');
}

function writeBlock({ block, position, isFolded, isHidden }: PlacedBlock, element: XmlElement | undefined): string {
  const open = canFold(block) ? 'max' : '';
  const own = {
    position,
    display: isHidden ? 'none' : isFolded ? 'min' : open,
    ...(block.refresh !== undefined && { refresh: String(block.refresh) }),
  };
  const kept = (element?.attributes ?? []).filter(({ name }) => !(name in own) && name !== 'refresh');
  const attributes = [...kept.map(({ name, value }) => [name, value] as const), ...Object.entries(own)];
  const inside = element ? elementsOf(element) : [];
  const buttons = (block.links ?? []).flatMap(({ name }) => inside.filter((one) => valueIn(one, 'name') === name));
  const children = block.links ? buttons : inside;
  return writeElement(
    'block',
    attributes,
    children.map((child) => writeChild(child, '    ')),
    '  ',
  );
}

function writeChild(element: XmlElement, indent: string): string {
  const attributes = element.attributes.map(({ name, value }) => [name, value] as const);
  const children = elementsOf(element).map((child) => writeChild(child, `${indent}  `));
  return writeElement(element.name, attributes, children, indent);
}

function writeElement(
  name: string,
  attributes: readonly (readonly [string, string])[],
  children: readonly string[],
  indent: string,
): string {
  const start = `${indent}<${name}${attributes.map(([key, value]) => ` ${key}="${escaped(value)}"`).join('')}`;
  return children.length === 0 ? `${start}/>` : [`${start}>`, ...children, `${indent}</${name}>`].join('\n');
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '"': '&quot;' };
const escaped = (text: string) =>
  text.replace(/[&<"\t\n\r]/g, (character) => ESCAPES[character] ?? `&#${character.charCodeAt(0)};`);

/** Something of a file that does not carry over: which block it is about, and the rest of it. */
export interface Untaken {
  readonly what: 'block' | 'missing' | 'position' | 'presence' | 'collapse' | 'columns' | 'button';
  readonly block: string;
  readonly name?: string;
}

export interface UserFile {
  readonly changed: Changed;
  readonly untaken: readonly Untaken[];
}

/** What a user's file says of a page; undefined for one that cannot be read, or is none. */
export function readUserFile(bytes: Uint8Array, plan: Plan, layout: XmlElement): UserFile | undefined {
  const { root, problems } = readXml('dashboard.xml', bytes);
  const doc = unwrapped(root);
  if (doc?.name !== 'doc' || problems.length > 0) return undefined;
  const known = new Map(plan.blocks.map((block) => [block.name, block]));
  const originals = new Map(blocksOf(layout).map((element) => [valueIn(element, 'name'), element]));
  const untaken: Untaken[] = [];
  const taken = new Map<string, XmlElement>();
  for (const element of blocksOf(doc)) {
    const name = valueIn(element, 'name');
    if (!known.has(name)) untaken.push({ what: 'block', block: name });
    else if (!taken.has(name)) taken.set(name, element);
  }
  for (const name of known.keys()) if (!taken.has(name)) untaken.push({ what: 'missing', block: name });
  const blocks = new Map<string, BlockPreference>();
  for (const [name, element] of taken) {
    const block = known.get(name);
    if (!block) continue;
    if (hasOthers(element, originals.get(name), block)) untaken.push({ what: 'columns', block: name });
    blocks.set(
      name,
      readBlock(element, block, (what, one) => untaken.push({ what, block: name, ...(one && { name: one }) })),
    );
  }
  const moves = readMoves(plan, taken, (name) => untaken.push({ what: 'position', block: name }));
  return { changed: { moves, blocks }, untaken };
}

type Tell = (what: Untaken['what'], name?: string) => void;

function readBlock(element: XmlElement, block: BoundBlock, tell: Tell): BlockPreference {
  const display = valueIn(element, 'display');
  const folded = display === 'min' ? true : display === 'max' ? false : undefined;
  const isFoldLocked = folded === true && (!canFold(block) || block.locks.includes('collapse'));
  const isHideLocked = display === 'none' && block.locks.includes('presence');
  if (isFoldLocked) tell('collapse');
  if (isHideLocked) tell('presence');
  const refresh = Number(valueIn(element, 'refresh') || Number.NaN);
  return {
    ...(folded !== undefined && folded !== block.isCollapsed && !isFoldLocked && canFold(block) && { folded }),
    ...(display === 'none' && !isHideLocked && { hidden: true }),
    ...(Number.isSafeInteger(refresh) && refresh >= 0 && refresh !== block.refresh && { refresh }),
    ...readLinks(element, block, tell),
  };
}

function readLinks(element: XmlElement, block: BoundBlock, tell: Tell): Pick<BlockPreference, 'off' | 'moves'> {
  const wanted = [...new Set(elementsOf(element, 'toolbtn').map((button) => valueIn(button, 'name')))];
  const links = block.links?.map(({ name }) => name) ?? [];
  if (links.length === 0 || wanted.length === 0) return {};
  const there = wanted.filter((name) => links.includes(name));
  for (const name of wanted) if (!links.includes(name)) tell('button', name);
  const off = links.filter((name) => !there.includes(name));
  if (off.length > 0 && block.locks.includes('presence')) tell('presence');
  const shown = linksOf(block).filter(({ name }) => there.includes(name));
  const moves = movesTo(shown, new Map([['', there]]), []);
  return {
    ...(off.length > 0 && !block.locks.includes('presence') && { off }),
    ...(moves.length > 0 && { moves }),
  };
}

function readMoves(plan: Plan, taken: ReadonlyMap<string, XmlElement>, tell: (name: string) => void): Move[] {
  const things = thingsOf(plan.blocks).filter(({ name }) => taken.has(name));
  const fixed = new Map(things.filter(({ isFixed }) => isFixed).map((thing) => [thing.name, thing]));
  const order = new Map<string, string[]>(REGIONS.map((region) => [region, []]));
  for (const [name, element] of taken) {
    const own = things.find((thing) => thing.name === name)?.place ?? 'top';
    const position = REGIONS.find((region) => region === valueIn(element, 'position')) ?? own;
    if (!fixed.has(name)) order.get(position)?.push(name);
    else if (position !== own) tell(name);
  }
  return movesTo(things, order, []);
}

/** Whether a block of the file shows other columns, or as many rows, as that of the page. */
function hasOthers(element: XmlElement, original: XmlElement | undefined, { links }: BoundBlock): boolean {
  if (!original || links) return false;
  const shape = (one: XmlElement) =>
    [
      valueIn(one, 'rows'),
      valueIn(one, 'func'),
      ...elementsOf(one).map((child) => `${child.name} ${valueIn(child, 'name')}`),
    ].join();
  return shape(element) !== shape(original);
}

const valueIn = (element: XmlElement, name: string) => attributeOf(element, name)?.value ?? '';
