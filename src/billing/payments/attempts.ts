import type { Database, Knex, Value } from '../../database.ts';
import { momentOf } from '../../moments.ts';

/** One way to a payment method, with the payment it is for. */
export interface Attempt {
  /** What the method knows it by: the number of the payment, and how many times it was tried. */
  readonly reference: string;
  readonly method: string;
  readonly status: 'open' | 'paid' | 'failed' | 'cancelled';
  /** Where the customer set out from: a path of this site. */
  readonly back: string;
  readonly started: string;
  /** When the method was last asked about it. */
  readonly asked: string | null;
  readonly payment: number;
  readonly number: string;
  readonly paymentStatus: 'new' | 'paid' | 'cancelled' | 'failed';
  readonly purpose: 'funds' | 'order';
  readonly amount: number;
  readonly currency: string;
  readonly customer: number;
  readonly account: string;
  readonly service: string | null;
}

/** The customer sets out to pay, in the caller's transaction; gives the reference. */
export async function beginAttempt(
  trx: Knex.Transaction,
  { payment, method, back, now }: { payment: number; method: string; back: string; now: Date },
): Promise<string> {
  const { number } = (await trx('payment').first('number').where({ id: payment })) as { number: string };
  const [counted] = await trx('payment_attempt').where({ payment_id: payment }).count({ count: '*' });
  let count = Number(counted?.count ?? 0) + 1;
  while (
    await trx('payment_attempt')
      .first('reference')
      .where({ reference: `${number}-${count}` })
  )
    count += 1;
  const reference = `${number}-${count}`;
  const started = momentOf(now);
  await trx('payment_attempt').insert({ reference, payment_id: payment, method, back, started });
  await trx('payment').where({ id: payment }).update({ method, reference, started });
  return reference;
}

const SELECT = `
  select payment_attempt.reference, payment_attempt.method, payment_attempt.status, payment_attempt.back,
         payment_attempt.started, payment_attempt.asked, payment.id as payment, payment.number,
         payment.status as "paymentStatus", payment.purpose, payment.amount, payment.currency,
         payment.customer_id as customer, account.name as account, service.name as service
  from payment_attempt
  join payment on payment.id = payment_attempt.payment_id
  join account on account.id = payment.account_id
  left join service on service.id = payment.service_id`;

/** One of the customer's attempts. */
export async function findAttempt(db: Database, reference: string, customer: number): Promise<Attempt | undefined> {
  const where = 'where payment_attempt.reference = :reference and payment.customer_id = :customer';
  return attemptsOf(await db.read(`${SELECT} ${where}`, { reference, customer }))[0];
}

/** Those that nothing was heard of, begun between two moments. */
export async function openAttempts(db: Database, after: Date, before: Date): Promise<readonly Attempt[]> {
  const where = `where payment_attempt.status = 'open' and payment_attempt.started between :after and :before`;
  const select = `${SELECT} ${where} order by payment_attempt.started limit 500`;
  return attemptsOf(await db.read(select, { after: momentOf(after), before: momentOf(before) }));
}

const attemptsOf = (rows: readonly Record<string, Value>[]) => rows as unknown as readonly Attempt[];
