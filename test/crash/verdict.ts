import { addPeriod } from '../../src/billing/period.ts';
import type { Database } from '../../src/database.ts';
import { type Action, type Customer, START } from './customers.ts';

export interface Verdict {
  /** Acknowledged, and not there. */
  lost: number;
  /** There more than once, or there although it was refused. */
  doubled: number;
  /** Services whose end is not what the renewals in the ledger make of it. */
  endsWrong: number;
  /** Payments that are paid without one entry, or have an entry without being paid. */
  paymentsWrong: number;
  /** Accounts whose balance is not the sum of their ledger. */
  balancesWrong: number;
}

/** Compares what customers were told with what is in the database. */
export async function count(database: Database, customers: readonly Customer[]): Promise<Verdict> {
  const verdict: Verdict = { lost: 0, doubled: 0, endsWrong: 0, paymentsWrong: 0, balancesWrong: 0 };
  for (const customer of customers) {
    await judgeEach(database, customer, verdict);
    await judgeRenewals(database, customer, verdict);
  }
  verdict.paymentsWrong = await number(
    database,
    `select count(*) as count from payment where status = 'paid' and (select count(*) from ledger where payment_id = payment.id and reason = 'payment') <> 1
       and id in (select payment_id from payment_event)
     union all
     select count(*) from ledger join payment on payment.id = ledger.payment_id where ledger.reason = 'payment' and payment.status <> 'paid'`,
  );
  verdict.balancesWrong = await number(
    database,
    'select count(*) as count from account where balance <> coalesce((select sum(amount) from ledger where account_id = account.id), 0)',
  );
  return verdict;
}

async function judgeEach({ knex }: Database, { actions, ticket, account }: Customer, verdict: Verdict): Promise<void> {
  for (const { kind, mark, fate } of actions) {
    if (kind === 'renew') continue;
    const found =
      kind === 'reply'
        ? knex('ticket_message').where({ ticket_id: ticket, text: mark })
        : knex('payment').where({ account_id: account, amount: mark });
    const [row] = (await found.count({ count: '*' })) as { count: number }[];
    judge(fate, Number(row?.count), verdict);
  }
}

function judge(fate: Action['fate'], times: number, verdict: Verdict): void {
  if (fate === 'acknowledged' && times === 0) verdict.lost += 1;
  if (times > (fate === 'refused' ? 0 : 1)) verdict.doubled += 1;
}

/** Renewals are alike: their number and the end of the service tell. */
async function judgeRenewals({ knex }: Database, { actions, service }: Customer, verdict: Verdict): Promise<void> {
  const renewals = actions.filter(({ kind }) => kind === 'renew');
  const told = renewals.filter(({ fate }) => fate === 'acknowledged').length;
  const unknown = renewals.filter(({ fate }) => fate === 'abandoned' || fate === undefined).length;
  const [row] = (await knex('ledger').where({ service_id: service, reason: 'renewal' }).count({ count: '*' })) as {
    count: number;
  }[];
  const made = Number(row?.count);
  verdict.lost += Math.max(0, told - made);
  verdict.doubled += Math.max(0, made - told - unknown);
  let ends = START;
  for (let month = 0; month < made; month += 1) ends = addPeriod(ends, 'month');
  const { expires } = (await knex('service').first('expires').where({ id: service })) as { expires: string };
  if (expires !== ends) verdict.endsWrong += 1;
}

async function number({ knex }: Database, sql: string): Promise<number> {
  const rows = (await knex.raw(sql)) as { count: number }[];
  return rows.reduce((sum, row) => sum + Number(Object.values(row)[0]), 0);
}
