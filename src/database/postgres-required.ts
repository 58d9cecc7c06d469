import type { Reader } from './postgres-reader.ts';
import { parameterNames, readSelect, writeSelect } from './select.ts';

/** An outer join gives NULL for what its tables never hold. */
const OUTER = /\b(left|right|full)\b/i;

/**
 * The columns of an author's SELECT that come as they are from columns that are never NULL. An order that says where NULL
 * comes is not the order of an index; theirs need not say it.
 */
export async function requiredColumns(reader: Reader, text: string): Promise<ReadonlySet<string>> {
  if (OUTER.test(text)) return new Set();
  const select = readSelect(text, 'postgres');
  const names = parameterNames(select);
  const { fields } = await reader.query({
    text: `select * from (${writeSelect(select, (name) => `$${names.indexOf(name) + 1}`)}) as page limit 0`,
    values: names.map(() => null),
  });
  const { rows } = await reader.query({
    text: 'select attrelid::int as "table", attnum::int as "column" from pg_attribute where attnotnull and attrelid = any($1)',
    values: [fields.map(({ tableID }) => tableID)],
  });
  const required = new Set(rows.map(({ table, column }) => `${String(table)} ${String(column)}`));
  return new Set(
    fields.filter(({ tableID, columnID }) => required.has(`${tableID} ${columnID}`)).map(({ name }) => name),
  );
}
