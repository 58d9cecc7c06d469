/** What files of the family may carry and Lintel reads over: no slip of the author, but without effect. Source: format.md, 4, 5, 9 and 11. */
import type { XmlElement } from './xml/node.ts';

const ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  doc: ['tparams', 'saved_filters', 'links', 'branding', 'addon', 'tips', 'plid', 'plname'],
  mgrdata: ['mainmenu', 'handler', 'library', 'plugin', 'include'],
  form: ['desc'],
  field: ['slider', 'frame', 'htmldata'],
  col: ['xprop'],
};

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  block: ['spritesvg', 'if', 'refresh', 'lock', 'attention'],
  toolbtn: ['if'],
  col: ['view', 'edit', 'editform', 'if'],
  metadata: ['group', 'firstrun', 'selficont'],
  prop: ['sprite', 'spritesvg'],
  toolgrp: ['level', 'if'],
  form: ['title', 'nonext', 'maxwidth', 'helpurl'],
  page: ['if'],
  field: ['formwidth', 'fixed', 'experience', 'base', 'if', 'id'],
  input: [
    'empty',
    'checkargs',
    'zoom',
    'private',
    'date',
    'period',
    'mask',
    'unlimit',
    'identifier',
    'if',
    'remove_if',
  ],
  select: ['depend', 'sorted', 'period', 'if', 'remove_if'],
  textarea: ['check', 'checkargs', 'if', 'remove_if'],
  if: ['shadow'],
};

export function isFamilyElement({ name, parent }: XmlElement): boolean {
  return has(ELEMENTS, parent?.name ?? '', name);
}

/** Attributes that XML itself defines count as well. */
export function isFamilyAttribute(element: string, attribute: string): boolean {
  return attribute.startsWith('xml:') || has(ATTRIBUTES, element, attribute);
}

function has(table: Readonly<Record<string, readonly string[]>>, key: string, name: string): boolean {
  return Object.hasOwn(table, key) && table[key]?.includes(name) === true;
}
