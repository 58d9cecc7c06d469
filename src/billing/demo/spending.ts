import { cost } from '../prices.ts';
import { days as lengths } from './products.ts';
import type { Random } from './random.ts';
import type { Service } from './story.ts';

/** One period of a service that was paid from an account. */
export interface Charge {
  readonly service: Service;
  readonly amount: number;
  readonly reason: 'order' | 'renewal';
  /** Days since. */
  readonly days: number;
}

/**
 * What services have cost, from yesterday backwards, until `wanted` is spent: a little more than that, if the services are
 * old enough, but never more than so many charges.
 */
export function spend(services: readonly Service[], wanted: number, most: number): Charge[] {
  const charges = services.flatMap((service) => chargesOf(service, most)).sort((one, other) => one.days - other.days);
  const spent: Charge[] = [];
  let sum = 0;
  for (const charge of charges) {
    if (sum >= wanted || spent.length === most) break;
    spent.push(charge);
    sum += charge.amount;
  }
  return spent;
}

/** The newest charges of a service: one when it was ordered, one at the end of each period. */
function chargesOf(service: Service, most: number): Charge[] {
  const { product, period, currency, days, age } = service;
  if (days === null) return [];
  const amount = cost(product, period, currency);
  const charges: Charge[] = [];
  for (let ago = lengths[period] - days; ago < age && charges.length < most; ago += lengths[period])
    charges.push({ service, amount, reason: 'renewal', days: Math.max(ago, 1) });
  if (charges.length < most) charges.push({ service, amount, reason: 'order', days: age });
  return charges;
}

/** Days since a service was ordered: some whole periods before it expires, and not before its customer came. */
export function ageOf({ period, days }: Pick<Service, 'period' | 'days'>, age: number, random: Random): number {
  if (days === null) return random.between(0, 2);
  const length = lengths[period];
  const most = Math.floor((age - 1 + days) / length);
  return Math.max(1, most < 1 ? age - 1 : length * random.between(1, most) - days);
}
