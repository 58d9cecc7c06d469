/** The language as an XML Schema (1.0, no namespace), for editors and for checks elsewhere: made from the contracts of the elements. */
import { create } from 'xmlbuilder2';
import { type ElementContract, ROOT } from '../element.ts';
import { familyAttributes, familyElements } from '../family.ts';
import type { AttributeSchema } from '../rule.ts';
import { UNIQUE } from './unique.ts';
import { type NamesByKind, type Node, sharedTypes, typeOf } from './xsd-types.ts';

type Elements = ReadonlyMap<string, ElementContract>;

/**
 * The schema as text. With `names` it also knows what is registered: an unknown function or icon is an error then, and
 * columns and buttons are offered by an editor. It takes what `check` takes, as far as structure goes.
 */
export function xsd(elements: Elements, names?: NamesByKind): string {
  const contracts = [...elements.values()];
  const schema: Node = {
    '@xmlns:xs': 'http://www.w3.org/2001/XMLSchema',
    ...documented(
      'The layout language of Lintel. Made by `lintel schema` from the contracts of its elements; do not edit.',
    ),
    'xs:element': childrenOf(ROOT, elements).map((contract) => elementNode(contract, ROOT)),
    'xs:complexType': [...contracts.map((contract) => complexType(contract, elements, names)), READ_OVER],
    'xs:simpleType': sharedTypes(names),
  };
  return `${create({ version: '1.0', encoding: 'UTF-8' }, { 'xs:schema': schema }).end({ prettyPrint: true })}\n`;
}

function childrenOf(parent: string, elements: Elements): ElementContract[] {
  return [...elements.values()].filter(({ parents }) => parents.includes(parent));
}

function complexType(contract: ElementContract, elements: Elements, names: NamesByKind | undefined): Node {
  const { name, about, text } = contract;
  const own = childrenOf(name, elements);
  const children = [
    ...own.map((child) => elementNode(child, name)),
    ...familyElements(name)
      .filter((family) => own.every((child) => child.name !== family))
      .map((family) => ({ '@name': family, '@type': 'read-over' })),
  ];
  return {
    '@name': name,
    ...(text && { '@mixed': 'true' }),
    ...documented(about),
    ...(children.length > 0
      ? { 'xs:choice': { '@minOccurs': '0', '@maxOccurs': 'unbounded', 'xs:element': children } }
      : text
        ? {}
        : NO_CHILDREN),
    'xs:attribute': [...ownAttributes(contract, names), ...readOverAttributes(contract)],
    'xs:anyAttribute': { '@namespace': XML, '@processContents': 'skip' },
  };
}

const XML = 'http://www.w3.org/XML/1998/namespace';

/** An element that may not hold even white space would be refused where it stands on two lines; nothing matches this. */
const NO_CHILDREN: Node = { 'xs:sequence': { 'xs:any': { '@namespace': '##other', '@minOccurs': '0' } } };

function elementNode({ name }: ElementContract, parent: string): Node {
  const unique = (UNIQUE[name] ?? []).map(({ select, name: thing, field = '@name' }) => ({
    '@name': [parent.replace('#', ''), name, thing].join('.'),
    'xs:selector': { '@xpath': select },
    'xs:field': { '@xpath': field },
  }));
  return { '@name': name, '@type': name, ...(unique.length > 0 && { 'xs:unique': unique }) };
}

function ownAttributes({ attributes }: ElementContract, names: NamesByKind | undefined): Node[] {
  const required: readonly string[] = attributes.required ?? [];
  const schemas = attributes.properties as Readonly<Record<string, AttributeSchema>>;
  return Object.entries(schemas).map(([name, schema]) => {
    const { type, node } = typeOf(schema, names);
    return {
      '@name': name,
      ...(type !== undefined && { '@type': type }),
      ...(required.includes(name) && { '@use': 'required' }),
      ...documented(schema.about),
      ...(node && { 'xs:simpleType': node }),
    };
  });
}

function readOverAttributes({ name, attributes }: ElementContract): Node[] {
  return familyAttributes(name)
    .filter((attribute) => !Object.hasOwn(attributes.properties, attribute))
    .map((attribute) => ({ '@name': attribute, '@type': 'xs:string', ...documented(WITHOUT_EFFECT) }));
}

const WITHOUT_EFFECT = 'Belongs to the family of this format; Lintel reads it over.';

/** What the family carries and Lintel does not act on, with whatever it holds. */
const READ_OVER: Node = {
  '@name': 'read-over',
  '@mixed': 'true',
  ...documented(WITHOUT_EFFECT),
  'xs:sequence': { 'xs:any': { '@minOccurs': '0', '@maxOccurs': 'unbounded', '@processContents': 'skip' } },
  'xs:anyAttribute': { '@namespace': '##any', '@processContents': 'skip' },
};

function documented(text: string | undefined): Node {
  return text === undefined ? {} : { 'xs:annotation': { 'xs:documentation': text } };
}
