import type { Database } from '../database.ts';
import { momentOf } from '../moments.ts';

/** The notices that users have put away: of each one the version that was seen. */
export interface Dismissals {
  /** Notice → version. */
  of(user: number): Promise<ReadonlyMap<string, string>>;
  put(user: number, seen: { readonly notice: string; readonly version: string }, now: Date): Promise<void>;
}

const select = 'select notice, version from dismissal where user_id = :user';

export function createDismissals(db: Database): Dismissals {
  const statement = db.prepare({ select, fields: ['notice', 'version'], sort: [], limited: false });
  return {
    async of(user) {
      const { rows } = await statement.rows({ user });
      return new Map(rows.map(([notice, version]) => [String(notice), String(version)]));
    },
    async put(user, { notice, version }, now) {
      const row = { user_id: user, notice, version, created: momentOf(now) };
      await db.knex('dismissal').insert(row).onConflict(['user_id', 'notice']).merge();
    },
  };
}
