import type { FormOption } from '../../form.ts';
import type { PaymentMethod } from '../../payment.ts';
import type { Words } from '../../words.ts';

export interface Sum {
  /** Undefined while it is not known yet. */
  readonly amount: number | undefined;
  readonly currency: string;
}

/** Why a method cannot take a sum: a message of the form, and the limit. */
export function objectionTo(
  { currencies }: PaymentMethod,
  { amount, currency }: Sum,
): { readonly key: 'method_currency' | 'amount_least' | 'amount_most'; readonly limit: number } | undefined {
  if (!currencies) return undefined;
  const limits = currencies[currency];
  if (!limits) return { key: 'method_currency', limit: 0 };
  const { min = 0, max = Number.POSITIVE_INFINITY } = limits;
  if (amount !== undefined && amount < min) return { key: 'amount_least', limit: min };
  return amount !== undefined && amount > max ? { key: 'amount_most', limit: max } : undefined;
}

/** The methods as options of a form, those that cannot take the sum with the reason; `words` are the form's. */
export function methodOptions(methods: readonly PaymentMethod[], sum: Sum, words: Words): readonly FormOption[] {
  const names = words.of('payment');
  return methods.map((method): FormOption => {
    const { name: key, currencies } = method;
    const objection = objectionTo(method, sum);
    const own = `hint_method_${key}`;
    const hints = objection
      ? [words.text(objection.key, { limit: words.money(objection.limit, sum.currency), currency: sum.currency })]
      : [...(names.has(own) ? [names.text(own)] : []), ...limitsOf(currencies?.[sum.currency], sum, words)];
    const text = names.has(`method_${key}`) ? names.text(`method_${key}`) : key;
    return { key, text, hint: hints.join(' '), isDisabled: objection !== undefined };
  });
}

function limitsOf(limits: { readonly min?: number; readonly max?: number } = {}, sum: Sum, words: Words): string[] {
  const { min, max } = limits;
  if (sum.amount !== undefined || (min === undefined && max === undefined)) return [];
  const values = { min: words.money(min ?? 0, sum.currency), max: words.money(max ?? 0, sum.currency) };
  return [words.text(max === undefined ? 'limits_from' : min === undefined ? 'limits_to' : 'limits', values)];
}

/** The method that was used last, or the first that can take the sum. */
export function usualMethod(options: readonly FormOption[], last: unknown): string | undefined {
  const offered = options.filter(({ isDisabled }) => !isDisabled).map(({ key }) => key);
  return offered.find((key) => key === last) ?? offered[0];
}
