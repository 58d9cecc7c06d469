import { buttonElements, columnElements } from '../definition.ts';
import type { Finding } from '../diagnostics/diagnostic.ts';
import type { CheckContext, Rule } from '../rule.ts';
import { attributeOf, elementsOf, placeOfValue, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

type Place = Pick<Finding, 'source' | 'range'>;

export const duplicateName: Rule = {
  code: 'duplicate-name',
  severity: 'error',
  about: 'Two things at one place have the same name, and only the first of them would ever be found.',
  *element({ node }, context) {
    for (const siblings of namesakes(node, context)) yield* repetitions(siblings, node);
  },
};

/** The groups of elements, in or around an element, whose names must differ. */
function namesakes(node: XmlElement, { documents }: CheckContext): XmlElement[][] {
  const within = (...names: string[]) => names.map((name) => elementsOf(node, name));
  switch (node.name) {
    case 'doc':
      return within('block');
    case 'block':
      return within('toolbtn', 'col');
    case 'metadata':
      return [buttonElements(node), columnElements(node)];
    case 'toolbar':
      return within('toolgrp');
    case 'col':
      return within('prop');
    case 'form':
      return [elementsOf(node, 'page'), fieldsIn(node), fieldsIn(node).flatMap(controlsIn)];
    case 'buttons':
      return within('button');
    case 'messages':
      return within('msg');
    case 'mgrdata':
      return [documents.flatMap(({ root }) => (root?.name === 'mgrdata' ? elementsOf(root, 'metadata') : []))];
    default:
      return [];
  }
}

/** The fields of a form, on its pages or not. */
function fieldsIn(form: XmlElement): XmlElement[] {
  return elementsOf(form)
    .flatMap((part) => (part.name === 'page' ? elementsOf(part) : [part]))
    .filter(({ name }) => name === 'field');
}

function controlsIn(field: XmlElement): XmlElement[] {
  return elementsOf(field).filter(({ name }) => name !== 'desc');
}

/** Each element within `owner` that repeats a name. */
function* repetitions(siblings: readonly XmlElement[], owner: XmlElement): Generator<Finding> {
  const first = new Map<string, Place>();
  for (const element of siblings) {
    const name = attributeOf(element, 'name');
    if (!name || name.value === '') continue;
    const place = placeOfValue(name);
    const known = first.get(name.value);
    if (!known) first.set(name.value, place);
    else if (owner.name !== 'mgrdata' || element.parent === owner)
      yield repeated(element.name, name.value, place, known);
  }
}

function repeated(kind: string, name: string, place: Place, first: Place): Finding {
  return {
    ...place,
    message: `Another <${kind}> is already named ${quoted(name)}`,
    hint: 'Rename one of them, or remove it.',
    related: [{ ...first, message: `the first <${kind}> of that name` }],
  };
}
