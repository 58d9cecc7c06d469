import type { Knex } from '../../database.ts';
import { momentOf } from '../ledger.ts';

/** What is to be paid for a service that was ordered. */
export interface OrderPayment {
  readonly customer: number;
  readonly account: number;
  readonly service: number;
  readonly amount: number;
  readonly currency: string;
  readonly now: Date;
}

/** Adds an unpaid payment for an order, in the caller's transaction, and gives its id and number. */
export async function addOrderPayment(
  trx: Knex.Transaction,
  { customer, account, service, amount, currency, now }: OrderPayment,
): Promise<{ id: number; number: string }> {
  const counted = (await trx('payment').where({ account_id: account }).count({ n: '*' })) as { n: number }[];
  const created = momentOf(now);
  const number = `${created.slice(0, 4)}-${account}-${Number(counted[0]?.n) + 1}`;
  const [added] = (await trx('payment')
    .insert({
      ...{ customer_id: customer, account_id: account, service_id: service, purpose: 'order', number },
      ...{ amount, currency, method: 'card', status: 'new', created },
    })
    .returning('id')) as { id: number }[];
  return { id: added?.id ?? 0, number };
}
