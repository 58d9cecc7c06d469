import { defineForm } from '../../form.ts';
import { addPayment } from '../payments/add-payment.ts';
import { readAccounts } from './accounts.ts';
import { readOwn } from './own.ts';
import { accountsIn } from './renewal.ts';

/** Leads from a service that is ordered to its payment; a new one is made when the old one was cancelled. */
export const pay = defineForm({
  name: 'service.pay',
  async open(_scope, call) {
    const services = await readOwn(call);
    const [service] = services ?? [];
    if (!service || call.ids.length > 1) return undefined;
    const { name, status, version } = service;
    if (status !== 'ordered')
      return { names: [name], notice: { key: 'nothing' }, without: ['total'], unavailable: ['ok'] };
    const [payment] = await call.read(UNPAID, { service: service.id });
    if (payment) return { to: { form: 'payment.pay', elids: [Number(payment.id)] } };
    const total = call.words.money(service.cost, service.currency);
    return { names: [name], values: { total }, version };
  },
  async submit(scope, call) {
    const [service] = (await readOwn(call)) ?? [];
    if (!service) return { refused: { '': 'nothing' } };
    const { id, cost, currency } = service;
    const [account] = accountsIn(await readAccounts(call.read), currency);
    if (!account) return { refused: { '': 'no_account' } };
    const order = { customer: scope.customer ?? -1, account: account.id, service: id, amount: cost, currency };
    const payment = await addPayment(call.trx, { ...order, method: call.methods[0]?.name ?? 'card', now: call.now });
    return { done: 'done', values: { number: payment.number }, to: { form: 'payment.pay', elids: [payment.id] } };
  },
});

const UNPAID = `
  select id from payment
  where customer_id = :customer and service_id = :service and purpose = 'order' and status in ('new', 'failed')
  order by created desc, id desc`;
