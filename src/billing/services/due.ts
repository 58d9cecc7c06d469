/** Services whose day has come: what renews by itself is renewed, and the rest expires when that day is over. */
import type { Database, Knex } from '../../database.ts';
import { enter } from '../ledger.ts';
import { addPeriod, dayOf } from '../period.ts';
import { type Repeating, repeat } from '../repeat.ts';
import { callOf, type OwnService } from './own.ts';

export interface DueOptions {
  readonly database: Database;
  readonly clock: () => Date;
  /** A write changed rows of the customer. */
  readonly changed: (customer: number) => void;
  readonly log: {
    info(entry: object, message: string): void;
    error(entry: object, message: string): void;
  };
}

/** How many services a run has brought to what. */
export interface DueCounts {
  readonly renewed: number;
  readonly expired: number;
  /** Their accounts do not hold enough; a later run tries again. */
  readonly lacking: number;
  /** Something was wrong with them, which is in the log. */
  readonly failed: number;
}

export interface DueServices {
  /** Goes through all that is due. However many processes do so at once, a term is paid once. */
  run(isStopped?: () => boolean): Promise<DueCounts>;
  /** Runs after so many milliseconds and then each hour, until it is told to stop. */
  watch(after: number): Repeating;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Days on which a renewal is tried, the first of them the day on which the term ends. */
const TRIED = 7;
const BATCH = 100;

export function createDueServices({ database, clock, changed, log }: DueOptions): DueServices {
  const bring = async (id: number, days: Days): Promise<keyof DueCounts | undefined> => {
    try {
      const { customer, outcome } = await database.transaction((trx) => bringOne({ database, trx, days }, id));
      if (customer !== undefined && outcome !== 'lacking') changed(customer);
      return outcome;
    } catch (err) {
      log.error({ service: id, err }, 'a service could neither be renewed nor expire');
      return 'failed';
    }
  };

  const run = async (isStopped = () => false): Promise<DueCounts> => {
    const counts = { renewed: 0, expired: 0, lacking: 0, failed: 0 };
    const days = daysOf(clock());
    for await (const id of dueIds(database, days)) {
      if (isStopped()) break;
      const outcome = await bring(id, days);
      if (outcome) counts[outcome] += 1;
    }
    if (counts.renewed + counts.expired > 0) log.info(counts, 'terms of services ended');
    return counts;
  };

  return {
    run,
    watch: (after) =>
      repeat(run, {
        every: HOUR,
        after,
        failed: (err) => log.error({ err }, 'services that are due could not be found'),
      }),
  };
}

interface Days {
  readonly now: Date;
  readonly today: string;
  /** A term that ended on this day or before is not renewed any more. */
  readonly missed: string;
}

function daysOf(now: Date): Days {
  return { now, today: dayOf(now), missed: dayOf(new Date(now.getTime() - TRIED * DAY)) };
}

const IS_DUE = `
  expires <= :today and (
    status = 'active' and (autorenew = 'on' or expires < :today) or
    status = 'expired' and autorenew = 'on' and expires > :missed)`;

/** By number, so that all batches together read the table once. */
const NEXT = `select id from service where id > :after and ${IS_DUE} order by id limit ${BATCH}`;

async function* dueIds({ read }: Database, { today, missed }: Days): AsyncGenerator<number> {
  let ids: readonly number[];
  let after = 0;
  do {
    ids = (await read(NEXT, { after, today, missed })).map(({ id }) => Number(id));
    yield* ids;
    after = ids.at(-1) ?? after;
  } while (ids.length === BATCH);
}

interface DueService extends Omit<OwnService, 'listed'> {
  readonly customer_id: number;
  readonly expires: string;
}

const STILL_DUE = `
  select id, customer_id, name, package, period, cost, currency, status, expires, autorenew, version
  from service where id = :id and ${IS_DUE}`;

interface Work {
  readonly database: Database;
  readonly trx: Knex.Transaction;
  readonly days: Days;
}

/** No outcome when it is not due any more: another process, or its customer, was here first. */
async function bringOne(
  { database, trx, days }: Work,
  id: number,
): Promise<{ customer?: number; outcome?: 'renewed' | 'expired' | 'lacking' }> {
  const { today, missed, now } = days;
  const [row] = await database.read(STILL_DUE, { id, today, missed }, trx);
  if (!row) return {};
  const service = row as unknown as DueService;
  const customer = service.customer_id;
  if (service.autorenew === 'on' && service.expires > missed && (await renew(trx, service, now)))
    return { customer, outcome: 'renewed' };
  if (service.status === 'expired' || service.expires === today) return { customer, outcome: 'lacking' };
  await write(trx, service, { status: 'expired' });
  return { customer, outcome: 'expired' };
}

/** For its own period, from the day on which the last one ended. False, and nothing is written, when money is missing. */
async function renew(trx: Knex.Transaction, service: DueService, now: Date): Promise<boolean> {
  const { id, customer_id: customer, cost, currency, period, expires } = service;
  if (cost > 0) {
    const own = trx('account').where({ customer_id: customer, currency }).orderBy('balance', 'desc').orderBy('id');
    const richest = (await own.first('id')) as { id: number } | undefined;
    if (!richest) return false;
    const money = { customer, account: richest.id, amount: -cost, currency };
    if (!(await enter(trx, { ...money, reason: 'renewal', service: id, note: callOf(service), now }))) return false;
  }
  await write(trx, service, { status: 'active', expires: addPeriod(expires, period) });
  return true;
}

async function write(trx: Knex.Transaction, { id, version }: DueService, values: object): Promise<void> {
  const changed = await trx('service')
    .where({ id, version })
    .update({ ...values, version: version + 1 });
  if (changed !== 1) throw new Error(`Service ${id} changed in between`);
}
