import type { FormCall } from '../../form.ts';
import type { Period } from '../period.ts';
import type { Price } from '../prices.ts';

export type Status = 'active' | 'suspended' | 'expired' | 'ordered' | 'cancelled';

/** A service of whoever asks, with the line of the price list that it was ordered by. */
export interface OwnService {
  readonly id: number;
  readonly name: string;
  readonly package: string;
  readonly period: Period;
  /** For its period, in minor units of its currency. */
  readonly cost: number;
  readonly currency: string;
  readonly status: Status;
  readonly expires: string | null;
  readonly autorenew: 'on' | 'off';
  readonly version: number;
  readonly listed: Price;
}

/** What a service is called where nothing else says what it is: its package and name, once when they are the same. */
export function callOf({ package: what, name }: { readonly package: string; readonly name: string }): string {
  return name === what ? name : `${what}, ${name}`;
}

const select = `
  select service.id, service.name, service.package, service.period, service.cost, service.currency, service.status,
         service.expires, service.autorenew, service.version,
         product.price as listed_price, product.currency as listed_currency, product.period as listed_period
  from service join product on product.id = service.product_id
  where service.customer_id = :customer and service.id in (:ids)
  order by service.expires, service.id`;

/** The services with these ids; undefined when there are none, or one of them is not of whoever asks. */
export async function readOwn({
  read,
  ids,
}: Pick<FormCall, 'read' | 'ids'>): Promise<readonly OwnService[] | undefined> {
  const rows = ids.length > 0 ? await read(select, { ids }) : [];
  if (rows.length === 0 || rows.length < new Set(ids).size) return undefined;
  return rows.map(({ listed_price: price, listed_currency: currency, listed_period: period, ...row }) => ({
    ...(row as unknown as OwnService),
    listed: { price, currency, period } as Price,
  }));
}
