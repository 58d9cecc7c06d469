import type { Words } from '../../words.ts';
import type { Attempt } from './attempts.ts';

/** What a customer is told who comes back from paying. */
export interface Receipt {
  readonly state: 'paid' | 'failed' | 'cancelled' | 'open' | 'unreachable';
  readonly title: string;
  readonly text: string;
  /** What was paid, as label and value. */
  readonly lines: readonly { readonly label: string; readonly value: string }[];
  readonly buttons: readonly { readonly address: string; readonly title: string }[];
}

/** The payment as it stands; `isUnreachable` when the method could not be asked where to go. `words` are those of `payment.return`. */
export function receiptOf(attempt: Attempt, words: Words, isUnreachable = false): Receipt {
  const { reference, payment, number, amount, currency, account, service, purpose, method, back } = attempt;
  const state = isUnreachable ? 'unreachable' : attempt.status;
  const values = { account, service: service ?? '' };
  const { of } = words;
  const use = state === 'paid' && service !== null ? (purpose === 'order' ? '_order' : '_late') : '';
  const again = { address: `/form/payment.pay?elid=${payment}&back=${encodeURIComponent(back)}`, title: 'other' };
  const isUnpaid = attempt.paymentStatus === 'new' || attempt.paymentStatus === 'failed';
  const buttons = [
    ...(state === 'open' ? [{ address: `/payment/return/${reference}`, title: 'look_again' }] : []),
    ...(state === 'unreachable' ? [{ address: `/pay/${reference}`, title: 'try_again' }] : []),
    ...((state === 'failed' || state === 'cancelled') && isUnpaid ? [{ ...again, title: 'pay_again' }] : []),
    { address: back, title: 'go_back' },
    ...(state === 'unreachable' || state === 'open' ? [again] : []),
  ];
  const lines = {
    amount: words.money(amount, currency),
    account,
    ...(service !== null && { service }),
    method: of('payment').has(`method_${method}`) ? of('payment').text(`method_${method}`) : method,
    number,
  };
  return {
    state,
    title: words.text(`${state}_title`),
    text: words.text(`${state}_text${use}`, values),
    lines: Object.entries(lines).map(([key, value]) => ({ label: words.text(key), value })),
    buttons: buttons.map(({ address, title }) => ({ address, title: words.text(title) })),
  };
}
