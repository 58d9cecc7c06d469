/**
 * A payment method takes a customer's money somewhere else: at a bank, a card gateway, a wallet. Lintel writes down that a
 * payment was begun, sends the customer there, and believes only signed notifications, which may come late, twice or out
 * of order: each payment has one effect. A method is registered in the `methods` of the `LINTEL_CONFIG` module; its texts
 * are `method_NAME` and `hint_method_NAME` in the messages `payment`.
 */
import type { IncomingHttpHeaders } from 'node:http';

export interface PaymentMethod {
  /** As it stands in the column `method` of a payment. */
  readonly name: string;
  /** The currencies it takes, with the limits of one payment in minor units; every currency, any amount when missing. */
  readonly currencies?: Readonly<Record<string, PaymentLimits>>;
  /**
   * Tells where the customer pays: an https address, or a path of this site. It may be asked again for the same reference,
   * when the customer reloads the page, and then leads to the same payment. It rejects when the method cannot be reached.
   */
  start(payment: BegunPayment, addresses: PaymentAddresses): Promise<{ readonly to: string }>;
  /**
   * Reads what was sent to `addresses.notify`, after it has checked the signature over the bytes of `body`, in constant
   * time, and that it was signed lately. Anybody may send anything to that address.
   */
  readNotification(received: ReceivedNotification): Promise<PaymentNotification | RefusedNotification>;
  /** What became of a payment that no notification came for; undefined while that is open. */
  ask?(payment: BegunPayment): Promise<PaymentNotification | undefined>;
}

export interface PaymentLimits {
  readonly min?: number;
  readonly max?: number;
}

/** Types the literal of a payment method; nothing else. */
export function definePaymentMethod(method: PaymentMethod): PaymentMethod {
  return method;
}

export interface BegunPayment {
  /** What the method is to call it in its notifications. It is never given twice, and a payment that is tried again gets another. */
  readonly reference: string;
  /** The number by which the customer knows it. */
  readonly number: string;
  /** Integer minor units. */
  readonly amount: number;
  readonly currency: string;
}

/** Absolute addresses of this site. */
export interface PaymentAddresses {
  /** Takes notifications, by POST. */
  readonly notify: string;
  /** Where the customer comes back to, by GET. It proves nothing: only a notification does. */
  readonly back: string;
}

export interface ReceivedNotification {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly now: Date;
}

export interface PaymentNotification {
  /** The method's own id of the notification: the same when it is sent again. */
  readonly event: string;
  readonly reference: string;
  /** `failed` is a refusal, `cancelled` a customer who turned back: that payment stays unpaid. */
  readonly status: 'paid' | 'failed' | 'cancelled';
  /** Integer minor units; compared with the payment when it is paid. */
  readonly amount: number;
  readonly currency: string;
}

export interface RefusedNotification {
  /** Why it is not believed, for the log: a signature that is missing, wrong or old, or a body that says nothing. */
  readonly refused: 'missing' | 'wrong' | 'stale' | 'unreadable';
}
