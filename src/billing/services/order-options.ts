import type { FormOption } from '../../form.ts';
import type { Words } from '../../words.ts';
import { addPeriod, MONTHS } from '../period.ts';
import { cost, periodsOf } from '../prices.ts';
import { type Choice, type Offer, productsOf } from './order-choice.ts';
import { KINDS } from './price-list.ts';

/** The options of each select of an order, priced in the currency of the purse that was chosen. */
export function optionsOf(offer: Offer, choice: Choice, words: Words): Readonly<Record<string, readonly FormOption[]>> {
  return {
    group: groups(offer, words),
    product: products(offer, choice, words),
    period: periods(offer, choice, words),
    account: accounts(offer, words),
    payment: payments(choice, words),
  };
}

function groups(offer: Offer, words: Words): FormOption[] {
  const sold = KINDS.filter((kind) => productsOf(offer.products, kind).length > 0);
  return sold.map((key) => ({ key, text: words.text(`group_${key}`), hint: words.text(`group_${key}_about`) }));
}

function products({ products: all }: Offer, { product, purse }: Choice, words: Words): FormOption[] {
  return productsOf(all, product.kind).map((one) => {
    const price = words.money(cost(one, one.period, purse.currency), purse.currency);
    return { key: String(one.id), text: one.name, hint: words.text(`price_${one.period}`, { price }) };
  });
}

function periods({ today }: Offer, { product, purse }: Choice, words: Words): FormOption[] {
  const money = (minor: number) => words.money(minor, purse.currency);
  const single = cost(product, product.period, purse.currency);
  return periodsOf(product).map((period) => {
    const price = cost(product, period, purse.currency);
    const saved = (single * MONTHS[period]) / MONTHS[product.period] - price;
    const values = { cost: money(price), until: words.date(addPeriod(today, period)), saved: money(saved) };
    const hint = words.text(saved > 0 ? 'period_saving' : 'period_price', values);
    return { key: period, text: words.text(`period_${period}`), hint };
  });
}

function accounts({ purses }: Offer, words: Words): FormOption[] {
  return purses.map(({ key, account, currency, balance }) => {
    if (!account)
      return { key, text: words.text('account_new', { currency }), hint: words.text(`currency_${currency}`) };
    return { key, text: account.name, hint: words.text('account_holds', { balance: words.money(balance, currency) }) };
  });
}

function payments({ purse, cost: price, lack }: Choice, words: Words): FormOption[] {
  const money = (minor: number) => words.money(minor, purse.currency);
  const missing = purse.account ? 'payment_lacks' : 'payment_opens';
  const hint =
    lack > 0
      ? words.text(missing, { lack: money(lack) })
      : words.text('payment_leaves', { rest: money(purse.balance - price) });
  return [
    { key: 'account', text: words.text('payment_account'), hint, isDisabled: lack > 0 },
    { key: 'later', text: words.text('payment_later'), hint: words.text('payment_later_about') },
  ];
}
