/** What the generator asks of the content. */

import type { ElementContract } from '../../../src/element.ts';
import * as elements from '../../../src/elements/index.ts';
import type { AttributeSchema } from '../../../src/rule.ts';
import { attributeOf, elementsOf, type XmlAttribute, type XmlElement } from '../../../src/xml/node.ts';
import type { MutatedContent, MutatedFile } from './content.ts';

export const contracts: ReadonlyMap<string, ElementContract> = new Map(
  Object.values(elements).map((contract) => [contract.name, contract]),
);

export interface Found {
  readonly file: MutatedFile;
  readonly node: XmlElement;
}

export function everyElement({ files }: MutatedContent): Found[] {
  const walk = (file: MutatedFile, node: XmlElement): Found[] => [
    { file, node },
    ...elementsOf(node).flatMap((child) => walk(file, child)),
  ];
  return files.flatMap((file) => walk(file, file.root));
}

export const attributeText = (node: XmlElement, name: string): string => attributeOf(node, name)?.value ?? '';

export function schemaOf(node: XmlElement, attribute: string): AttributeSchema & { type?: string } {
  const properties = contracts.get(node.name)?.attributes.properties as Record<string, AttributeSchema> | undefined;
  return properties?.[attribute] ?? {};
}

export function isRequired(node: XmlElement, attribute: string): boolean {
  const schema = contracts.get(node.name)?.attributes as unknown as { required?: readonly string[] };
  return schema.required?.includes(attribute) === true;
}

export function around(node: XmlElement, name: string): XmlElement | undefined {
  for (let at = node.parent; at; at = at.parent) if (at.name === name) return at;
  return undefined;
}

/** Everything that an attribute of the content names as a function, and how often. */
export function functionsNamed(content: MutatedContent): Map<string, XmlAttribute[]> {
  const named = new Map<string, XmlAttribute[]>();
  for (const { node } of everyElement(content))
    for (const attribute of node.attributes)
      if (schemaOf(node, attribute.name).refers === 'function')
        named.set(attribute.value, [...(named.get(attribute.value) ?? []), attribute]);
  return named;
}
