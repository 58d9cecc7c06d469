import { type Done, defineForm, type FormState, type FormSubmission, type Refused } from '../../form.ts';
import type { Words } from '../../words.ts';
import { enter } from '../ledger.ts';
import { type Account, leadToFunds } from './accounts.ts';
import { callOf } from './own.ts';
import { promiseOf } from './price-list.ts';
import { termOptions } from './renew-options.ts';
import { type Plan, planOf } from './renew-plan.ts';
import { accountsIn, beginOf, type Charge, type Renewal } from './renewal.ts';

/** Renews services for their next term, each paid from an account in its currency. */
export const renew = defineForm({
  name: 'service.renew',
  async open(_scope, call) {
    const plan = await planOf(call);
    if (!plan) return undefined;
    const { words } = call;
    const { renewals, others, charges, wanted } = plan;
    const title = words.text(renewals.length + others.length > 1 ? 'title_several' : 'title');
    const left = others.map(({ name, status }) => words.text(`left_${status}`, { name })).join('\n');
    if (renewals.length === 0) {
      const without = ['services', 'period', 'keep', 'account', 'total'];
      return { title, values: { left }, without, notice: { key: 'nothing' }, unavailable: ['ok', 'funds'] };
    }
    return {
      title,
      rows: renewals.map(rowOf),
      options: { period: termOptions(plan, words), account: accountOptions(plan, words) },
      values: {
        ...{ left, period: wanted, account: String(charges[0]?.account?.id ?? '') },
        total: charges.map((charge) => tellCharge(charge, words)).join('\n'),
      },
      without: notAsked(plan),
      ...lackIn(plan, words),
      version: promiseOf(renewals.map(({ service }) => [service, beginOf(service, plan.today)])),
    };
  },
  async submit(scope, call) {
    const plan = await planOf(call);
    const customer = scope.customer ?? -1;
    const refused: Refused = { refused: { '': 'not_enough' } };
    if (!plan || plan.charges.some(({ account, lack }) => !account || lack > 0)) return refused;
    for (const renewal of plan.renewals) {
      const account = plan.charges.find(({ currency }) => currency === renewal.service.currency)?.account;
      if (!account || !(await renewOne(renewal, { customer, account: account.id }, call))) return refused;
    }
    return doneWith(plan, call.words);
  },
});

/** Accounts to choose from: when all is paid in one currency, and there are several in it. */
function choosable({ accounts, charges }: Plan): readonly Account[] {
  return charges.length === 1 ? accountsIn(accounts, charges[0]?.currency) : [];
}

function notAsked(plan: Plan): string[] {
  const { others, renewals } = plan;
  return [
    ...(others.length > 0 ? [] : ['left']),
    ...(choosable(plan).length > 1 ? [] : ['account']),
    ...(renewals.some(({ service, period }) => period !== service.period) ? [] : ['keep']),
  ];
}

function accountOptions(plan: Plan, words: Words) {
  return choosable(plan).map(({ id, name, balance, currency }) => {
    return {
      key: String(id),
      text: name,
      hint: words.text('account_holds', { balance: words.money(balance, currency) }),
    };
  });
}

function rowOf({ service, cost, until }: Renewal) {
  const { id, name, package: what, expires, currency } = service;
  return { id, name, package: what, expires, until, cost, currency };
}

function tellCharge({ account, currency, sum, lack }: Charge, words: Words): string {
  const money = (minor: number) => words.money(minor, currency);
  if (!account) return words.text('charge_nowhere', { sum: money(sum), currency });
  const values = { sum: money(sum), account: account.name, balance: money(account.balance) };
  if (lack > 0) return words.text('charge_lacks', { ...values, lack: money(lack) });
  return words.text('charge', { ...values, rest: money(account.balance - sum) });
}

/** What stands in the way, and the way out. */
function lackIn({ charges }: Plan, words: Words): Pick<FormState, 'notice' | 'unavailable' | 'leads'> {
  const lacking = charges.filter(({ lack, account }) => lack > 0 || !account);
  const [first] = lacking;
  if (!first) return { unavailable: ['funds'] };
  const sums = words.list(lacking.map(({ lack, currency }) => words.money(lack, currency)));
  const funded = lacking.find(({ account }) => account);
  return {
    notice: { key: 'lacks', values: { lack: sums } },
    unavailable: funded ? ['ok'] : ['ok', 'funds'],
    leads: leadToFunds(funded?.account, funded?.lack ?? 0),
  };
}

/** False when the service, or the balance, is not what it was. */
async function renewOne(
  { service, period, cost, until }: Renewal,
  { customer, account }: { customer: number; account: number },
  { trx, now, values }: FormSubmission,
): Promise<boolean> {
  const { id, version, currency } = service;
  const kept = values.keep === true ? { period, cost } : {};
  const changed = await trx('service')
    .where({ id, customer_id: customer, version })
    .update({ ...kept, expires: until, status: 'active', version: version + 1 });
  if (changed !== 1) return false;
  const note = callOf(service);
  const entry = { customer, account, amount: -cost, currency, reason: 'renewal', service: id, note, now } as const;
  return cost === 0 || enter(trx, entry);
}

function doneWith({ renewals, charges }: Plan, words: Words): Done {
  const sums = words.list(charges.map(({ sum, currency }) => words.money(sum, currency)));
  const [first, ...more] = renewals;
  if (!first || more.length > 0) return { done: 'done_several', values: { count: renewals.length, sum: sums } };
  const values = { name: first.service.name, until: words.date(first.until), sum: sums };
  return { done: 'done', values: { ...values, account: charges[0]?.account?.name ?? '' } };
}
