/** Merges the elements of an overlay into those they change. Source: format.md, 11.2; `remove` is Lintel's own. */
import type { ElementContract } from '../element.ts';
import { attributeOf, elementsOf, textOf, type XmlAttribute, type XmlElement } from '../xml/node.ts';
import { attributeText, type Draft, draftsIn, shellOf } from './draft.ts';
import type { Judgement } from './overlay-judgement.ts';

/** What an overlay changes, as it stood before: for pins. */
export interface Target {
  /** Where it is: `layouts/billmgr_dashboard_5.xml: block taskbar / toolbtn help`. */
  readonly name: string;
  readonly change: XmlElement;
  readonly base: XmlElement;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly string[];
}

/** One overlay at work. */
export interface Merging {
  readonly elements: ReadonlyMap<string, ElementContract>;
  readonly judgement: Judgement;
  readonly targets: Target[];
}

/** An element of the base, or a new one, and where it is. */
export interface Spot {
  readonly draft: Draft;
  readonly name: string;
  /** It comes from the overlay itself. */
  readonly isNew: boolean;
}

const PLACES = ['before', 'after', 'first', 'last'];
const MERGE_ONLY = [...PLACES, 'remove'];

/** Merges elements of an overlay into what is at the spot: changes what has the same key, adds what is whole. */
export function mergeChildren(spot: Spot, changes: readonly XmlElement[], merging: Merging): void {
  const settled = new Set<Draft>();
  const moves: [Draft, XmlElement][] = [];
  for (const change of changes) {
    const target = findTarget(spot.draft, change, merging);
    const draft =
      target && !settled.has(target) ? mergeInto(spot, target, { change, merging }) : add(spot, change, merging);
    if (!draft) continue;
    settled.add(draft);
    moves.push([draft, change]);
  }
  for (const [draft, change] of inOrder(moves)) move(spot, draft, { change, merging });
}

/** An element that wants its place beside another comes after it, where that is moved too. */
function inOrder(moves: readonly [Draft, XmlElement][]): [Draft, XmlElement][] {
  const done: [Draft, XmlElement][] = [];
  const open = moves.filter(([, change]) => placesOf(change).length > 0);
  while (open.length > 0) {
    const names = new Set(open.map(([, change]) => attributeOf(change, 'name')?.value));
    const isFree = ({ name, value }: XmlAttribute) => isFlag(name) || !names.has(value);
    const free = open.findIndex(([, change]) => placesOf(change).every(isFree));
    done.push(...open.splice(Math.max(0, free), 1));
  }
  return done;
}

interface Change {
  readonly change: XmlElement;
  readonly merging: Merging;
}

/** The sibling-to-be with the same key; without a key there is one at its place. */
function findTarget({ children }: Draft, change: XmlElement, { elements }: Merging): Draft | undefined {
  const contract = elements.get(change.name);
  if (!contract || contract.merge === 'no') return undefined;
  return children.find(
    (child): child is Draft =>
      child.kind === 'element' &&
      child.name === change.name &&
      contract.key.every(
        (key) => attributeText(child, key) !== undefined && attributeText(child, key) === attributeText(change, key),
      ),
  );
}

/** Merges a change into its target; undefined when that is gone now. */
export function mergeInto(around: Spot, target: Draft, { change, merging }: Change): Draft | undefined {
  const { judgement, elements } = merging;
  const name = `${around.name} ${nameOf(change, elements)}`;
  judgement.found(change);
  merging.targets.push(targetOf(name, target, { change, merging }));
  if (isRemoved(change)) {
    around.draft.children = around.draft.children.filter((child) => child !== target);
    around.draft.changedBy = change;
    return undefined;
  }
  if (elements.get(change.name)?.merge === 'replace') return replace(around.draft, target, { change, merging });
  const added = attributesOf(change, elements);
  if (added.length === 0 && elementsOf(change).length === 0 && textOf(change) === '' && placesOf(change).length === 0)
    judgement.unused(change);
  for (const attribute of added) setAttribute(target, attribute, { change, merging });
  for (const attribute of mergeOnly(change)) put(target, attribute);
  if (mergeOnly(change).length > 0) target.changedBy = change;
  const text = elements.get(change.name)?.text ? textOf(change) : '';
  if (text !== '') setText(target, change, judgement);
  mergeChildren({ draft: target, name: `${name} /`, isNew: around.isNew }, elementsOf(change), merging);
  return target;
}

