/** The text that pages need for an element: which it is, and where it may be written. */
import { addressOf, isNoticeBlock, isToolbarBlock, type ListAround, listAround } from './list-around.ts';
import type { CheckContext } from './rule.ts';
import { attributeOf, elementsOf, type XmlAttribute, type XmlElement } from './xml/node.ts';

export type Text = readonly [group: string, key: string];

export interface NeededText {
  /** What the text is about, as a reader calls it. */
  readonly what: string;
  /** The attribute that names it. */
  readonly name: XmlAttribute;
  /** Any of them will do. */
  readonly texts: readonly [Text, ...Text[]];
  /** The function of which it is a part. */
  readonly part?: string | undefined;
}

type Need = Omit<NeededText, 'name'>;

/** The messages of the home page. */
export const DASHBOARD = 'dashboard';

/** Undefined when it needs none, or when another place is asked for it: a text of a list is asked for where the list is defined, not at each use. */
export function neededText(node: XmlElement, context: CheckContext): NeededText | undefined {
  const name = attributeOf(node, node.name === 'val' ? 'key' : 'name');
  const need = name && name.value !== '' ? neededBy(node, name.value, context) : undefined;
  return name && need && { ...need, name };
}

/** Whether a description is of something that has a page. */
function isFunction(metadata: XmlElement): boolean {
  return !/^(dashboard|helpboard)$/.test(attributeOf(metadata, 'type')?.value ?? '');
}

function neededBy(node: XmlElement, name: string, context: CheckContext): Need | undefined {
  switch (node.name) {
    case 'metadata':
      return isFunction(node) ? { what: 'function', texts: [[name, 'title']] } : undefined;
    case 'block':
      return headingOf(node, name, context);
    case 'col':
      return headOf(node, name, context);
    case 'page':
    case 'band':
    case 'text':
      return inForm(node.name, node, name);
    case 'field':
      return isSeen(node) ? inForm('field', node, name) : undefined;
    case 'button':
      return /^(ok|cancel)$/.test(name) ? undefined : inForm('button', node, `button_${name}`);
    case 'val':
      return optionOf(node, name);
    case 'toolbtn':
      return captionOf(node, name, context);
    default:
      return undefined;
  }
}

function inForm(what: string, node: XmlElement, key: string): Need {
  const form = functionAround(node);
  return { what, texts: [[form, key]], part: form };
}

/** An option is told by its select, if that has a name. */
function optionOf({ parent }: XmlElement, name: string): Need | undefined {
  const select = parent && attributeOf(parent, 'name');
  return select && inForm('option', parent, `${select.value}_${name}`);
}

/** The function whose definition an element is part of. */
export function functionAround(element: XmlElement): string {
  for (let at: XmlElement | undefined = element; at; at = at.parent) {
    if (at.name === 'metadata') return attributeOf(at, 'name')?.value ?? '';
  }
  return '';
}

/** Whether a field has a control that is not hidden. */
function isSeen(field: XmlElement): boolean {
  return elementsOf(field).some((control) => attributeOf(control, 'type')?.value !== 'hidden');
}

function captionOf(node: XmlElement, name: string, context: CheckContext): Need | undefined {
  const { parent } = node;
  const what = 'button';
  if (parent?.name === 'block') {
    const block = isToolbarBlock(parent) ? attributeOf(parent, 'name')?.value : undefined;
    return block === undefined ? undefined : { what, texts: [[DASHBOARD, `${block}_${name}`]] };
  }
  const list = listAround(node, context);
  return list && list.name !== ''
    ? { what, texts: [[list.name, `short_${name}`]], part: list.metadata && list.name }
    : undefined;
}

/** Lists and pages in a frame have a heading, and a notice has a text. A list's title is a heading too, so it is asked for where a file defines it. */
function headingOf(block: XmlElement, name: string, context: CheckContext): Need | undefined {
  const has = (attribute: string) => attributeOf(block, attribute) !== undefined;
  const own: Text = [DASHBOARD, name];
  if (has('title')) return undefined;
  if (isNoticeBlock(block))
    return has('func') ? undefined : { what: 'notice', texts: [[DASHBOARD, `${name}_text`], own] };
  if (addressOf(block)) return { what: 'block', texts: [own] };
  const list = listAround(block, context);
  return list && !list.metadata ? { what: 'block', texts: [own, [list.name, 'title']] } : undefined;
}

/** A column has a heading that no other place answers for, when it is one that its list can have. */
function headOf(col: XmlElement, name: string, context: CheckContext): Need | undefined {
  const list = listAround(col, context);
  if (!list || !/^(no|off)$/.test(attributeOf(col, 'hidden')?.value ?? 'no')) return undefined;
  const isNeeded = list.isDefinition ? (list.fields?.includes(name) ?? true) : isUnanswered(name, list);
  // What a file does not define has no place where its title is asked for.
  return isNeeded ? { what: 'column', texts: [[list.name, name]], part: list.metadata && list.name } : undefined;
}

/** Whether a list has a column whose heading its definition is not asked for. */
function isUnanswered(name: string, { columns, fields, metadata }: ListAround): boolean {
  const declared = columns.find((column) => column.name === name);
  const isAnswered = declared && !declared.hidden && metadata;
  return !isAnswered && (declared !== undefined || fields?.includes(name) === true);
}
