import { defineForm, type FormCall, type FormState } from '../../form.ts';
import { momentOf } from '../../moments.ts';
import type { Scope, Value } from '../../provider.ts';
import { findTicket, type Side, say, sideOf, type Ticket } from './ticket.ts';

/** Messages that are shown at first, and at most. */
const LATEST = 50;
const ALL = 2000;

/**
 * A ticket with its history: both sides write to it, close it and open it again. What the other side did meanwhile is shown
 * before anything is sent, once, and what was typed stays; two of one side do not hold each other up.
 */
export const edit = defineForm({
  name: 'ticket.edit',
  async open(scope, call) {
    const ticket = await findTicket(call);
    if (!ticket) return undefined;
    const isClosed = ticket.status === 'closed';
    return {
      title: ticket.subject,
      names: factsOf(ticket, scope, call.words),
      rows: await messagesOf(ticket, scope, call),
      without: ticket.messages > LATEST ? [] : ['all'],
      unavailable: [isClosed ? 'close' : 'reopen'],
      version: `${isClosed ? 'closed' : 'open'} ${ticket.last[otherSide(sideOf(scope))]}`,
      changed: 'changed',
      ...(isClosed && { notice: { key: 'closed', tone: 'ok' } }),
      ...(ticket.isUnread && sideOf(scope) === 'customer' && { opened: markRead(ticket) }),
    };
  },
  async submit(scope, call) {
    const { values, button, trx, now } = call;
    const ticket = await findTicket(call);
    const side = sideOf(scope);
    if (!ticket) return { refused: { '': 'changed' } };
    const text = typeof values.text === 'string' ? values.text : '';
    if (text !== '') await say(trx, { ticket: ticket.id, side, author: scope.name, text, now });
    const reopened = side === 'staff' && text !== '' ? 'waiting' : 'open';
    await trx('ticket')
      .where({ id: ticket.id, customer_id: ticket.customer })
      .update({
        status: button === 'close' ? 'closed' : reopened,
        ...(text !== '' && { unread: side === 'staff' ? 'on' : 'off' }),
        ...((text !== '' || button === 'reopen') && { updated: momentOf(now) }),
      })
      .increment('version', 1);
    const told = { values: { subject: ticket.subject }, customers: [ticket.customer] };
    if (button === 'close') return { done: 'done_closed', ...told };
    // Support goes on to the next ticket; a customer stays with this one.
    if (side === 'staff') return { done: 'done_answered', ...told };
    const to = { form: 'ticket.edit', elids: [ticket.id] };
    return { done: text === '' ? 'done_reopened' : 'done_sent', to, ...told };
  },
});

const otherSide = (side: Side): Side => (side === 'staff' ? 'customer' : 'staff');

function factsOf(ticket: Ticket, scope: Scope, words: FormCall['words']): string[] {
  const { customerName, status, department, id, created } = ticket;
  const isStaff = sideOf(scope) === 'staff';
  return [
    ...(isStaff ? [words.text('customer', { name: customerName })] : []),
    words.text(isStaff && status === 'waiting' ? 'status_asked' : `status_${status}`),
    words.text(`department_${department}`),
    words.text('number', { number: String(id), date: words.date(created) }),
  ];
}

/** The messages, the oldest first. Those that wait to be read have a mark. */
async function messagesOf(ticket: Ticket, scope: Scope, { values, words, read }: FormCall): Promise<FormState['rows']> {
  const isStaff = sideOf(scope) === 'staff';
  const rows = await read(
    `
    select id, author, side, text, created
    from (select id, author, side, text, created from ticket_message where ticket_id = :id order by id desc limit :limit) as latest
    order by id`,
    { id: ticket.id, limit: values.all === true ? ALL : LATEST },
  );
  const isNew = ({ id, side }: Readonly<Record<string, Value>>) =>
    !isStaff && side === 'staff' && ticket.isUnread && Number(id) > ticket.last.customer;
  return rows.map((row) => ({
    ...row,
    side: (row.side === 'staff') === isStaff ? 'own' : 'other',
    role: row.side === 'staff' ? words.text('support') : isStaff ? words.text('from_customer') : '',
    fresh: isNew(row) ? words.text('fresh') : '',
  }));
}

/** Nothing is marked that came after what was shown. */
function markRead({ id, customer, last }: Ticket): NonNullable<FormState['opened']> {
  return async (trx) => {
    const later = trx('ticket_message').where({ ticket_id: id, side: 'staff' }).andWhere('id', '>', last.staff);
    await trx('ticket')
      .where({ id, customer_id: customer, unread: 'on' })
      .whereNotExists(later.select('id'))
      .update({ unread: 'off' });
  };
}
