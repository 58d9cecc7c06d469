import { type Database, parameterNames, readSelect } from '../database.ts';
import type { RowQuery, RowSource } from '../provider.ts';
import { scopeValues } from '../query.ts';

/** Rows of a definition's `<query>`: the statement is written once per plan, per request it is only bound and run. */
export function sqlSource(database: Database, select: string): (query: RowQuery) => RowSource {
  const parameters = parameterNames(readSelect(select, database.client));
  return ({ fields, sort }) => {
    const all = database.prepare({ select, fields, sort, limited: false });
    const page = database.prepare({ select, fields, sort, limited: true });
    return (scope, { limit, offset }, signal) => {
      const values = scopeValues(parameters, scope);
      return limit === undefined && offset === 0
        ? all.rows(values, signal)
        : page.rows({ ...values, limit: limit ?? Number.MAX_SAFE_INTEGER, offset }, signal);
    };
  };
}
