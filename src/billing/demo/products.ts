import type { Period } from '../period.ts';
import type { Currency } from '../prices.ts';

export type { Currency, Period };

export interface Product {
  readonly id: number;
  readonly name: string;
  readonly kind: 'server' | 'hosting' | 'domain' | 'certificate' | 'backup';
  readonly period: Period;
  /** In cents of EUR, for one period. */
  readonly price: number;
  readonly currency: 'EUR';
}

const list: [Product['kind'], Period, [name: string, price: number][]][] = [
  [
    'server',
    'month',
    [
      ['VPS NVMe-1', 390],
      ['VPS NVMe-2', 790],
      ['VPS NVMe-4', 1590],
      ['VPS NVMe-8', 2990],
      ['VPS NVMe-16', 5490],
      ['VPS Storage-1T', 1190],
    ],
  ],
  [
    'hosting',
    'month',
    [
      ['Web hosting Start', 290],
      ['Web hosting Business', 690],
      ['Web hosting Agency', 1490],
    ],
  ],
  [
    'domain',
    'year',
    [
      ['Domain .com', 1290],
      ['Domain .org', 1390],
      ['Domain .net', 1390],
      ['Domain .eu', 690],
      ['Domain .io', 4490],
      ['Domain .ru', 390],
      ['Domain .рф', 390],
      ['Domain .gr', 2490],
      ['Domain .中国', 3990],
      ['Domain .شبكة', 3990],
    ],
  ],
  [
    'certificate',
    'year',
    [
      ['TLS certificate DV', 990],
      ['TLS certificate Wildcard', 8900],
      ['TLS certificate EV', 19900],
    ],
  ],
  [
    'backup',
    'month',
    [
      ['Backup 100 GB', 290],
      ['Backup 500 GB', 890],
    ],
  ],
];

/** The price list. */
export const products: readonly Product[] = list
  .flatMap(([kind, period, lines]) =>
    lines.map(([name, price]) => ({ name, kind, period, price, currency: 'EUR' as const })),
  )
  .map((product, index) => ({ id: index + 1, ...product }));

/** The product of that name; a name that is not on the list is our mistake. */
export function product(name: string): Product {
  const found = products.find((one) => one.name === name);
  if (!found) throw new Error(`No product is named "${name}"`);
  return found;
}

/** Days of a period, as the demo counts them. */
export const days = { month: 30, quarter: 91, year: 365 };
