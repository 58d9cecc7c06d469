import { defineProvider } from '../../src/provider.ts';

/** Users from this one on never get an answer; those before warm the server up. */
export const STUCK_FROM = 1000;

export const stuck = defineProvider<{ id: number; customer_id: number | null; text: string }>({
  name: 'stuck',
  level: '5+',
  key: 'id',
  cache: 0,
  columns: [{ name: 'text' }],
  sample: [{ id: 1, customer_id: 1, text: 'One' }],
  rows: ({ user, customer }) =>
    user < STUCK_FROM ? Promise.resolve([{ id: 1, customer_id: customer, text: 'One' }]) : new Promise(() => {}),
});
