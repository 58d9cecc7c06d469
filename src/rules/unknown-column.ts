import { concernFields, readAttention } from '../attention.ts';
import type { Finding } from '../diagnostics/diagnostic.ts';
import { nearest, suggest } from '../diagnostics/suggest.ts';
import { definitionAround, type ListAround, listAround, queryWords } from '../list-around.ts';
import { fixFor, misspelt, namesBeside } from '../near-name.ts';
import { type CheckedElement, having, type Rule, references } from '../rule.ts';
import { isForCustomers, isScoped, isShared } from '../scoping.ts';
import { attributeOf, elementsOf, placeOfValue, type XmlAttribute, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const unknownColumn: Rule = {
  code: 'unknown-column',
  severity: 'error',
  about: 'The rows of the list have no such column, so there is nothing to show, to sort or to compare.',
  needs(element, context) {
    const list = listAround(element.node, context);
    return list !== undefined && (list.isDefinition || isSpecial(element) || !isDeclared(element.node, list));
  },
  *element(element, context) {
    const list = listAround(element.node, context);
    if (!list) return;
    const { fields, columns } = list;
    const taken = element.node.name === 'col' ? namesBeside(element.node) : [];
    const unlikely = references(element, 'column').filter(
      ({ value }) => !columns.some(({ name }) => name === value) && !isPossible(value, list),
    );
    const known = [...columns.map(({ name }) => name), ...(fields ?? [])];
    yield* strangers(unlikely, { list, known, taken });
    if (!fields) return;
    yield* strangers(references(element, 'field'), { list, known: fields, taken });
    yield* unknownConcerns(element, { list, known: fields, taken });
    yield* unnamed(element, list);
  },
};

const isSpecial = having('attention', 'type', 'currency', 'limit', 'used');

/** Whether an element of a block, if it is not special, names nothing but a column that the list declares. */
function isDeclared(node: XmlElement, { columns }: ListAround): boolean {
  const own = attributeOf(node, 'name')?.value;
  return node.name === 'toolbtn' || (node.name === 'col' && columns.some(({ name }) => name === own));
}

/** Without a database to ask, whatever word a query holds may be a column that it returns. */
function isPossible(column: string, { fields, isDefinition, metadata }: ListAround): boolean {
  if (fields) return false;
  const words = metadata && queryWords(metadata);
  return isDefinition || words === undefined || words.has('*') || words.has(column);
}

function* strangers(named: readonly XmlAttribute[], { list, known, taken }: Known): Generator<Finding> {
  for (const attribute of named) {
    if (known.includes(attribute.value)) continue;
    yield { message: lacks(list, attribute.value), ...misspelt(attribute, { known, taken }) };
  }
}

/** Fields that the attribute `attention` of a block asks about. */
function* unknownConcerns({ node, faults }: CheckedElement, { list, known: fields }: Known): Generator<Finding> {
  const attention = node.name === 'block' ? attributeOf(node, 'attention') : undefined;
  if (!attention || faults.some(({ place }) => place === attention)) return;
  const { source, range: whole } = placeOfValue(attention);
  const written = source.text.slice(whole.start, whole.end);
  for (const field of new Set(concernFields(readAttention(attention.value)))) {
    if (fields.includes(field)) continue;
    const word = new RegExp(`(?<![\\w.-])${field.replaceAll('.', '\\.')}(?![\\w.-])`);
    const start = whole.start + written.search(word);
    const range = { start, end: start + field.length };
    const hint = suggest(field, fields);
    yield { message: lacks(list, field), source, range, hint, ...fixFor({ value: field }, range, { known: fields }) };
  }
}

interface Known {
  readonly list: ListAround;
  readonly known: readonly string[];
  readonly taken: readonly string[];
}

function lacks({ name, isDefinition }: ListAround, column: string): string {
  const [owner, verb] = isDefinition ? ['query of', 'returns'] : ['list', 'has'];
  return `The ${owner} ${quoted(name)} ${verb} no column ${quoted(column)}`;
}

/** Columns that the engine reads under their usual names, unless an attribute names others. */
function* unnamed({ node, faults }: CheckedElement, list: ListAround): Generator<Finding> {
  // A misspelt attribute is one slip, and another rule reports it.
  const isMisspelt = (attribute: string) =>
    faults.some(({ kind, attribute: word }) => kind === 'unknown' && nearest(word, [attribute]) !== undefined);
  const lost = (attribute: string, usual: string) =>
    !attributeOf(node.name === 'band' ? definitionAround(node) : node, attribute) &&
    !isMisspelt(attribute) &&
    !list.fields?.includes(usual);
  const finding = (place: Pick<Finding, 'source' | 'range'>, attribute: string, usual: string): Finding => ({
    message: `${lacks(list, usual)}, which holds the ${attribute} unless another is named`,
    ...place,
    hint: `Return it, or name another: ${attribute}="…".`,
  });
  const [query] = elementsOf(node, 'query');
  if (list.isDefinition && node === list.metadata && query) {
    if (node.name === 'metadata' && lost('key', 'id')) yield finding(placeOf(query), 'key', 'id');
    const isOwned = isForCustomers(node) && (isShared(node) || isScoped(query));
    if (isOwned && lost('owner', 'customer_id')) yield finding(placeOf(query), 'owner', 'customer_id');
  }
  const name = attributeOf(node, 'name');
  if (!name || !needsCurrency(node, list)) return;
  if (lost('currency', 'currency')) yield finding(placeOfValue(name), 'currency', 'currency');
}

const placeOf = ({ source, nameRange }: XmlElement) => ({ source, range: nameRange });

/** Column types that need a currency. */
const MONEY = ['money', 'change'];

// What the list itself declares is reported there.
function needsCurrency(node: XmlElement, { columns }: ListAround): boolean {
  const isMoney = node.name === 'col' && MONEY.includes(attributeOf(node, 'type')?.value ?? '');
  const declared = columns.find(({ name }) => name === attributeOf(node, 'name')?.value);
  return isMoney && !MONEY.includes(declared?.type ?? '') && declared?.currency === undefined;
}
