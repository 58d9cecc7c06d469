import { columnElements } from '../definition.ts';
import type { Finding } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { type ListAround, listAround } from '../list-around.ts';
import { type CheckContext, type CheckedElement, elementsNamed, type Rule } from '../rule.ts';
import { attributeOf, elementsOf, placeOfValue, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const unknownValue: Rule = {
  code: 'unknown-value',
  severity: 'warning',
  about: 'A condition or an icon is about a value for which its column has no text, so most likely no row ever has it.',
  isFor: elementsNamed('hide', 'show', 'prop'),
  *element(element, context) {
    const { node } = element;
    const isCondition = node.name === 'hide' || node.name === 'show';
    if (!context.names || (node.name !== 'prop' && !isCondition)) return;
    const list = listAround(node, context);
    // Texts that are missing altogether are another finding.
    if (!list || !isTold(list.name, context)) return;
    yield* isCondition ? conditionValue(element, list, context) : propValue(element, list, context);
  },
};

function isTold(func: string, { names }: CheckContext): boolean {
  return names?.messages.languages.some((language) => names.messages.has(language, func, 'title')) === true;
}

/** The values that a column is known to have by their texts. */
function valuesOf(column: string, list: ListAround, { names }: CheckContext): string[] {
  const keys = names?.messages.keys(list.name) ?? [];
  return keys.filter((key) => key.startsWith(`${column}_`)).map((key) => key.slice(column.length + 1));
}

/** The value of a condition, when its column shows texts. */
function* conditionValue({ node }: CheckedElement, list: ListAround, context: CheckContext): Generator<Finding> {
  const column = attributeOf(node, 'name')?.value ?? '';
  const value = attributeOf(node, 'value');
  if (!value || value.value === '') return;
  if (isFlag(column, list)) {
    if (FLAGS.includes(value.value)) return;
    const message = `${quoted(value.value)} is not a value of the flag ${quoted(column)}`;
    yield { ...placeOfValue(value), message, hint: suggest(value.value, ['on', 'off']) };
    return;
  }
  const known = valuesOf(column, list, context);
  if (!isMessage(column, list) || known.length === 0 || known.includes(value.value)) return;
  yield {
    ...placeOfValue(value),
    message: `The column ${quoted(column)} of ${quoted(list.name)} has no text for the value ${quoted(value.value)}`,
    hint: `${suggest(value.value, known)} A value is known by its text, ${quoted(`${column}_${value.value}`)} in the messages ${quoted(list.name)}.`,
  };
}

const FLAGS = ['on', 'off', 'yes', 'no', '1', '0', 'true', 'false'];

function columnsOf({ metadata }: ListAround): XmlElement[] {
  return metadata ? columnElements(metadata) : [];
}

const nameOf = (element: XmlElement) => attributeOf(element, 'name')?.value;

function isMessage(column: string, list: ListAround): boolean {
  const col = columnsOf(list).find((one) => nameOf(one) === column);
  const declared = list.columns.find(({ name }) => name === column);
  return (col ? attributeOf(col, 'type')?.value : declared?.type) === 'msg';
}

/** Whether icons are drawn for the field being on, or off. */
function isFlag(field: string, list: ListAround): boolean {
  const props = columnsOf(list).flatMap((col) => elementsOf(col, 'prop'));
  return list.fields?.includes(field) === true && props.some((prop) => nameOf(prop) === field);
}

/** A prop stands for a flag field, or for a value of its column, which then has a text. */
function* propValue({ node, faults }: CheckedElement, list: ListAround, context: CheckContext): Generator<Finding> {
  const name = attributeOf(node, 'name');
  const column = node.parent && attributeOf(node.parent, 'name')?.value;
  const { fields } = list;
  if (!name || !column || !fields || faults.some(({ place }) => place === name)) return;
  const known = valuesOf(column, list, context);
  // A column that rows do not have is a finding of its own.
  if (fields.includes(name.value) || known.includes(name.value) || !fields.includes(column)) return;
  const hint = suggest(name.value, [...known, ...fields]);
  yield {
    ...placeOfValue(name),
    message: `${quoted(name.value)} is neither a column of ${quoted(list.name)} nor a known value of ${quoted(column)}`,
    hint: `${hint} A value is known by its text, ${quoted(`${column}_${name.value}`)} in the messages ${quoted(list.name)}.`,
  };
}
