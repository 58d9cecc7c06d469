import type { Database, Knex } from '../database.ts';
import { momentOf } from '../moments.ts';

/** What a form answered, to be answered again. */
export interface FormAnswer {
  /** A path of this site. */
  readonly to: string;
  /** Message of the function, and its values. */
  readonly done: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly renewsSession: boolean;
}

export interface SentForm {
  readonly user: number;
  readonly key: string;
  readonly func: string;
  /** A digest of all that was sent. */
  readonly request: string;
}

export interface KnownAnswer extends FormAnswer {
  readonly func: string;
  readonly request: string;
  /** A moment in ISO 8601. */
  readonly created: string;
}

/** Keys of forms that were sent, each with its first answer, kept for two days. */
export interface FormKeys {
  find(user: number, key: string, trx?: Knex.Transaction): Promise<KnownAnswer | undefined>;
  /** Whether the key is new: of two at the same time one waits until the other has answered or failed. */
  take(trx: Knex.Transaction, sent: SentForm, now: Date): Promise<boolean>;
  answer(trx: Knex.Transaction, sent: SentForm, answer: FormAnswer): Promise<void>;
}

const KEPT = 48 * 3_600_000;

export function createFormKeys(db: Database): FormKeys {
  return {
    async find(user, key, trx) {
      const select = 'select func, request, answer, created from form_key where user_id = :user and key = :key';
      const [row] = await db.read(select, { user, key }, trx);
      if (!row || typeof row.answer !== 'string') return undefined;
      const { func, request, created } = row as Record<string, string>;
      return {
        ...(JSON.parse(row.answer) as FormAnswer),
        func: func ?? '',
        request: request ?? '',
        created: created ?? '',
      };
    },
    async take(trx, { user, key, func, request }, now) {
      await trx('form_key')
        .where('created', '<', momentOf(now.getTime() - KEPT))
        .delete();
      const row = { user_id: user, key, func, request, answer: null, created: momentOf(now.getTime()) };
      const taken = await trx('form_key').insert(row).onConflict(['user_id', 'key']).ignore().returning('key');
      return taken.length > 0;
    },
    async answer(trx, { user, key }, answer) {
      await trx('form_key')
        .where({ user_id: user, key })
        .update({ answer: JSON.stringify(answer) });
    },
  };
}
