import { hash } from 'node:crypto';
import type { FormCall } from '../../form.ts';
import type { Price } from '../prices.ts';

export type Kind = 'server' | 'hosting' | 'domain' | 'certificate' | 'backup';
export const KINDS: readonly Kind[] = ['server', 'hosting', 'domain', 'certificate', 'backup'];

export interface Product extends Price {
  readonly id: number;
  readonly name: string;
  readonly kind: Kind;
}

const select = 'select id, name, kind, period, price, currency from product order by id';

/** Everything that is sold, in its order. */
export async function readProducts(read: FormCall['read']): Promise<readonly Product[]> {
  return (await read(select)) as unknown as readonly Product[];
}

/** Text that changes with anything of what a form promised. */
export function promiseOf(...promised: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(promised)).slice(0, 24);
}
