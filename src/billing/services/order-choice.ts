import type { ControlValues } from '../../control.ts';
import type { FormCall } from '../../form.ts';
import { addPeriod, dayOf, type Period } from '../period.ts';
import { CURRENCIES, type Currency, cost, isPriced, periodsOf } from '../prices.ts';
import { type Account, lackOf, readAccounts } from './accounts.ts';
import { KINDS, type Kind, type Product, readProducts } from './price-list.ts';

/** What there is to choose from. */
export interface Offer {
  readonly products: readonly Product[];
  readonly purses: readonly Purse[];
  /** The day from which what is ordered runs. */
  readonly today: string;
}

/** What an order is paid from: an account, or one that the order opens. */
export interface Purse {
  readonly key: string;
  readonly account: Account | undefined;
  readonly currency: Currency;
  readonly balance: number;
}

/** An order as it stands. */
export interface Choice {
  readonly product: Product;
  readonly period: Period;
  /** The last day that is paid. */
  readonly until: string;
  readonly purse: Purse;
  /** In minor units of the purse's currency. */
  readonly cost: number;
  /** What the purse lacks of it. */
  readonly lack: number;
  readonly isPaidNow: boolean;
}

export async function readOffer({ read, now }: Pick<FormCall, 'read' | 'now'>): Promise<Offer> {
  const accounts = await readAccounts(read);
  const purses = accounts.flatMap((account) => purseOf(account) ?? []);
  return {
    products: await readProducts(read),
    purses: purses.length > 0 ? purses : CURRENCIES.map(newPurse),
    today: dayOf(now),
  };
}

function purseOf(account: Account): Purse | undefined {
  const { id, currency, balance } = account;
  return isPriced(currency) ? { key: String(id), account, currency, balance } : undefined;
}

function newPurse(currency: Currency): Purse {
  return { key: `new-${currency}`, account: undefined, currency, balance: 0 };
}

/** What was chosen, and the first of the rest; undefined when nothing is sold. */
export function choose({ products, purses, today }: Offer, values: ControlValues): Choice | undefined {
  const sold = KINDS.filter((kind) => products.some((product) => product.kind === kind));
  const group = sold.find((kind) => kind === values.group) ?? sold[0];
  const ofGroup = productsOf(products, group);
  const product = ofGroup.find(({ id }) => String(id) === values.product) ?? ofGroup[0];
  const purse = purses.find(({ key }) => key === values.account) ?? purses[0];
  if (!product || !purse) return undefined;
  const period = periodsOf(product).find((one) => one === values.period) ?? product.period;
  const price = cost(product, period, purse.currency);
  const lack = lackOf(purse.balance, price);
  return {
    ...{ product, period, purse, cost: price, lack },
    until: addPeriod(today, period),
    isPaidNow: lack === 0 && (price === 0 || values.payment !== 'later'),
  };
}

export function productsOf(products: readonly Product[], group: Kind | undefined): readonly Product[] {
  return products.filter(({ kind }) => kind === group);
}

/** The fields that an order of a kind does not ask for. */
export function notAsked(kind: Kind): readonly string[] {
  const isNamed = kind === 'domain' || kind === 'hosting' || kind === 'certificate';
  return [...(isNamed ? ['name'] : ['domain']), ...(kind === 'server' ? [] : ['os'])];
}
