import type { FormDefinition } from '../form.ts';
import type { ProviderDefinition } from '../provider.ts';
import { due } from './due.ts';
import { paymentAdd } from './payments/add.ts';
import { paymentCancel } from './payments/cancel.ts';
import { paymentPay } from './payments/pay.ts';
import * as services from './services/index.ts';
import { session } from './session.ts';
import * as settings from './settings/index.ts';
import * as tickets from './tickets/index.ts';

/** What the reference panel registers in code. */
export const billing: { readonly providers: readonly ProviderDefinition[]; readonly forms: readonly FormDefinition[] } =
  {
    providers: [due, session],
    forms: [
      paymentAdd,
      paymentPay,
      paymentCancel,
      ...[services, settings, tickets].flatMap((forms): FormDefinition[] => Object.values(forms)),
    ],
  };
