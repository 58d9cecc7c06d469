export { addPayment } from './add-payment.ts';
export type { Attempt } from './attempts.ts';
export type { Bank } from './bank.ts';
export { type Payments, createPayments } from './payments.ts';
export { type Receipt, receiptOf } from './receipt.ts';
