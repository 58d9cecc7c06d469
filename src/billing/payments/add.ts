import { defineForm, type FormCall, type Submitted } from '../../form.ts';
import { addPayment } from './add-payment.ts';
import { beginAttempt } from './attempts.ts';
import { methodOptions, objectionTo, usualMethod } from './method-options.ts';

interface Account {
  readonly id: number;
  readonly name: string;
  readonly currency: string;
  readonly balance: number;
}

/** Adds funds to an account: the payment is made, and the customer goes on to the method. */
export const paymentAdd = defineForm({
  name: 'payment.add',
  async open(_scope, call) {
    const { elids, ids, values, words, methods } = call;
    const accounts = await accountsOf(call);
    const wanted = accounts.find(({ id }) => String(id) === values.account) ?? accounts.find(({ id }) => id === ids[0]);
    if (elids.length > 1 || (elids.length === 1 && !accounts.some(({ id }) => id === ids[0]))) return undefined;
    const account = wanted ?? accounts[0];
    if (!account)
      return { notice: { key: 'no_account' }, without: ['account', 'amount', 'method'], unavailable: ['ok'] };
    const { currency } = account;
    const method = methodOptions(methods, { amount: undefined, currency }, words);
    const last = await call.read(LAST_METHOD);
    const usual = usualMethod(method, last[0]?.method);
    return {
      values: {
        account: String(account.id),
        currency,
        ...(account.balance < 0 && { amount: -account.balance }),
        ...(usual !== undefined && { method: usual }),
      },
      replaced: { currency },
      unavailable: ['order'],
      options: {
        account: accounts.map(({ id, name, ...money }) => ({
          key: String(id),
          text: words.text('account_balance', { name, balance: words.money(money.balance, money.currency) }),
        })),
        method,
      },
      ...(usual === undefined && {
        notice: { key: 'no_method', values: { currency } },
        without: ['amount', 'method'],
        unavailable: ['ok', 'order'],
      }),
    };
  },
  async submit({ customer }, call): Promise<Submitted> {
    const { values, methods, trx, now, back, words } = call;
    const account = (await accountsOf(call)).find(({ id }) => String(id) === values.account);
    const method = methods.find(({ name }) => name === values.method);
    if (customer === null || !account || !method) return { refused: { method: 'gone' } };
    const { currency } = account;
    const amount = Number(values.amount);
    const objection = objectionTo(method, { amount, currency });
    if (objection) {
      const { key, limit } = objection;
      return { refused: { amount: { key, values: { limit: words.money(limit, currency), currency } } } };
    }
    const money = { account: account.id, amount, currency, method: method.name };
    const { id, number } = await addPayment(trx, { customer, ...money, now });
    const reference = await beginAttempt(trx, { payment: id, method: method.name, back, now });
    return { done: 'done', values: { number }, to: `/pay/${reference}` };
  },
});

const LAST_METHOD = `
  select method from payment where customer_id = :customer and status = 'paid' order by created desc, id desc limit 1`;

async function accountsOf({ read }: Pick<FormCall, 'read'>): Promise<readonly Account[]> {
  const select = 'select id, name, currency, balance from account where customer_id = :customer order by name, id';
  return (await read(select)) as unknown as readonly Account[];
}
