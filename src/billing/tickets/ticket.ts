import type { Knex } from '../../database.ts';
import type { FormCall } from '../../form.ts';
import { isStaffLevel, STAFF_LEVELS } from '../../level.ts';
import { momentOf } from '../../moments.ts';
import type { Scope } from '../../provider.ts';

export interface Ticket {
  readonly id: number;
  readonly customer: number;
  readonly customerName: string;
  readonly subject: string;
  readonly department: string;
  readonly status: string;
  readonly isUnread: boolean;
  readonly created: string;
  /** How many messages it has. */
  readonly messages: number;
  /** The last message of each side; 0 when there is none. */
  readonly last: Readonly<Record<Side, number>>;
}

export type Side = 'customer' | 'staff';

/** Staff write as support; everybody else for their customer. */
export function sideOf({ level }: Pick<Scope, 'level'>): Side {
  return isStaffLevel(level) ? 'staff' : 'customer';
}

/** The ticket of a call: one of the visitor's customer, or for staff anybody's. */
export async function findTicket({ ids, read }: Pick<FormCall, 'ids' | 'read'>): Promise<Ticket | undefined> {
  const [id] = ids;
  if (id === undefined || ids.length > 1) return undefined;
  const [row] = await read(
    `
    select ticket.id, ticket.customer_id, ticket.subject, ticket.department, ticket.status, ticket.unread, ticket.created,
           customer.name,
           (select count(*) from ticket_message where ticket_id = ticket.id) as messages,
           (select max(id) from ticket_message where ticket_id = ticket.id and side = 'customer') as asked,
           (select max(id) from ticket_message where ticket_id = ticket.id and side = 'staff') as answered
    from ticket join customer on customer.id = ticket.customer_id
    where ticket.id = :id and (ticket.customer_id = :customer or :level in (${STAFF_LEVELS.join(', ')}))`,
    { id },
  );
  return (
    row && {
      id: Number(row.id),
      customer: Number(row.customer_id),
      customerName: String(row.name),
      subject: String(row.subject),
      department: String(row.department),
      status: String(row.status),
      isUnread: row.unread === 'on',
      created: String(row.created),
      messages: Number(row.messages),
      last: { customer: Number(row.asked), staff: Number(row.answered) },
    }
  );
}

export interface Words {
  readonly ticket: number;
  readonly side: Side;
  readonly author: string;
  readonly text: string;
  readonly now: Date;
}

/** Adds a message to a ticket, in the caller's transaction. */
export async function say(trx: Knex.Transaction, { ticket, now, ...said }: Words): Promise<void> {
  await trx('ticket_message').insert({ ticket_id: ticket, ...said, created: momentOf(now) });
}
