export type Period = 'month' | 'quarter' | 'year';
export type Currency = 'EUR' | 'USD' | 'RUB';

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

const months = { month: 1, quarter: 3, year: 12 };
const rates = { EUR: 1, USD: 1.1, RUB: 95 };
const steps = { EUR: 10, USD: 10, RUB: 1000 };

/** What a product costs for a period, in minor units. A year of what is sold by the month is paid like ten of them. */
export function cost({ price, period: unit }: Product, period: Period, currency: Currency): number {
  const units = unit === 'month' && period === 'year' ? 10 : months[period] / months[unit];
  return Math.round((price * units * rates[currency]) / steps[currency]) * steps[currency];
}
