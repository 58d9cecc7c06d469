import { LRUCache } from 'lru-cache';
import type { Database, Knex, ReadValues, Value } from './contract.ts';
import { storable } from './page.ts';
import { parameterNames, readSelect, writeSelect } from './select.ts';

type Named = Record<string, Value>;

/** So many statements stay prepared: those of forms, and of each length of a list in them. */
const KEPT = 300;

/** Reads SELECTs as rows by name: on the reading connections, or in a transaction, where it sees what that has written. */
export function createNamedRead(db: Pick<Database, 'client' | 'describe' | 'prepare'>): Database['read'] {
  const prepared = new LRUCache<string, (values: Record<string, Value>) => Promise<Named[]>>({ max: KEPT });
  const prepare = async (select: string) => {
    const described = await db.describe(select, parameterNames(readSelect(select, db.client)));
    if ('problem' in described) throw new Error(`${described.problem}: ${select.trim()}`);
    const fields = described.columns;
    const { rows } = db.prepare({ select, fields, sort: [], limited: false });
    return async (values: Record<string, Value>) =>
      (await rows(values)).rows.map((row) => Object.fromEntries(fields.map((field, at) => [field, row[at] ?? null])));
  };
  return async (text, given = {}, trx) => {
    const { select, values } = spread(text, given, db.client);
    if (trx) return readIn(trx, select, values, db.client);
    let read = prepared.get(select);
    if (read === undefined) prepared.set(select, (read = await prepare(select)));
    return read(values);
  };
}

/** Each list becomes as many parameters as it has values. */
function spread(text: string, given: ReadValues, client: Database['client']) {
  const values: Record<string, Value> = {};
  for (const [name, value] of Object.entries(given)) {
    const list: readonly Value[] | undefined = typeof value === 'object' && value !== null ? value : undefined;
    if (!list) values[name] = value as Value;
    for (const [at, one] of (list ?? []).entries()) values[`${name}__${at}`] = one;
  }
  const select = writeSelect(readSelect(text, client), (name) => {
    const value = given[name];
    if (typeof value !== 'object' || value === null) return `:${name}`;
    return value.map((_, at) => `:${name}__${at}`).join(', ') || 'null';
  });
  return { select, values };
}

/** knex takes every question mark for a value, and `\?` for a question mark. */
async function readIn(
  trx: Knex.Transaction,
  text: string,
  values: Record<string, Value>,
  client: Database['client'],
): Promise<Named[]> {
  const bindings: Value[] = [];
  const written = writeSelect(readSelect(text.replaceAll('?', '\\?'), client), (name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`No value is given for :${name} of ${text.trim()}`);
    bindings.push(storable(value));
    return '?';
  });
  const found = (await trx.raw(written, bindings as string[])) as Named[] | { rows: Named[] };
  return Array.isArray(found) ? found : found.rows;
}
