import { defineForm } from '../../form.ts';
import { browserOf } from '../session.ts';

/** Signs out one or several of the visitor's sessions, which may be the one that asks. */
export const sessionClose = defineForm({
  name: 'session.close',
  async open(scope, { elids, read, words }) {
    const sessions = await read(
      `select substr(id, 1, 12) as name, address, agent, seen from session
       where user_id = :user and expires > :now and substr(id, 1, 12) in (:elids)
       order by seen desc`,
      { elids },
    );
    if (sessions.length === 0) return undefined;
    const isOwn = sessions.some(({ name }) => name === scope.session);
    return {
      names: sessions.map(({ name, address, agent, seen }) =>
        words.text(name === scope.session ? 'name_own' : 'name', {
          browser: browserOf(String(agent)),
          address: String(address),
          seen: words.date(String(seen)),
        }),
      ),
      ...(isOwn && { notice: { key: 'notice_own' } }),
    };
  },

  async submit(scope, { elids, trx }) {
    const marks = elids.map(() => '?').join(', ');
    const closed = await trx('session')
      .where({ user_id: scope.user })
      .whereRaw(`substr(id, 1, 12) in (${marks})`, [...elids])
      .delete();
    const isOwn = elids.includes(scope.session);
    return { done: 'done', values: { count: closed }, ...(isOwn && { to: '/signin' }) };
  },
});
