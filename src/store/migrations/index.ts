import type { Migration } from '../../database.ts';
import { start } from './001-start.ts';
import { dealingsInFull } from './002-dealings-in-full.ts';
import { paymentAttempts } from './003-payment-attempts.ts';
import { notices } from './004-notices.ts';
import { preferences } from './005-preferences.ts';
import { changes } from './006-changes.ts';

/** Every change of the store's tables, in the order in which they are made. A published one is never edited. */
export const migrations: readonly Migration[] = [start, dealingsInFull, paymentAttempts, notices, preferences, changes];
