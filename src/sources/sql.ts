import { type Database, parameterNames, readSelect } from '../database.ts';
import { findGlob, findPattern } from '../find.ts';
import { COUNTED, type RowQuery, type RowSource, type Sought } from '../provider.ts';
import { scopeValues } from '../query.ts';

/** Rows of a definition's `<query>`: the statement is written once per plan, per request it is only bound and run. */
export function sqlSource(database: Database, select: string): (query: RowQuery) => RowSource {
  const parameters = parameterNames(readSelect(select, database.client));
  const pattern = database.client === 'sqlite' ? findGlob : findPattern;
  return ({ fields, sort, filter: wanted, totals }) => {
    const filter = wanted && { contains: wanted.texts, among: wanted.coded, equal: wanted.states };
    const all = database.prepare({ select, fields, sort, filter, limited: false });
    const page = database.prepare({ select, fields, sort, filter, limited: true, counted: COUNTED });
    const added = totals && database.prepare({ select, fields: [], sort: [], filter, limited: false, totals });
    return async (scope, { limit, offset, sought, given, rowsOnly }, signal) => {
      const values = { ...scopeValues(parameters, scope, given), ...(sought && valuesOf(sought, pattern)) };
      const found =
        limit === undefined && offset === 0
          ? all.rows(values, signal)
          : page.rows({ ...values, limit: limit ?? Number.MAX_SAFE_INTEGER, offset }, signal);
      if (!added || rowsOnly) return found;
      const [rows, sums] = await Promise.all([found, added.rows(values, signal)]);
      return { ...rows, totals: sums.rows };
    };
  };
}

/** The values of a filter, by the names that the statement gives them. */
function valuesOf({ find, coded, states }: Sought, pattern: (find: string) => string): Record<string, string> {
  return Object.fromEntries([
    ['find', pattern(find)],
    ...Object.entries(coded).map(([column, values]) => [`among ${column}`, JSON.stringify(values)]),
    ...Object.entries(states).map(([column, value]) => [`equal ${column}`, value]),
  ]);
}
