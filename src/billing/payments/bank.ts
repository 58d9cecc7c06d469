/**
 * The demo's bank: a stand-in for a payment method, on the same server, that says yes, no or nothing. It takes no money, and
 * speaks to the panel as a real one does: by a signed notification over HTTP.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  type BegunPayment,
  definePaymentMethod,
  type PaymentAddresses,
  type PaymentMethod,
  type PaymentNotification,
} from '../../payment.ts';
import { signatureFault, signatureOf } from '../../signature.ts';

/** What the bank was told by the panel, brought along by the customer. */
export interface BankOrder extends BegunPayment, PaymentAddresses {
  readonly method: string;
}

export interface Bank {
  readonly methods: readonly PaymentMethod[];
  /** The order behind the text in an address; undefined when the bank did not write it. */
  read(text: string): BankOrder | undefined;
  /** Notifies the panel, unless the answer is nothing; the first yes or no stays. */
  answer(order: BankOrder, answer: 'yes' | 'no' | 'nothing'): Promise<void>;
}

export interface BankOptions {
  readonly secret: string;
  readonly clock: () => Date;
  /** Names of the methods it stands in for. */
  readonly names?: readonly string[];
}

/** The header that signs a notification. */
export const SIGNATURE = 'lintel-signature';

const LIMITS = { EUR: [100, 1_000_000], USD: [100, 1_000_000], RUB: [10_000, 100_000_000] } as const;
const currencies = Object.fromEntries(Object.entries(LIMITS).map(([code, [min, max]]) => [code, { min, max }]));
const KEPT = 1000;
const PATIENCE = 5000;

export function createBank({ secret, clock, names = ['card', 'bank', 'wallet'] }: BankOptions): Bank {
  const said = new Map<string, PaymentNotification>();
  /** Each method signs with a secret of its own. */
  const secretOf = (method: string) => createHmac('sha256', secret).update(method).digest('hex');
  const seal = (text: string) => createHmac('sha256', secret).update(`order ${text}`).digest('base64url');

  const methodOf = (name: string) =>
    definePaymentMethod({
      name,
      currencies,
      start(payment, addresses) {
        const order: BankOrder = { ...payment, ...addresses, method: name };
        const text = Buffer.from(JSON.stringify(order)).toString('base64url');
        return Promise.resolve({ to: `/bank/${name}?order=${text}.${seal(text)}` });
      },
      readNotification({ headers, body, now }) {
        const fault = signatureFault(body, headers[SIGNATURE], { secret: secretOf(name), now });
        const read = fault === undefined ? notificationIn(body) : undefined;
        return Promise.resolve(read ?? { refused: fault ?? 'unreadable' });
      },
      ask: ({ reference }) => Promise.resolve(said.get(reference)),
    });

  return {
    methods: names.map(methodOf),
    read(text) {
      const [order = '', sealed = ''] = text.split('.');
      const [mine, given] = [Buffer.from(seal(order)), Buffer.from(sealed)];
      if (mine.length !== given.length || !timingSafeEqual(mine, given)) return undefined;
      return JSON.parse(Buffer.from(order, 'base64url').toString()) as BankOrder;
    },
    async answer(order, answer) {
      const { reference, amount, currency, method, notify } = order;
      if (answer === 'nothing') return;
      const status = answer === 'yes' ? 'paid' : 'failed';
      const decided = said.get(reference) ?? { event: `${reference}-${status}`, reference, status, amount, currency };
      said.set(reference, decided);
      if (said.size > KEPT) said.delete([...said.keys()][0] ?? '');
      const body = JSON.stringify(decided);
      const headers = {
        'content-type': 'application/json',
        [SIGNATURE]: signatureOf(body, secretOf(method), clock()),
      };
      // What does not arrive is told when the bank is asked.
      await fetch(notify, { method: 'POST', headers, body, signal: AbortSignal.timeout(PATIENCE) }).catch(() => {});
    },
  };
}

function notificationIn(body: Buffer): PaymentNotification | undefined {
  try {
    const { event, reference, status, amount, currency } = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 200;
    const isStatus = status === 'paid' || status === 'failed' || status === 'cancelled';
    if (!isText(event) || !isText(reference) || !isText(currency) || !isStatus) return undefined;
    return Number.isSafeInteger(amount) ? { event, reference, status, amount: Number(amount), currency } : undefined;
  } catch {
    return undefined;
  }
}
