/** What a host application may import. */
export type { BlockKind } from './block.ts';
export type { Additions } from './catalogue.ts';
export type { ColumnKind } from './column.ts';
export type { ControlKind } from './control.ts';
export { openDatabase } from './database.ts';
export { createEngine, type Engine, type EngineOptions, type Page } from './engine.ts';
export { defineForm, type FormDefinition } from './form.ts';
export { LayoutError } from './layout-error.ts';
export {
  type BegunPayment,
  definePaymentMethod,
  type PaymentAddresses,
  type PaymentMethod,
  type PaymentNotification,
  type ReceivedNotification,
  type RefusedNotification,
} from './payment.ts';
export { defineProvider, type ProviderDefinition, type Scope, type Value } from './provider.ts';
export type { Rule } from './rule.ts';
export { signatureFault, signatureOf } from './signature.ts';
