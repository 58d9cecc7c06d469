/** What files of the family may carry and Lintel reads over: no slip of the author, but without effect. Source: format.md, 4, 5, 9 and 11. */
import type { XmlElement } from './xml/node.ts';

const ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  // The answer of a running panel: request, paging, rows, values of a form, result, and what its theme shows around.
  doc: [
    ...['tparams', 'saved_filters', 'links', 'branding', 'addon', 'tips', 'tip', 'plid', 'plname', 'mainmenu'],
    ...['p_num', 'p_cnt', 'p_elems', 'p_sort', 'p_order', 'p_col', 'page', 'elem', 'list', 'slist'],
    ...['error', 'ok', 'banner', 'notify', 'timeout', 'alert', 'auth'],
  ],
  mgrdata: ['mainmenu', 'handler', 'library', 'plugin', 'import'],
  metadata: ['reportdata'],
  block: ['elem'],
  form: ['desc', 'frame', 'htmldata', 'slist'],
  page: ['desc', 'frame', 'htmldata'],
  field: ['desc', 'slider', 'frame', 'htmldata'],
  list: ['elem'],
  select: ['slist'],
  toolbtn: ['remove'],
};

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  block: ['spritesvg', 'autoupdate', 'img', 'selficon', 'width'],
  col: ['edit', 'editform', 'stat'],
  metadata: ['group'],
  prop: ['sprite', 'spritesvg'],
  query: ['level'],
  form: ['title', 'nonext', 'maxwidth', 'helpurl', 'level'],
  buttons: ['level'],
  button: ['remove_if', 'img'],
  val: ['level'],
  field: ['formwidth', 'fixed', 'experience', 'base', 'id'],
  input: ['empty', 'checkargs', 'zoom', 'private', 'date', 'period', 'mask', 'unlimit', 'identifier'],
  select: ['depend', 'sorted', 'period'],
  textarea: ['check', 'checkargs', 'setvalues'],
  textdata: ['type'],
  if: ['shadow'],
};

/** The elements that are read over in an element, with whatever they hold. */
export function familyElements(parent: string): readonly string[] {
  return Object.hasOwn(ELEMENTS, parent) ? (ELEMENTS[parent] ?? []) : [];
}

/** The attributes that are read over on an element. */
export function familyAttributes(element: string): readonly string[] {
  return Object.hasOwn(ATTRIBUTES, element) ? (ATTRIBUTES[element] ?? []) : [];
}

/** Whether an element is read over at its place; some have the name of another that means something elsewhere. */
export function isFamilyElement({ name, parent }: XmlElement): boolean {
  return familyElements(parent?.name ?? '').includes(name);
}

/** Attributes that XML itself defines count as well. */
export function isFamilyAttribute(element: string, attribute: string): boolean {
  return attribute.startsWith('xml:') || familyAttributes(element).includes(attribute);
}
