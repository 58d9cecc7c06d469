/** What files of the family may carry and Lintel reads over: no slip of the author, but without effect. Source: format.md, 4, 5, 9 and 11. */
import type { XmlElement } from './xml/node.ts';

const ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  doc: ['tparams', 'saved_filters', 'links', 'branding', 'addon', 'tips', 'plid', 'plname'],
  mgrdata: ['mainmenu', 'handler', 'library', 'plugin'],
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

/** The elements that are read over in an element, with whatever they hold. */
export function familyElements(parent: string): readonly string[] {
  return Object.hasOwn(ELEMENTS, parent) ? (ELEMENTS[parent] ?? []) : [];
}

/** The attributes that are read over on an element. */
export function familyAttributes(element: string): readonly string[] {
  return Object.hasOwn(ATTRIBUTES, element) ? (ATTRIBUTES[element] ?? []) : [];
}

export function isFamilyElement({ name, parent }: XmlElement): boolean {
  return familyElements(parent?.name ?? '').includes(name);
}

/** Attributes that XML itself defines count as well. */
export function isFamilyAttribute(element: string, attribute: string): boolean {
  return attribute.startsWith('xml:') || familyAttributes(element).includes(attribute);
}
