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
  readonly services: readonly Service[];
  readonly tickets: readonly Ticket[];
}

export interface Account {
  readonly name: string;
  readonly currency: Currency;
  readonly balance: number;
  readonly payments: readonly Payment[];
}

export interface Service {
  readonly product: Product;
  readonly name: string;
  readonly period: Period;
  readonly currency: Currency;
  readonly status: 'active' | 'suspended' | 'expired' | 'ordered' | 'cancelled';
  readonly expires: string | null;
  readonly autorenew: 'on' | 'off';
}

export interface Ticket {
  readonly subject: string;
  readonly department: 'technical' | 'billing' | 'sales';
  readonly status: 'new' | 'open' | 'waiting' | 'closed';
  readonly updated: string;
  readonly created: string;
}

export interface Payment {
  readonly amount: number;
  readonly method: 'card' | 'bank' | 'wallet';
  readonly status: 'new' | 'paid' | 'cancelled' | 'failed';
  readonly created: string;
}
