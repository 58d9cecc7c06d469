import { defineForm, type FormCall } from '../../form.ts';
import { momentOf } from '../../moments.ts';
import { say } from './ticket.ts';

/** Services that can be asked about; more than that are no choice. */
const SERVICES = 500;

/** Files a ticket. What it is about is no column of its own: it is the first line of the message, where support reads it. */
export const newTicket = defineForm({
  name: 'ticket.new',
  async open(_scope, { read }) {
    const services = await servicesOf(read);
    return {
      values: { department: 'technical' },
      options: { service: services.map(({ id, name, package: title }) => ({ key: id, text: `${name} · ${title}` })) },
      without: services.length === 0 ? ['service'] : [],
    };
  },
  async submit({ customer, name: author }, { values, read, trx, now, words }) {
    const created = momentOf(now);
    const subject = String(values.subject);
    const [row] = (await trx('ticket')
      .insert({
        customer_id: customer,
        subject,
        department: values.department,
        status: 'new',
        unread: 'off',
        updated: created,
        created,
      })
      .returning('id')) as { id: number }[];
    const ticket = Number(row?.id);
    const service = (await servicesOf(read)).find(({ id }) => id === values.service);
    const about = service ? `${words.text('about_service', service)}\n\n` : '';
    await say(trx, { ticket, side: 'customer', author, text: about + String(values.text), now });
    return { done: 'done', to: { form: 'ticket.edit', elids: [ticket] } };
  },
});

async function servicesOf(read: FormCall['read']) {
  const rows = await read(`
    select id, name, package from service
    where customer_id = :customer and status <> 'cancelled'
    order by name, package, id
    limit ${SERVICES}`);
  return rows.map(({ id, name, package: title }) => ({ id: String(id), name: String(name), package: String(title) }));
}
