/** The list that an element of a definition describes, or that the block around it shows: what its columns, fields and buttons may be. */
import { definitionsOf } from './layout.ts';
import type { Column } from './provider.ts';
import type { CheckContext } from './rule.ts';
import { attributeOf, elementsOf, textOf, type XmlAttribute, type XmlElement } from './xml/node.ts';

export interface ListAround {
  readonly name: string;
  /** Whether the element is part of the list's definition. */
  readonly isDefinition: boolean;
  /** The definition; undefined for a list that is written in TypeScript. */
  readonly metadata: XmlElement | undefined;
  /** Every field a row can have; undefined when nothing could say. */
  readonly fields: readonly string[] | undefined;
  /** What the list declares; empty within its definition. */
  readonly columns: readonly Column[];
  readonly buttons: readonly string[];
}

/** Undefined outside of lists, and for a list that is not known. */
export function listAround(element: XmlElement, context: CheckContext): ListAround | undefined {
  for (let at: XmlElement | undefined = element; at; at = at.parent) {
    if (at.name === 'band' || at.name === 'metadata' || at.name === 'block') return listOf(at, context);
  }
  return undefined;
}

/** Of the elements around, the last one is asked for again and again. */
const latest = new WeakMap<CheckContext, { readonly element: XmlElement; readonly list: ListAround | undefined }>();

function listOf(element: XmlElement, context: CheckContext): ListAround | undefined {
  const known = latest.get(context);
  if (known?.element === element) return known.list;
  const list = hasQuery(element)
    ? describedBy(element, context)
    : isListBlock(element)
      ? shownBy(element, context)
      : undefined;
  latest.set(context, { element, list });
  return list;
}

export function isListBlock(element: XmlElement): boolean {
  return element.name === 'block' && attributeOf(element, 'type')?.value === 'list';
}

export function isStateBlock(element: XmlElement): boolean {
  return element.name === 'block' && attributeOf(element, 'type')?.value === 'state';
}

export function isNoticeBlock(element: XmlElement): boolean {
  return element.name === 'block' && attributeOf(element, 'type')?.value === 'notice';
}

const ADDRESSES = ['url', 'src', 'href', 'address'];

/** The attribute that says which page a block shows in a frame: the first of those that may. */
export function addressOf(block: XmlElement): XmlAttribute | undefined {
  for (const name of ADDRESSES) {
    const found = attributeOf(block, name);
    if (found) return found;
  }
  return undefined;
}

export function isToolbarBlock(element: XmlElement): boolean {
  if (element.name !== 'block') return false;
  const type = attributeOf(element, 'type')?.value;
  return type === 'toolbar' || type === 'taskbar';
}

export function isListDefinition(element: XmlElement): boolean {
  return element.name === 'metadata' && attributeOf(element, 'type')?.value === 'list';
}

/** Whether an element holds the query of some rows: the definition of a list, or a band of a report. */
export function hasQuery(element: XmlElement): boolean {
  return isListDefinition(element) || element.name === 'band';
}

/** The definition around an element, or itself. */
export function definitionAround(element: XmlElement): XmlElement {
  let at = element;
  while (at.name !== 'metadata' && at.parent) at = at.parent;
  return at;
}

export function isReportBlock(element: XmlElement): boolean {
  return element.name === 'block' && /^(report|diagram)$/.test(attributeOf(element, 'type')?.value ?? '');
}

function describedBy(metadata: XmlElement, context: CheckContext): ListAround {
  const answer = context.query(metadata);
  const acting = context.names?.functions.get(actionOf(metadata) ?? '')?.provider;
  return {
    name: attributeOf(definitionAround(metadata), 'name')?.value ?? '',
    isDefinition: true,
    metadata,
    fields: answer && 'columns' in answer ? answer.columns : acting?.fields,
    columns: [],
    buttons: [],
  };
}

/** The provider that a band's `<action>` names, as its text or as `func`. */
export function actionOf(band: XmlElement): string | undefined {
  const [action] = elementsOf(band, 'action');
  return action && (attributeOf(action, 'func')?.value ?? textOf(action));
}

function shownBy(block: XmlElement, context: CheckContext): ListAround | undefined {
  const provider = context.names?.functions.get(attributeOf(block, 'func')?.value ?? '')?.provider;
  if (!provider) return undefined;
  const { name, fields } = provider;
  return {
    name,
    isDefinition: false,
    metadata: definitionOf(name, context),
    fields,
    columns: named(provider.columns),
    buttons: named(provider.buttons).map((button) => button.name),
  };
}

// In a definition that is still to be corrected, a name may be missing.
function named<T extends { readonly name: string | undefined }>(things: readonly T[]): readonly T[] {
  return things.filter(({ name }) => name !== undefined);
}

/** The definition of a function among the documents. */
export function definitionOf(func: string, { documents }: CheckContext): XmlElement | undefined {
  let known = definitions.get(documents);
  if (known === undefined) definitions.set(documents, (known = definitionsIn(documents)));
  return known.get(func);
}

const definitions = new WeakMap<CheckContext['documents'], ReadonlyMap<string, XmlElement>>();

/** The first of a name counts. */
function definitionsIn(documents: CheckContext['documents']): ReadonlyMap<string, XmlElement> {
  const all = documents.flatMap(({ root }) => definitionsOf(root));
  return new Map(all.reverse().map((metadata) => [attributeOf(metadata, 'name')?.value ?? '', metadata]));
}

const asked = new WeakMap<XmlElement, ReadonlySet<string>>();

/** The words of a definition's query, and `*` where it holds one. */
export function queryWords(metadata: XmlElement): ReadonlySet<string> {
  let words = asked.get(metadata);
  if (words === undefined) {
    const query = elementsOf(metadata, 'query').map(textOf).join(' ');
    asked.set(metadata, (words = new Set([...query.split(/\W+/), ...(query.includes('*') ? ['*'] : [])])));
  }
  return words;
}
