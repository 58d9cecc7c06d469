/** Payments at work: customers go to a method and come back, methods notify, and what nobody spoke of is asked about. */
import type { Database } from '../../database.ts';
import { momentOf } from '../../moments.ts';
import type {
  BegunPayment,
  PaymentMethod,
  PaymentNotification,
  ReceivedNotification,
  RefusedNotification,
} from '../../payment.ts';
import { type Repeating, repeat } from '../repeat.ts';
import { type Attempt, findAttempt, openAttempts } from './attempts.ts';
import { type Settled, settle } from './settle.ts';

export interface PaymentsOptions {
  readonly database: Database;
  readonly methods: readonly PaymentMethod[];
  readonly clock: () => Date;
  /** A write changed rows of the customer. */
  readonly changed: (customer: number) => void;
  readonly log: {
    info(entry: object, message: string): void;
    warn(entry: object, message: string): void;
    error(entry: object, message: string): void;
  };
}

/** What came to the notify address: the headers and the bytes, and from where. */
export interface Arrived extends Pick<ReceivedNotification, 'headers' | 'body'> {
  readonly address: string;
}

export interface Payments {
  find(reference: string, customer: number): Promise<Attempt | undefined>;
  /** Where the customer pays; `site` is our origin. Rejects when the method does not answer. */
  leave(attempt: Attempt, site: string): Promise<string>;
  /** What became of a notification; `refused` was not believed. */
  notified(method: string, arrived: Arrived): Promise<Settled['outcome'] | 'refused'>;
  /** Asks about attempts that nothing was heard of; gives how many came to an end. */
  sweep(isStopped?: () => boolean): Promise<number>;
  /** Sweeps now and each minute, until it is told to stop. */
  watch(after: number): Repeating;
}

const MINUTE = 60_000;
/** What a method has to answer within. */
const PATIENCE = 10_000;
const FIRST_ASKED = 5 * MINUTE;
const LAST_ASKED = 48 * 60 * MINUTE;

export function createPayments({ database, methods, clock, changed, log }: PaymentsOptions): Payments {
  const byName = new Map(methods.map((method) => [method.name, method]));

  const take = async (method: string, notification: PaymentNotification): Promise<Settled['outcome']> => {
    const settled = await settle(database, method, { notification, now: clock() });
    const { event, reference, status } = notification;
    const entry = { method, event, reference, status, ...settled };
    if (settled.outcome === 'unknown') log.warn(entry, 'a notification is about no payment');
    else if (settled.outcome === 'mismatch') {
      const { amount, currency } = notification;
      log.error({ ...entry, amount, currency, alarm: true }, 'a notification is about other money than its payment');
    } else {
      changed(settled.customer);
      if (settled.outcome === 'again')
        log.error({ ...entry, alarm: true }, 'a payment was paid twice: it became funds');
      else log.info(entry, 'payment notified');
    }
    return settled.outcome;
  };

  const ask = async (attempt: Attempt): Promise<boolean> => {
    const { reference, method: name } = attempt;
    const method = byName.get(name);
    if (!method?.ask) return false;
    await database
      .knex('payment_attempt')
      .where({ reference })
      .update({ asked: momentOf(clock()) });
    try {
      const answer = await inTime(method.ask(begun(attempt)));
      return answer?.reference === reference && (await take(name, answer)) !== 'mismatch';
    } catch (err) {
      log.warn({ method: name, reference, err }, 'a payment method could not be asked');
      return false;
    }
  };

  const sweep = async (isStopped = () => false): Promise<number> => {
    const now = clock().getTime();
    const open = await openAttempts(database, new Date(now - LAST_ASKED), new Date(now - FIRST_ASKED));
    let ended = 0;
    for (const attempt of open.filter((one) => isDue(one, now))) {
      if (isStopped()) break;
      if (await ask(attempt)) ended += 1;
    }
    return ended;
  };

  return {
    find: (reference, customer) => findAttempt(database, reference, customer),
    async leave(attempt, site) {
      const method = byName.get(attempt.method);
      if (!method) throw new Error(`No payment method is named "${attempt.method}"`);
      const addresses = {
        notify: `${site}/payment/notify/${encodeURIComponent(method.name)}`,
        back: `${site}/payment/return/${encodeURIComponent(attempt.reference)}`,
      };
      return (await inTime(method.start(begun(attempt), addresses))).to;
    },
    async notified(name, { headers, body, address }) {
      const method = byName.get(name);
      if (!method) return 'unknown';
      const refuse = (reason: RefusedNotification['refused']) => {
        log.warn({ method: name, address, reason }, 'a notification was refused');
        return 'refused' as const;
      };
      const read = await method.readNotification({ headers, body, now: clock() });
      return 'refused' in read ? refuse(read.refused) : take(name, read);
    },
    sweep,
    watch: (after) =>
      repeat(sweep, { every: MINUTE, after, failed: (err) => log.error({ err }, 'payments could not be asked about') }),
  };
}

/** Five minutes after its start, and then each time it is twice as old. */
function isDue({ started, asked }: Attempt, now: number): boolean {
  const begin = Date.parse(started);
  return asked === null || now - begin >= 2 * (Date.parse(asked) - begin);
}

function begun({ reference, number, amount, currency }: Attempt): BegunPayment {
  return { reference, number, amount, currency };
}

function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The payment method did not answer within ${PATIENCE} ms`)), PATIENCE);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
