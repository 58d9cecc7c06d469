import { defineProvider } from '../provider.ts';

interface DueRow extends Record<string, string | number | null> {
  id: string;
  customer_id: number;
  what: What;
  amount: number;
  currency: string;
  since: string;
  next: What;
  /** The worst first. */
  rank: number;
}

/** Orders that are not paid, services that are off or over, and terms that an account could not renew. */
type What = 'order' | 'off' | 'over' | 'lacking';

const WORST: readonly What[] = ['off', 'over', 'lacking', 'order'];

interface Owed extends Record<string, string | number | null> {
  id: number;
  customer_id: number;
  what: What;
  amount: number;
  currency: string;
  since: string;
}

/** What a customer owes, since when, and what happens next: never a sum of several currencies. */
export const due = defineProvider<DueRow>({
  name: 'due',
  level: '5',
  key: 'id',
  keyname: 'what',
  columns: [
    { name: 'amount', type: 'money' },
    { name: 'what', type: 'msg' },
    { name: 'since', type: 'date' },
    { name: 'next', type: 'msg' },
    { name: 'rank', hidden: true, sorted: 'asc' },
  ],
  buttons: [
    { name: 'pay', type: 'edit', func: 'payment.pay', isDefault: true, conditions: [shown('what', 'order')] },
    { name: 'renew', type: 'edit', func: 'service.renew', conditions: [hidden('what', 'order')] },
  ],
  sample: [
    {
      id: '7, 9',
      customer_id: 1,
      what: 'off',
      amount: 4480,
      currency: 'EUR',
      since: '2026-03-14',
      next: 'off',
      rank: 0,
    },
  ],
  async rows(_scope, { read }) {
    const owed = await Promise.all([read(SERVICES), read(ORDERS)]);
    return together(owed.flat() as Owed[]);
  },
});

function shown(field: string, value: string) {
  return { kind: 'show', field, value } as const;
}

function hidden(field: string, value: string) {
  return { kind: 'hide', field, value } as const;
}

const SERVICES = `
  select id, customer_id, cost as amount, currency, expires as since,
         case when status = 'suspended' then 'off' when autorenew = 'on' then 'lacking' else 'over' end as what
  from service
  where customer_id = :customer and status in ('suspended', 'expired')`;

const ORDERS = `
  select id, customer_id, amount, currency, created as since, 'order' as what
  from payment
  where customer_id = :customer and purpose = 'order' and status in ('new', 'failed')`;

/** Orders are paid one by one; services of a kind are renewed together, in one currency. */
function together(owed: readonly Owed[]): DueRow[] {
  const groups = new Map<string, Owed[]>();
  for (const one of owed) {
    const key = `${one.what} ${one.what === 'order' ? one.id : one.currency}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].map((group): DueRow => {
    const { customer_id, what, currency } = group[0] as Owed;
    const amount = group.reduce((sum, one) => sum + one.amount, 0);
    const since = group.map((one) => one.since).sort()[0] ?? '';
    const id = group.map((one) => one.id).join(', ');
    return { id, customer_id, what, amount, currency, since, next: what, rank: WORST.indexOf(what) };
  });
}
