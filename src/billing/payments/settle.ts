import type { Database, Knex } from '../../database.ts';
import { momentOf } from '../../moments.ts';
import type { PaymentNotification } from '../../payment.ts';
import { enter } from '../ledger.ts';
import { activate } from '../services/activate.ts';
import { addPayment } from './add-payment.ts';

/**
 * `paid`, `again` (paid a second time, which is money of the customer's too), `failed` and `noted` (no effect) were
 * believed; `repeated` was known already; `unknown` is about no payment of that method, `mismatch` about other money.
 */
export type Settled =
  | { readonly outcome: 'unknown' }
  | {
      readonly outcome: 'paid' | 'again' | 'failed' | 'noted' | 'repeated' | 'mismatch';
      readonly customer: number;
      readonly payment: number;
    };

interface PaymentRow {
  readonly id: number;
  readonly customer_id: number;
  readonly account_id: number;
  readonly number: string;
  readonly amount: number;
  readonly currency: string;
  readonly status: 'new' | 'paid' | 'cancelled' | 'failed';
  readonly reference: string | null;
  readonly purpose: 'funds' | 'order';
  readonly service_id: number | null;
}

interface Work {
  readonly trx: Knex.Transaction;
  readonly method: string;
  readonly reference: string;
  readonly payment: PaymentRow;
  readonly now: Date;
}

/** Gives a notification its one effect, in one transaction with the ledger. `paid` is final, whatever comes after it. */
export function settle(
  database: Database,
  method: string,
  { notification, now }: { notification: PaymentNotification; now: Date },
): Promise<Settled> {
  const { event, reference, status, amount, currency } = notification;
  return database.transaction(async (trx): Promise<Settled> => {
    const attempt = await trx('payment_attempt').first('payment_id', 'status').where({ reference, method });
    if (!attempt) return { outcome: 'unknown' };
    const payment = (await trx('payment').first().where({ id: attempt.payment_id })) as PaymentRow;
    const about = { customer: payment.customer_id, payment: payment.id };
    const isItsMoney = amount === payment.amount && currency === payment.currency;
    if (status === 'paid' && !isItsMoney) return { outcome: 'mismatch', ...about };
    const told = { method, event, payment_id: payment.id, status };
    const events = trx('payment_event').insert({ ...told, received: momentOf(now) });
    const added = await events.onConflict(['method', 'event']).ignore().returning('event');
    // The id only tells repetitions apart: what the attempt has come to decides what is still to be done.
    if (added.length === 0 && (await trx('payment_event').first('event').where(told)))
      return { outcome: 'repeated', ...about };
    const work: Work = { trx, method, reference, payment, now };
    return { outcome: await act(work, attempt.status, status), ...about };
  });
}

async function act(work: Work, before: string, status: PaymentNotification['status']) {
  const { trx, reference, payment } = work;
  if (before === 'paid') return 'noted';
  await trx('payment_attempt').where({ reference }).update({ status });
  if (status === 'paid') return payment.status === 'paid' ? payAgain(work) : pay(work);
  // A refusal of an earlier try says nothing about the one under way.
  if (status !== 'failed' || payment.status !== 'new' || payment.reference !== reference) return 'noted';
  await trx('payment').where({ id: payment.id }).update({ status: 'failed' }).increment('version', 1);
  return 'failed';
}

/** An order that cannot be started any more leaves its money on the account. */
async function pay(work: Work): Promise<'paid'> {
  const { trx, method, reference, payment, now } = work;
  const { id, customer_id: customer, account_id: account, amount, currency, number, service_id: service } = payment;
  const isStarted =
    payment.purpose === 'order' && service !== null && (await activate(trx, { service, customer, now }));
  await trx('payment')
    .where({ id })
    .update({ status: 'paid', method, reference, purpose: isStarted ? 'order' : 'funds' })
    .increment('version', 1);
  const entry = { customer, account, currency, note: number, now };
  await moved(enter(trx, { ...entry, amount, reason: 'payment', payment: id }), number);
  if (isStarted && service !== null) {
    const { name } = (await trx('service').first('name').where({ id: service })) as { name: string };
    const order = { ...entry, amount: -amount, reason: 'order', payment: id, service, note: name } as const;
    await moved(enter(trx, { ...order, isCovered: true }), number);
  }
  return 'paid';
}

/** The money came twice, by two tries: the second sum is a payment of its own, funds for the same account. */
async function payAgain({ trx, method, reference, payment, now }: Work): Promise<'again'> {
  const { customer_id: customer, account_id: account, amount, currency } = payment;
  const money = { customer, account, amount, currency, now };
  const { id, number } = await addPayment(trx, { ...money, method, paidAs: reference });
  await moved(enter(trx, { ...money, reason: 'payment', payment: id, note: number }), number);
  return 'again';
}

async function moved(entering: Promise<boolean>, number: string): Promise<void> {
  if (!(await entering)) throw new Error(`Payment ${number} does not fit its account`);
}
