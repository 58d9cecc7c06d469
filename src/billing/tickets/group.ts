import { defineForm, type FormCall, type FormDefinition } from '../../form.ts';
import { momentOf } from '../../moments.ts';

/** Closes tickets that were chosen in the list. */
export const close = groupForm('ticket.close', {
  isDone: (status) => status === 'closed',
  change: () => ({ status: 'closed' }),
});

/** Opens tickets again that were closed: they wait for support from now on. */
export const reopen = groupForm('ticket.reopen', {
  isDone: (status) => status !== 'closed',
  change: (now) => ({ status: 'open', updated: now }),
});

interface GroupAction {
  /** Whether there is nothing to do with a ticket. */
  isDone(status: string): boolean;
  change(now: string): Readonly<Record<string, string>>;
}

/** Asks, naming them, and then changes all tickets of a choice that are not there yet. */
function groupForm(name: string, { isDone, change }: GroupAction): FormDefinition {
  const chosen = async ({ ids, read }: Pick<FormCall, 'ids' | 'read'>) => {
    const select = `
      select id, subject, status, unread from ticket
      where customer_id = :customer and id in (:ids)
      order by updated desc, id desc`;
    const rows = ids.length > 0 ? await read(select, { ids }) : [];
    return {
      isWhole: rows.length > 0 && rows.length === ids.length,
      todo: rows.filter((row) => !isDone(String(row.status))),
      rows,
    };
  };
  return defineForm({
    name,
    async open(_scope, call) {
      const { isWhole, todo, rows } = await chosen(call);
      if (!isWhole) return undefined;
      const unread = todo.filter((row) => row.unread === 'on').length;
      return {
        names: (todo.length > 0 ? todo : rows).map(({ subject }) => String(subject)),
        version: todo.map(({ id }) => id).join(' '),
        ...(unread > 0 && { notice: { key: 'unread', values: { count: unread } } }),
        ...(todo.length === 0 && { notice: { key: 'nothing', tone: 'ok' }, unavailable: true }),
      };
    },
    async submit({ customer }, call) {
      const { trx, now } = call;
      const ids = (await chosen(call)).todo.map(({ id }) => id as number);
      await trx('ticket')
        .where({ customer_id: customer })
        .whereIn('id', ids)
        .update(change(momentOf(now)))
        .increment('version', 1);
      return { done: 'done', values: { count: ids.length } };
    },
  });
}
