import type { ControlValues } from '../../control.ts';
import type { FormCall } from '../../form.ts';
import { dayOf, PERIODS } from '../period.ts';
import { type Account, readAccounts } from './accounts.ts';
import { type OwnService, readOwn } from './own.ts';
import { type Charge, chargesOf, isRenewable, type Renewal, renewalsOf, termsOf } from './renewal.ts';

/** What a renewal is about, as it was chosen. */
export interface Plan {
  readonly today: string;
  /** `own`, or the period for all. */
  readonly wanted: string;
  readonly renewals: readonly Renewal[];
  /** What cannot be renewed. */
  readonly others: readonly OwnService[];
  readonly accounts: readonly Account[];
  readonly charges: readonly Charge[];
}

/** Undefined when one of the services is not of whoever asks. */
export async function planOf(call: Pick<FormCall, 'read' | 'ids' | 'values' | 'now'>): Promise<Plan | undefined> {
  const services = await readOwn(call);
  if (!services) return undefined;
  const renewable = services.filter(isRenewable);
  const accounts = await readAccounts(call.read);
  const today = dayOf(call.now);
  const wanted = wantedOf(renewable, call.values);
  const renewals = renewalsOf(renewable, wanted, today);
  const charges = chargesOf(renewals, accounts, call.values.account);
  return { today, wanted, renewals, others: services.filter((one) => !isRenewable(one)), accounts, charges };
}

/** One service is renewed for its own period or a longer one; several each for their own, or all for one. */
function wantedOf([first, ...more]: readonly OwnService[], { period }: ControlValues): string {
  if (first && more.length === 0) return termsOf(first).find((one) => one === period) ?? first.period;
  return PERIODS.find((one) => one === period) ?? 'own';
}
