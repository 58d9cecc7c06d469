import { buttonElements, columnElements } from '../definition.ts';
import type { Finding } from '../diagnostics/diagnostic.ts';
import { blocksOf, definitionsOf } from '../layout.ts';
import { type CheckContext, elementsNamed, holding, type Rule } from '../rule.ts';
import { attributeOf, elementsOf, placeOfValue, type XmlAttribute, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

const AROUND = 'doc block band list metadata toolbar buttons col form select lang mgrdata'.split(' ');

export const duplicateName: Rule = {
  code: 'duplicate-name',
  severity: 'error',
  about: 'Two things at one place have the same name, and only the first of them would ever be found.',
  anywhere: true,
  isFor: elementsNamed(...AROUND),
  needs: holding,
  *element({ node }, context) {
    for (const siblings of namesakes(node, context)) if (siblings.length > 1) yield* repetitions(siblings, node);
  },
};

/** The groups of elements, in or around an element, whose names must differ. */
function namesakes(node: XmlElement, { documents, elements }: CheckContext): XmlElement[][] {
  const within = (...names: string[]) => names.map((name) => elementsOf(node, name));
  switch (node.name) {
    case 'doc':
      return [blocksOf(node), ...messagesIn(node)];
    case 'block':
    case 'band':
    case 'list':
      return within('toolbtn', 'col', 'diagram', 'band');
    case 'metadata':
      return [buttonElements(node).filter(isInFirst), columnElements(node).filter(isInFirst), elementsOf(node, 'band')];
    case 'toolbar':
    case 'buttons':
      return within('toolgrp', 'button');
    case 'col':
      return within('prop');
    case 'form':
      return formParts(node, elements);
    case 'select':
      return within('val');
    case 'lang':
      return messagesIn(node);
    case 'mgrdata':
      return [documents.flatMap(({ root }) => definitionsOf(root))];
    default:
      return [];
  }
}

/** Whether nothing around it, up to its definition, stands there a second time: that is reported as a whole. */
function isInFirst(part: XmlElement): boolean {
  for (let at = part.parent; at?.parent && at.name !== 'metadata'; at = at.parent)
    if (!isFirst(at, 0, elementsOf(at.parent, at.name))) return false;
  return true;
}

/** Whether no element of its name and kind stands before it: what is in a repeated one is no slip of its own. */
function isFirst(element: XmlElement, _: number, all: readonly XmlElement[]): boolean {
  const name = nameOf(element)?.value;
  return all.find((one) => nameOf(one)?.value === name) === element;
}

const nameOf = (element: XmlElement) => attributeOf(element, element.name === 'val' ? 'key' : 'name');

function formParts(form: XmlElement, elements: CheckContext['elements']): XmlElement[][] {
  const controlsIn = (field: XmlElement) =>
    elementsOf(field).filter(({ name }) => elements.get(name)?.parents.includes('field') === true);
  const fields = fieldsIn(form).filter(isInFirst);
  return [elementsOf(form, 'page'), fields, fields.filter(isFirst).flatMap(controlsIn)];
}

/** The fields of a form, on its pages or not. */
function fieldsIn(form: XmlElement): XmlElement[] {
  return elementsOf(form)
    .flatMap((part) => (part.name === 'page' ? elementsOf(part) : [part]))
    .filter(({ name }) => name === 'field');
}

/** The groups of a language, where all of one is there already, and else the texts of each group. */
function messagesIn(lang: XmlElement): XmlElement[][] {
  const groups = new Map<string, XmlElement[]>();
  for (const messages of elementsOf(lang, 'messages')) {
    const name = nameOf(messages)?.value ?? '';
    groups.set(name, [...(groups.get(name) ?? []), messages]);
  }
  const keysOf = (messages: XmlElement) => elementsOf(messages, 'msg').map((msg) => nameOf(msg)?.value);
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const known = new Set(keysOf(first));
    const isRepeated = (one: XmlElement) => keysOf(one).length > 0 && keysOf(one).every((key) => known.has(key));
    const texts = [first, ...others.filter((one) => !isRepeated(one))].flatMap((one) => elementsOf(one, 'msg'));
    return [[first, ...others.filter(isRepeated)], texts];
  });
}

/** Each element within `owner` that repeats a name. */
function repetitions(siblings: readonly XmlElement[], owner: XmlElement): Finding[] {
  const found: Finding[] = [];
  const first = new Map<string, XmlAttribute>();
  for (const element of siblings) {
    const name = nameOf(element);
    if (!name || name.value === '') continue;
    const known = first.get(name.value);
    if (!known) first.set(name.value, name);
    else if (owner.name !== 'mgrdata' || element.parent === owner) found.push(repeated(element.name, name, known));
  }
  return found;
}

function repeated(kind: string, name: XmlAttribute, first: XmlAttribute): Finding {
  return {
    ...placeOfValue(name),
    message: `Another <${kind}> is already named ${quoted(name.value)}`,
    hint: 'Rename one of them, or remove it.',
    related: [{ ...placeOfValue(first), message: `the first <${kind}> of that name` }],
  };
}