/** What an overlay's element says, without its key and its place. */
function attributesOf(change: XmlElement, elements: Merging['elements']): XmlAttribute[] {
  const key = elements.get(change.name)?.key ?? [];
  return change.attributes.filter(({ name }) => !key.includes(name) && !MERGE_ONLY.includes(name));
}

function mergeOnly({ attributes }: XmlElement): XmlAttribute[] {
  return attributes.filter(({ name }) => MERGE_ONLY.includes(name));
}

function setAttribute(target: Draft, attribute: XmlAttribute, { change, merging }: Change): void {
  const isSame = attributeText(target, attribute.name) === attribute.value;
  // What kind of a function it changes, an overlay may say for its readers.
  if (isSame && change.name === 'metadata' && attribute.name === 'type') return;
  if (isSame) merging.judgement.unused(attribute);
  else merging.judgement.used(attribute);
  if (isSame) return;
  put(target, attribute);
  target.changedBy = change;
}

function put(target: Draft, attribute: XmlAttribute): void {
  const at = target.attributes.findIndex(({ name }) => name === attribute.name);
  target.attributes = at < 0 ? [...target.attributes, attribute] : target.attributes.with(at, attribute);
}

function setText(target: Draft, change: XmlElement, judgement: Judgement): void {
  if (ownText(target) === textOf(change)) {
    judgement.unused(change);
    return;
  }
  judgement.used(change);
  target.children = [...shellOf(change).children, ...draftsIn(target)];
  target.from = change;
  target.changedBy = change;
}

function replace(around: Draft, target: Draft, { change, merging }: Change): Draft {
  const draft = shellOf(change);
  if (saysSame(target, draft)) merging.judgement.unused(change);
  else merging.judgement.used(change);
  draft.changedBy = change;
  around.children = around.children.with(around.children.indexOf(target), draft);
  return draft;
}

function saysSame(one: Draft, other: Draft): boolean {
  return (
    one.attributes.length === other.attributes.length &&
    one.attributes.every(({ name, value }) => attributeText(other, name) === value)
  );
}

/** Adds an element that is whole, or one that only groups others; undefined when it can only be a change of what is gone. */
function add(around: Spot, change: XmlElement, merging: Merging): Draft | undefined {
  const isWanted = around.isNew || isWhole(change, around.draft, merging);
  if (isRemoved(change) || !(isWanted || isGroup(change, merging))) {
    merging.judgement.gone(change, around.draft);
    return undefined;
  }
  const draft = newDraft(around, change, { merging, isNew: isWanted });
  if (!isWanted && draftsIn(draft).length === 0) return undefined;
  if (isWanted) merging.judgement.found(change);
  insertLast(around.draft, draft);
  around.draft.changedBy = change;
  return draft;
}

function newDraft(around: Spot, change: XmlElement, { merging, isNew }: { merging: Merging; isNew: boolean }): Draft {
  const draft = shellOf(change);
  const name = `${around.name} ${nameOf(change, merging.elements)} /`;
  mergeChildren({ draft, name, isNew }, elementsOf(change), merging);
  return draft;
}

/** An element that holds others, and of which there is one at its place. */
function isGroup({ name }: XmlElement, { elements }: Merging): boolean {
  const contract = elements.get(name);
  return contract?.key.length === 0 && contract.merge === 'xml' && !contract.text;
}

const TARGETS = ['form', 'list', 'func', 'url', 'window'];

