import type { Database } from '../database.ts';

/** What users changed about their own pages, and the step before. */
export interface Preferences {
  /**
   * Stores what `make` gives for what is stored (null: nothing), which may be asked again when another change came between.
   * False when it gives nothing.
   */
  change(user: number, make: (text: string | null) => string | null | undefined): Promise<boolean>;
  /** Takes the last step back, and once more makes it again; false when there is none. */
  undo(user: number): Promise<boolean>;
  canUndo(user: number): Promise<boolean>;
}

/** How often another change may come between. */
const TRIES = 20;

export function createPreferences(db: Database): Preferences {
  const rowOf = (user: number) => db.knex('user').where({ id: user });
  return {
    async change(user, make) {
      for (let tries = 0; tries < TRIES; tries += 1) {
        const row = await rowOf(user).first('preference');
        const text = (row?.preference ?? null) as string | null;
        const preference = row && make(text);
        if (preference === undefined) return false;
        if (preference === text) return true;
        const same = text === null ? rowOf(user).whereNull('preference') : rowOf(user).where({ preference: text });
        if (await same.update({ preference, preference_before: text ?? '' })) return true;
      }
      throw new Error('The preference of a user is changed without end');
    },
    async undo(user) {
      const swapped = {
        preference: db.knex.raw(`nullif(preference_before, '')`),
        preference_before: db.knex.raw(`coalesce(preference, '')`),
      };
      return (await rowOf(user).whereNotNull('preference_before').update(swapped)) > 0;
    },
    async canUndo(user) {
      return (await rowOf(user).whereNotNull('preference_before').first('id')) !== undefined;
    },
  };
}
