/** Whether customers may call the list that a definition describes, and whether its query gives each of them only the own rows. */
import { includesCustomers, levelTest } from './level.ts';
import { outlineQuery } from './query.ts';
import { attributeOf, textOf, type XmlElement } from './xml/node.ts';

export function isForCustomers(metadata: XmlElement): boolean {
  return includesCustomers(levelTest(attributeOf(metadata, 'level')?.value));
}

/** The parameters that bind a statement to one customer. */
const SCOPES = ['customer', 'user'];

export function isScoped(query: XmlElement): boolean {
  return outlineQuery(textOf(query)).parameters.some(({ word }) => SCOPES.includes(word));
}