/** Whether an element says all that one of its kind has to say, so that it can stand without a base. */
export function isWhole(change: XmlElement, around: Pick<Draft, 'attributes'>, { elements }: Merging): boolean {
  const has = (name: string) => attributeOf(change, name) !== undefined;
  const contract = elements.get(change.name);
  if (!contract) return true;
  const required = (contract.attributes as { readonly required?: readonly string[] }).required ?? [];
  if (!required.every(has)) return false;
  switch (change.name) {
    case 'block':
      return attributeText(change, 'type') !== 'list' || has('func');
    case 'toolbtn':
      return attributeText(around, 'type') === 'list' || TARGETS.some(has) || attributeText(change, 'type') === 'back';
    case 'metadata':
      return has('type');
    case 'field':
    case 'page':
      return elementsOf(change).length > 0;
    default:
      return !contract.text || textOf(change) !== '';
  }
}

/** Gives a draft its place among its siblings of the same name. */
function move({ draft: around }: Spot, draft: Draft, { change, merging }: Change): void {
  const [attribute, other] = placesOf(change);
  if (!attribute) return;
  const problem = other ?? (isItself(attribute, change, merging) ? attribute : undefined);
  if (problem) {
    merging.judgement.misplaced(problem, attribute);
    return;
  }
  const siblings = draftsIn(around, change.name).filter((sibling) => sibling !== draft);
  const key = merging.elements.get(change.name)?.key[0] ?? 'name';
  const beside =
    attribute.name === 'first'
      ? siblings[0]
      : attribute.name === 'last'
        ? siblings.at(-1)
        : siblings.find((sibling) => attributeText(sibling, key) === attribute.value);
  if (!beside) {
    if (attribute.name === 'before' || attribute.name === 'after') merging.judgement.lost(attribute, around, siblings);
    return;
  }
  merging.judgement.used(attribute);
  const rest = around.children.filter((child) => child !== draft);
  const at = rest.indexOf(beside) + (attribute.name === 'after' || attribute.name === 'last' ? 1 : 0);
  around.children = rest.toSpliced(at, 0, draft);
  around.changedBy = change;
}

function placesOf(change: XmlElement): XmlAttribute[] {
  return change.attributes.filter(({ name, value }) => PLACES.includes(name) && !(isFlag(name) && isOff(value)));
}

const isFlag = (name: string) => name === 'first' || name === 'last';
const isOff = (value: string) => !/^(yes|on)$/.test(value);

function isItself({ name, value }: XmlAttribute, change: XmlElement, { elements }: Merging): boolean {
  return !isFlag(name) && value === attributeText(change, elements.get(change.name)?.key[0] ?? 'name');
}

export function isRemoved(change: XmlElement): boolean {
  return !isOff(attributeOf(change, 'remove')?.value ?? 'no');
}

/** Behind the last of its name; the first of a name at the end. */
function insertLast(around: Draft, draft: Draft): void {
  const last = around.children.findLastIndex((child) => child.kind === 'element' && child.name === draft.name);
  around.children = last < 0 ? [...around.children, draft] : around.children.toSpliced(last + 1, 0, draft);
}

/** An element by its key: `toolbtn help`. */
export function nameOf(element: Pick<Draft, 'name' | 'attributes'>, elements: Merging['elements']): string {
  const keys = elements.get(element.name)?.key ?? ['name'];
  return [element.name, ...keys.map((key) => attributeText(element, key) ?? '')].join(' ').trim();
}

function ownText({ children }: Draft): string {
  return children
    .map((child) => (child.kind === 'text' ? child.text : ''))
    .join('')
    .trim();
}

function targetOf(name: string, target: Draft, { change, merging }: Change): Target {
  return {
    name,
    change,
    base: target.from,
    attributes: Object.fromEntries(target.attributes.map((attribute) => [attribute.name, attribute.value])),
    text: merging.elements.get(target.name)?.text ? ownText(target) : '',
    children: draftsIn(target).map((child) => nameOf(child, merging.elements)),
  };
}
