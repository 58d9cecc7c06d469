import { defineForm, type FormCall } from '../../form.ts';

interface Row {
  readonly id: number;
  readonly number: string;
  readonly status: string;
  readonly version: number;
  readonly service: number | null;
  readonly name: string | null;
}

/** Cancels payments that are not paid, and with them the orders that they are for. */
export const paymentCancel = defineForm({
  name: 'payment.cancel',
  async open(_scope, call) {
    const rows = await rowsOf(call);
    if (rows.length === 0 || rows.length !== call.elids.length) return undefined;
    const open = rows.filter(isOpen);
    const orders = open.flatMap(({ name }) => name ?? []);
    const notice = noticeFor(rows, open, orders);
    return {
      names: open.map(({ number }) => number),
      version: rows.map(({ id, version }) => `${id}.${version}`).join(' '),
      ...(notice && { notice: { key: notice, values: { services: call.words.list(orders), count: orders.length } } }),
      ...(open.length === 0 && { unavailable: true }),
    };
  },
  async submit({ customer }, call) {
    const open = (await rowsOf(call)).filter(isOpen);
    const { trx } = call;
    for (const { id, service } of open) {
      await trx('payment').where({ id, customer_id: customer }).update({ status: 'cancelled' }).increment('version', 1);
      if (service === null) continue;
      const ordered = trx('service').where({ id: service, customer_id: customer, status: 'ordered' });
      await ordered.update({ status: 'cancelled' }).increment('version', 1);
    }
    return { done: 'done', values: { count: open.length } };
  },
});

function noticeFor(rows: readonly Row[], open: readonly Row[], orders: readonly string[]): string | undefined {
  if (open.length === 0) return 'nothing';
  if (open.length < rows.length) return 'not_all';
  return orders.length > 0 ? 'with_orders' : undefined;
}

const isOpen = ({ status }: Row) => status === 'new' || status === 'failed';

const SELECT = `
  select payment.id, payment.number, payment.status, payment.version, service.id as service, service.name
  from payment
  left join service on service.id = payment.service_id and payment.purpose = 'order' and service.status = 'ordered'
  where payment.customer_id = :customer and payment.id in (:ids)
  order by payment.id`;

async function rowsOf({ ids, read }: Pick<FormCall, 'ids' | 'read'>): Promise<readonly Row[]> {
  return (await read(SELECT, { ids })) as unknown as readonly Row[];
}
