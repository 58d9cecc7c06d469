import type { Knex } from '../database.ts';
import { momentOf } from '../moments.ts';

/** A change of an account's balance. */
export interface Entry {
  readonly customer: number;
  readonly account: number;
  /** Integer minor units; below zero is taken from the account. */
  readonly amount: number;
  readonly currency: string;
  readonly reason: 'payment' | 'order' | 'renewal' | 'refund';
  readonly payment?: number;
  readonly service?: number;
  /** What it was for, in words: the name of a service or the number of a payment. */
  readonly note: string;
  /** Another entry of the same transaction pays for it: the account may stay below zero. */
  readonly isCovered?: boolean;
  readonly now: Date;
}

/**
 * Moves money: the balance and its entry in the ledger, in the caller's transaction. False, and nothing is written, when
 * the account is not the customer's, has another currency, or would go below zero without being covered.
 */
export async function enter(trx: Knex.Transaction, entry: Entry): Promise<boolean> {
  const { customer, account, amount, currency, isCovered = false } = entry;
  const own = trx('account').where({ id: account, customer_id: customer, currency });
  const fit = amount > 0 || isCovered ? own : own.where('balance', '>=', -amount);
  const changed = await fit.increment({ balance: amount, version: 1 });
  if (changed !== 1) return false;
  await trx('ledger').insert({
    customer_id: customer,
    account_id: account,
    amount,
    currency,
    reason: entry.reason,
    payment_id: entry.payment ?? null,
    service_id: entry.service ?? null,
    note: entry.note,
    created: momentOf(entry.now),
  });
  return true;
}
