import type { Knex } from '../../database.ts';
import { addPeriod, dayOf, type Period } from '../period.ts';

/** Starts a service that was ordered, in the caller's transaction; false when it is not an ordered one of the customer. */
export async function activate(
  trx: Knex.Transaction,
  { service, customer, now }: { service: number; customer: number; now: Date },
): Promise<boolean> {
  const own = { id: service, customer_id: customer, status: 'ordered' };
  const row = (await trx('service').first('period').where(own)) as { period: Period } | undefined;
  if (!row) return false;
  const expires = addPeriod(dayOf(now), row.period);
  return (await trx('service').where(own).update({ status: 'active', expires }).increment('version', 1)) === 1;
}
