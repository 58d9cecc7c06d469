import type { FormOption } from '../../form.ts';
import type { Words } from '../../words.ts';
import { PERIODS } from '../period.ts';
import type { OwnService } from './own.ts';
import type { Plan } from './renew-plan.ts';
import { chargesOf, type Renewal, renewalsOf, termsOf } from './renewal.ts';

/** For one service its terms, each with its cost and its end; for several their own periods, or one for all. */
export function termOptions({ renewals, today }: Plan, words: Words): FormOption[] {
  const services = renewals.map(({ service }) => service);
  const [first, ...more] = services;
  if (!first) return [];
  if (more.length === 0) {
    return termsOf(first).map((key) => {
      const [renewal] = renewalsOf([first], key, today) as [Renewal];
      const values = { cost: words.money(renewal.cost, first.currency), until: words.date(renewal.until) };
      return { key, text: words.text(`period_${key}`), hint: words.text('period_price', values) };
    });
  }
  const common = PERIODS.filter((period) => services.some((service) => termsOf(service).includes(period)));
  const own = services.map(({ period }) => period).join();
  const keys = ['own', ...common].filter((key) => key === 'own' || periodsFor(services, key, today) !== own);
  return keys.map((key) => {
    const planned = renewalsOf(services, key, today);
    const sums = chargesOf(planned, [], undefined).map(({ sum, currency }) => words.money(sum, currency));
    const kept = key === 'own' ? 0 : planned.filter(({ period }) => period !== key).length;
    const hint = words.text('period_total', { sum: words.list(sums) });
    const exception = kept > 0 ? words.text('period_kept', { count: kept }) : '';
    return {
      key,
      text: words.text(key === 'own' ? 'period_own' : `period_all_${key}`),
      hint: `${hint} ${exception}`.trim(),
    };
  });
}

function periodsFor(services: readonly OwnService[], wanted: string, today: string): string {
  return renewalsOf(services, wanted, today)
    .map(({ period }) => period)
    .join();
}
