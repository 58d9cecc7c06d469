import { addPeriod, PERIODS, type Period } from '../period.ts';
import { cost, isPriced, periodsOf } from '../prices.ts';
import type { Account } from './accounts.ts';
import type { OwnService } from './own.ts';

/** The next term of a service. */
export interface Renewal {
  readonly service: OwnService;
  readonly period: Period;
  /** In minor units of the service's currency. */
  readonly cost: number;
  /** The day on which it ends. */
  readonly until: string;
}

/** A service that has not started, or has ended for good, has no next term. */
export function isRenewable({ status }: OwnService): boolean {
  return status !== 'ordered' && status !== 'cancelled';
}

/** The periods for which a service can be renewed. */
export function termsOf(service: OwnService): readonly Period[] {
  const longer = isPriced(service.currency) ? periodsOf(service.listed) : [];
  return PERIODS.filter((period) => period === service.period || longer.includes(period));
}

/**
 * The next terms: each for `wanted`, or for its own period when that is wanted or the service is not sold for the other.
 * Its own period costs what the service costs, another one what the price list says. A term begins when the last one
 * ends, or today when that is over.
 */
export function renewalsOf(services: readonly OwnService[], wanted: string, today: string): readonly Renewal[] {
  return services.map((service) => {
    const period = termsOf(service).find((one) => one === wanted) ?? service.period;
    return { service, period, cost: costOf(service, period), until: addPeriod(beginOf(service, today), period) };
  });
}

export function beginOf({ expires }: OwnService, today: string): string {
  return expires !== null && expires > today ? expires : today;
}

function costOf({ period: own, cost: price, listed, currency }: OwnService, period: Period): number {
  return period === own || !isPriced(currency) ? price : cost(listed, period, currency);
}

/** What renewals take from one account. */
export interface Charge {
  readonly currency: string;
  readonly sum: number;
  /** Undefined when the customer has none in that currency. */
  readonly account: Account | undefined;
  /** What the account lacks. */
  readonly lack: number;
}

/** One charge per currency: from the account that was chosen, else from the one that holds the most. */
export function chargesOf(
  renewals: readonly Renewal[],
  accounts: readonly Account[],
  chosen: unknown,
): readonly Charge[] {
  const currencies = [...new Set(renewals.map(({ service }) => service.currency))];
  return currencies.map((currency) => {
    const sum = sumOf(renewals.filter(({ service }) => service.currency === currency));
    const fit = accountsIn(accounts, currency);
    const account = fit.find(({ id }) => String(id) === chosen) ?? fit.toSorted((a, b) => b.balance - a.balance)[0];
    return { currency, sum, account, lack: Math.max(0, sum - (account?.balance ?? 0)) };
  });
}

export function accountsIn(accounts: readonly Account[], currency: string | undefined): readonly Account[] {
  return accounts.filter((account) => account.currency === currency);
}

export function sumOf(renewals: readonly Renewal[]): number {
  return renewals.reduce((sum, renewal) => sum + renewal.cost, 0);
}
