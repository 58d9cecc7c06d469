import { defineForm, type FormCall, type FormState, type Submitted } from '../../form.ts';
import { beginAttempt } from './attempts.ts';
import { methodOptions, objectionTo, usualMethod } from './method-options.ts';

interface Unpaid {
  readonly id: number;
  readonly number: string;
  readonly amount: number;
  readonly currency: string;
  readonly method: string;
  readonly status: 'new' | 'paid' | 'cancelled' | 'failed';
  readonly purpose: 'funds' | 'order';
  readonly started: string | null;
  readonly version: number;
  readonly account: string;
  readonly service: string | null;
  readonly attempt: 'open' | 'paid' | 'failed' | 'cancelled' | null;
}

/** Pays a payment that is there: once more when it failed, or for the first time when it was made by an order. */
export const paymentPay = defineForm({
  name: 'payment.pay',
  async open(_scope, call) {
    const payment = await paymentOf(call);
    if (!payment) return undefined;
    const { words, methods } = call;
    const { number, amount, currency, status, version } = payment;
    const names = [number];
    if (status === 'paid' || status === 'cancelled') {
      const tone = status === 'paid' ? 'ok' : 'warn';
      const without = ['what', 'account', 'amount', 'method'];
      return { names, version, notice: { key: `is_${status}`, tone }, without, unavailable: ['ok', 'withdraw'] };
    }
    const method = methodOptions(methods, { amount, currency }, words);
    const usual = usualMethod(method, payment.method);
    return {
      names,
      version,
      values: {
        what: whatFor(payment, call),
        account: payment.account,
        amount: words.money(amount, currency),
        ...(usual !== undefined && { method: usual }),
      },
      options: { method },
      ...(usual === undefined
        ? { notice: { key: 'no_method' }, without: ['method'], unavailable: true }
        : underWay(payment, call)),
    };
  },
  async submit(_scope, call): Promise<Submitted> {
    const payment = await paymentOf(call);
    const { values, methods, trx, now, back, words } = call;
    const method = methods.find(({ name }) => name === values.method);
    if (!payment || !method) return { refused: { method: 'gone' } };
    const { id, number, amount, currency } = payment;
    const objection = objectionTo(method, { amount, currency });
    if (objection) {
      const { key, limit } = objection;
      return { refused: { method: { key, values: { limit: words.money(limit, currency), currency } } } };
    }
    const reference = await beginAttempt(trx, { payment: id, method: method.name, back, now });
    return { done: 'done', values: { number }, to: `/pay/${reference}` };
  },
});

const SELECT = `
  select payment.id, payment.number, payment.amount, payment.currency, payment.method, payment.status, payment.purpose,
         payment.started, payment.version, account.name as account, service.name as service,
         payment_attempt.status as attempt
  from payment
  join account on account.id = payment.account_id
  left join service on service.id = payment.service_id
  left join payment_attempt on payment_attempt.reference = payment.reference
  where payment.customer_id = :customer and payment.id in (:ids)`;

async function paymentOf({ elids, ids, read }: FormCall): Promise<Unpaid | undefined> {
  if (elids.length !== 1) return undefined;
  return (await read(SELECT, { ids }))[0] as Unpaid | undefined;
}

function whatFor({ purpose, service }: Unpaid, { words }: FormCall): string {
  return purpose === 'order' && service !== null ? words.text('for_order', { service }) : words.text('for_funds');
}

const HOUR = 3_600_000;

/** Somebody who was at the bank a moment ago may be about to pay twice. */
function underWay({ attempt, started, status }: Unpaid, { now, words }: FormCall): Pick<FormState, 'notice'> {
  const isOpen = status === 'new' && attempt === 'open' && started !== null;
  if (!isOpen || now.getTime() - Date.parse(started) > HOUR) return {};
  return { notice: { key: 'under_way', values: { when: words.date(started) } } };
}
