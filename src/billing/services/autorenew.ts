import { defineForm, type FormOption, type Submitted } from '../../form.ts';
import type { Words } from '../../words.ts';
import { type OwnService, readOwn } from './own.ts';
import { promiseOf } from './price-list.ts';

const STATES = ['on', 'off'] as const;

/** Switches whether services renew by themselves. */
export const autorenew = defineForm({
  name: 'service.autorenew',
  async open(_scope, call) {
    const services = await readOwn(call);
    if (!services) return undefined;
    const { words } = call;
    const going = services.filter(goesOn);
    const ended = services.filter((service) => !goesOn(service));
    const left = ended.map(({ name }) => words.text('left_cancelled', { name })).join('\n');
    if (going.length === 0)
      return { values: { left }, without: ['autorenew'], notice: { key: 'nothing' }, unavailable: ['ok'] };
    return {
      names: going.map(({ name }) => name),
      values: { left, autorenew: otherState(going) },
      options: { autorenew: optionsOf(going, words) },
      without: ended.length > 0 ? [] : ['left'],
      version: promiseOf(going),
    };
  },
  async submit(scope, call): Promise<Submitted> {
    const services = ((await readOwn(call)) ?? []).filter(goesOn);
    const state = call.values.autorenew === 'on' ? 'on' : 'off';
    for (const { id, version } of services.filter((service) => service.autorenew !== state)) {
      await call
        .trx('service')
        .where({ id, customer_id: scope.customer ?? -1, version })
        .update({ autorenew: state, version: version + 1 });
    }
    const [only, ...more] = services;
    if (only && more.length === 0) return { done: `done_${state}`, values: { name: only.name } };
    return { done: `done_${state}_several`, values: { count: services.length } };
  },
});

const goesOn = ({ status }: OwnService) => status !== 'cancelled';

/** What all of them are not; undefined when they differ. */
function otherState(services: readonly OwnService[]): string | undefined {
  const states = new Set(services.map((service) => service.autorenew));
  return states.size === 1 ? STATES.find((state) => !states.has(state)) : undefined;
}

function optionsOf(services: readonly OwnService[], words: Words): FormOption[] {
  return STATES.map((key) => {
    const count = services.filter((service) => service.autorenew === key).length;
    const about = words.text(`autorenew_${key}_about`);
    const now = words.text(services.length === 1 ? 'as_now' : 'now', { count });
    return { key, text: words.text(`autorenew_${key}`), hint: count > 0 ? `${about} ${now}` : about };
  });
}
