/** Whether customers may call what a definition describes, or one of its bands, and whether its query gives each of them only the own rows. */
import { includesCustomers, levelTest } from './level.ts';
import { definitionAround } from './list-around.ts';
import { outlineQuery, type QueryWord } from './query.ts';
import { attributeOf, textOf, type XmlElement } from './xml/node.ts';

export function isForCustomers(metadata: XmlElement): boolean {
  return includesCustomers(levelTest(attributeOf(definitionAround(metadata), 'level')?.value));
}

/** Whether rows are read once for everybody, so that the engine alone says whose they are. */
export function isShared(metadata: XmlElement): boolean {
  return /^(yes|on)$/.test(attributeOf(metadata, 'shared')?.value ?? '');
}

/** The parameters that bind a statement to one customer. */
const SCOPES = ['customer', 'user'];

export function isScoped(query: XmlElement): boolean {
  return scopeIn(query) !== undefined;
}

/** The first such parameter of a query. */
export function scopeIn(query: XmlElement): QueryWord | undefined {
  return outlineQuery(textOf(query)).parameters.find(({ word }) => SCOPES.includes(word));
}
