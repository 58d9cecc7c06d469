import type { FormCall, FormState } from '../../form.ts';
import { digitsOf } from '../../formats.ts';

export interface Account {
  readonly id: number;
  readonly name: string;
  readonly currency: string;
  readonly balance: number;
}

const select = 'select id, name, currency, balance from account where customer_id = :customer order by id';

/** The accounts of whoever asks, the oldest first. */
export async function readAccounts(read: FormCall['read']): Promise<readonly Account[]> {
  return (await read(select)) as unknown as readonly Account[];
}

/** What an account lacks of a sum, in minor units; 0 when it is enough. */
export function lackOf(balance: number, sum: number): number {
  return Math.max(0, sum - balance);
}

/** Where the button `funds` leads: the form that adds funds, with what an account lacks; nowhere without an account. */
export function leadToFunds(account: Account | undefined, lack: number): FormState['leads'] {
  if (!account) return {};
  const digits = digitsOf(account.currency);
  const amount = (lack / 10 ** digits).toFixed(digits);
  return { funds: { elids: [account.id], values: { amount } } };
}
