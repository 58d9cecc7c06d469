import type { Currency, Period, Product } from './products.ts';

/** One customer and all that is theirs, before anything has a number. */
export interface Story {
  readonly name: string;
  readonly login: string;
  readonly email: string;
  readonly language: string | null;
  readonly zone: string;
  readonly created: string;
  readonly accounts: readonly Account[];
  /** How many charges the ledger of an account goes back, at most. */
  readonly charges: number;
  readonly services: readonly Service[];
  readonly tickets: readonly Ticket[];
}

/** Somebody who works for a customer. */
export interface Colleague {
  readonly name: string;
  readonly login: string;
  readonly email: string;
  readonly zone: string;
  readonly created: string;
}

export interface Account {
  readonly name: string;
  readonly currency: Currency;
  /** What is left, in minor units; more when the services cannot have cost what is gone. */
  readonly balance: number;
  readonly payments: readonly Payment[];
}

export interface Service {
  readonly product: Product;
  readonly name: string;
  readonly period: Period;
  readonly currency: Currency;
  readonly status: 'active' | 'suspended' | 'expired' | 'ordered' | 'cancelled';
  /** Days until it expires; null where that is not known yet. */
  readonly days: number | null;
  /** Days since it was ordered. */
  readonly age: number;
  readonly autorenew: 'on' | 'off';
}

export interface Ticket {
  readonly subject: string;
  readonly department: 'technical' | 'billing' | 'sales';
  readonly status: 'new' | 'open' | 'waiting' | 'closed';
  readonly updated: string;
  readonly created: string;
  readonly messages: readonly Message[];
}

export interface Message {
  readonly side: 'customer' | 'staff';
  readonly text: string;
  readonly created: string;
}

export interface Payment {
  readonly amount: number;
  readonly method: 'card' | 'bank' | 'wallet';
  readonly status: 'new' | 'paid' | 'cancelled' | 'failed';
  readonly created: string;
}
