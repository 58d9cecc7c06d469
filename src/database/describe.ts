import type { Description } from './contract.ts';
import type { Dialect } from './page.ts';
import { parameterNames, readSelect, writeSelect } from './select.ts';

/** What describing needs of a database: `columns` reads no row, `explain` runs nothing; all `count` parameters are NULL. */
export interface Compiler {
  readonly dialect: Dialect;
  columns(select: string, count: number): Promise<readonly string[]>;
  explain(select: string, count: number): Promise<void>;
  /** The database's message about the statement, and the word that it names; throws an error that is about anything else. */
  reason(error: unknown): { readonly problem: string; readonly near?: string };
}

/** The columns of one SELECT, or the first thing that is wrong with it; rejects when the database cannot be asked. */
export async function describe(compiler: Compiler, text: string, known: readonly string[]): Promise<Description> {
  const { client, placeholder } = compiler.dialect;
  const select = readSelect(text, client);
  const unknown = select.parameters.find(({ name }) => !known.includes(name));
  if (select.problem) return select.problem;
  if (unknown) return { problem: `no such parameter: ${unknown.name}`, near: `:${unknown.name}` };
  const names = parameterNames(select);
  const sql = writeSelect(select, (name) => placeholder(names.indexOf(name) + 1, 0));
  try {
    return twice(await compiler.columns(sql, names.length));
  } catch (error) {
    const reason = compiler.reason(error);
    const alone = await compiler.explain(sql, names.length).catch((other: unknown) => compiler.reason(other));
    return alone ?? notReading(reason.near);
  }
}

/** What compiles alone but not in parentheses does something else than read. */
function notReading(near: string | undefined): Description {
  return { problem: 'a query is one SELECT and changes nothing', near, writes: true };
}

function twice(columns: readonly string[]): Description {
  const again = columns.find((name, index) => columns.indexOf(name) < index);
  return again === undefined ? { columns } : { problem: `two columns are named "${again}"`, near: again };
}
