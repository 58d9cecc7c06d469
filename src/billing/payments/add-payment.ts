import type { Knex } from '../../database.ts';
import { momentOf } from '../../moments.ts';

export interface NewPayment {
  readonly customer: number;
  readonly account: number;
  /** Integer minor units, in the account's currency. */
  readonly amount: number;
  readonly currency: string;
  readonly method: string;
  /** The ordered service that it is for; without one, funds for the account. */
  readonly service?: number;
  /** The money is there already, under this reference. */
  readonly paidAs?: string;
  readonly now: Date;
}

/** Adds a payment, unpaid unless it says otherwise, in the caller's transaction. */
export async function addPayment(trx: Knex.Transaction, payment: NewPayment): Promise<{ id: number; number: string }> {
  const { customer, account, amount, currency, method, service = null, paidAs, now } = payment;
  const number = await newNumber(trx, account, now);
  const row = {
    customer_id: customer,
    account_id: account,
    number,
    amount,
    currency,
    method,
    status: paidAs === undefined ? 'new' : 'paid',
    created: momentOf(now),
    service_id: service,
    purpose: service === null ? 'funds' : 'order',
    reference: paidAs ?? null,
  };
  const [added] = (await trx('payment').insert(row, ['id'])) as { id: number }[];
  if (!added) throw new Error(`Payment ${number} was not added`);
  return { id: added.id, number };
}

/** Year, account and a count: `2026-14-3`. */
async function newNumber(trx: Knex.Transaction, account: number, now: Date): Promise<string> {
  const [counted] = await trx('payment').where({ account_id: account }).count({ count: '*' });
  for (let count = Number(counted?.count ?? 0) + 1; ; count += 1) {
    const number = `${now.getUTCFullYear()}-${account}-${count}`;
    if (!(await trx('payment').first('id').where({ account_id: account, number }))) return number;
  }
}
