import type { Knex } from '../../database.ts';
import { defineForm, type FormState, type FormSubmission, type Submitted } from '../../form.ts';
import { momentOf } from '../../moments.ts';
import type { Words } from '../../words.ts';
import { enter } from '../ledger.ts';
import { addPayment } from '../payments/add-payment.ts';
import { leadToFunds } from './accounts.ts';
import { activate } from './activate.ts';
import { type Choice, choose, notAsked, readOffer } from './order-choice.ts';
import { nameOf } from './order-name.ts';
import { optionsOf } from './order-options.ts';
import { callOf } from './own.ts';
import { promiseOf } from './price-list.ts';

/** Orders one thing of the price list, paid from an account at once or left unpaid. */
export const order = defineForm({
  name: 'service.order',
  async open(_scope, { values, words, read, now }): Promise<FormState> {
    const offer = await readOffer({ read, now });
    const choice = choose(offer, values);
    if (!choice) {
      const pages = ['what', 'how', 'money'];
      return { notice: { key: 'nothing_sold' }, without: pages, unavailable: ['ok', 'funds'] };
    }
    const { product, period, purse, lack } = choice;
    return {
      values: {
        ...{ group: product.kind, product: String(product.id), period, os: 'debian', autorenew: true },
        ...{ account: purse.key, payment: lack > 0 ? 'later' : 'account' },
        total: words.text('total_is', { ...told(choice, words), period: words.text(`period_${period}`) }),
      },
      options: optionsOf(offer, choice, words),
      without: notAsked(product.kind),
      unavailable: lack > 0 && purse.account ? [] : ['funds'],
      leads: leadToFunds(purse.account, lack),
      version: promiseOf(offer.today, offer.products),
    };
  },
  async submit(scope, call) {
    const choice = choose(await readOffer(call), call.values);
    if (!choice) return { refused: { '': 'nothing_sold' } };
    const named = await nameOf(choice.product, call);
    if ('refused' in named) return named;
    const placed = { ...choice, ...named, customer: scope.customer ?? -1 };
    const service = await addService(placed, call);
    return choice.isPaidNow ? payNow({ ...placed, service }, call) : leaveUnpaid({ ...placed, service }, call);
  },
});

interface Placed extends Choice {
  readonly customer: number;
  readonly name: string;
  readonly domain: string | null;
}

/** With the number of its service. */
interface Added extends Placed {
  readonly service: number;
}

async function addService(placed: Placed, { values, trx, now }: FormSubmission): Promise<number> {
  const { customer, product, purse, name, domain, period, cost } = placed;
  const row = {
    ...{ customer_id: customer, product_id: product.id, package: product.name, name, domain, period, cost },
    ...{ currency: purse.currency, status: 'ordered', expires: null, created: momentOf(now), version: 1 },
    os: product.kind === 'server' ? String(values.os) : null,
    autorenew: values.autorenew === true ? 'on' : 'off',
  };
  const [added] = (await trx('service').insert(row).returning('id')) as { id: number }[];
  return added?.id ?? 0;
}

async function payNow(added: Added, { trx, now, words }: FormSubmission): Promise<Submitted> {
  const { customer, service, product, name, purse, cost } = added;
  const account = purse.account?.id ?? -1;
  const note = callOf({ package: product.name, name });
  const entry = { customer, account, amount: -cost, currency: purse.currency, service, note, now };
  const isPaid = cost === 0 || (await enter(trx, { ...entry, reason: 'order' }));
  if (!isPaid || !(await activate(trx, { service, customer, now }))) return { refused: { payment: 'not_enough' } };
  const rest = words.money(purse.balance - cost, purse.currency);
  return { done: 'done', values: { ...told(added, words), what: note, account: purse.account?.name ?? '', rest } };
}

async function leaveUnpaid(added: Added, { trx, now, words, methods }: FormSubmission): Promise<Submitted> {
  const { customer, service, product, name, purse, cost } = added;
  const account = purse.account?.id ?? (await openAccount(trx, added, words));
  // Which one it will be is chosen when it is paid.
  const method = methods[0]?.name ?? 'card';
  const unpaid = { customer, account, service, amount: cost, currency: purse.currency, method, now };
  const { id, number } = await addPayment(trx, unpaid);
  return {
    done: 'done_unpaid',
    values: { ...told(added, words), what: callOf({ package: product.name, name }), number },
    to: { form: 'payment.pay', elids: [id] },
  };
}

async function openAccount(trx: Knex.Transaction, { customer, purse }: Placed, words: Words): Promise<number> {
  const row = { customer_id: customer, name: words.text('account_name'), currency: purse.currency, balance: 0 };
  const [opened] = (await trx('account').insert(row).returning('id')) as { id: number }[];
  return opened?.id ?? 0;
}

function told({ purse, cost, until }: Choice, words: Words) {
  return { cost: words.money(cost, purse.currency), until: words.date(until) };
}
