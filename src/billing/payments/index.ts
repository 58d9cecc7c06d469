export { addPayment } from './add-payment.ts';
export type { Attempt } from './attempts.ts';
export type { Bank } from './bank.ts';
export { createPayments, type Payments } from './payments.ts';
export { type Receipt, receiptOf } from './receipt.ts';
