import { Deadline } from '../deadline.ts';
import type { Row, RowQuery, RowSource, Rows, Scope, Value } from '../provider.ts';
import { cut, type Named } from './code.ts';

/** What is known of a shared list. */
export interface Sharing {
  readonly fields: readonly string[];
  /** The field that holds the customer for whom a row is; nothing in it is for everybody. */
  readonly owner: string | undefined;
  /** For how long rows are kept. */
  readonly seconds: number;
}

/** More rows than that are no announcements, and are not kept in memory. */
const MOST = 1000;

/** Milliseconds that reading them may take: each visitor waits no longer than the own block says. */
const TIMEOUT = 10_000;

/** The rows of one level and language, by their owner. */
interface Kept {
  readonly rows: Promise<ReadonlyMap<Value, readonly Named[]>>;
  readonly until: number;
}

/**
 * Rows that are read once for all who have the same level and language, and not for each visitor: few, and few of them for one
 * customer alone. Whose a row is, is settled here: nobody gets those of another customer.
 */
export function sharedSource(source: (query: RowQuery) => RowSource, sharing: Sharing): (query: RowQuery) => RowSource {
  const { fields, owner, seconds } = sharing;
  const read = source({ fields, sort: [] });
  const kept = new Map<string, Kept>();
  const load = async (scope: Scope) => {
    // Its own limit: whoever asked first may leave while others wait.
    const deadline = new Deadline(TIMEOUT);
    const { rows } = await read(everybody(scope), { limit: MOST + 1, offset: 0 }, deadline).finally(() =>
      deadline.clear(),
    );
    if (rows.length > MOST) throw new Error(`A shared list has at most ${MOST} rows`);
    return byOwner(rows, fields, owner);
  };
  const rowsFor = (scope: Scope): Kept['rows'] => {
    const key = `${scope.level} ${scope.language}`;
    const known = kept.get(key);
    if (known && known.until > scope.now.getTime()) return known.rows;
    const one = { rows: load(scope), until: scope.now.getTime() + seconds * 1000 };
    kept.set(key, one);
    one.rows.catch(() => kept.get(key) === one && kept.delete(key));
    return one.rows;
  };
  return (query) => async (scope, window) => {
    const rows = await rowsFor(scope);
    const [general = [], own = []] = [rows.get(null), scope.customer === null ? undefined : rows.get(scope.customer)];
    if (general.length + own.length === 0) return NONE;
    const mine =
      owner === undefined ? general : [...general, ...own].map((row) => ({ ...row, [owner]: scope.customer }));
    return cut(mine, query, window);
  };
}

const NONE: Rows = { rows: [], total: 0 };

/** Somebody of the same level and language, who is no customer. */
const everybody = (scope: Scope): Scope => ({ ...scope, customer: null, user: 0, name: '', login: '', zone: 'UTC' });

function byOwner(rows: readonly Row[], fields: readonly string[], owner: string | undefined) {
  const found = new Map<Value, Named[]>();
  for (const row of rows) {
    const named = Object.fromEntries(fields.map((field, index) => [field, row[index] ?? null]));
    const key = owner === undefined ? null : (named[owner] ?? null);
    const known = found.get(key);
    if (known) known.push(named);
    else found.set(key, [named]);
  }
  return found;
}
