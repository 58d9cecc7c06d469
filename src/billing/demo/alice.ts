import type { Calendar } from './calendar.ts';
import { payments, services, tickets } from './shorthand.ts';
import type { Story } from './story.ts';

/** The customer the README signs in as: a small studio, some years here, with a bit of everything. */
export function alice(calendar: Calendar): Story {
  return {
    name: 'Alice Morgan',
    login: 'alice',
    email: 'alice@example.org',
    language: null,
    zone: 'Europe/Berlin',
    created: calendar.ago(1240, 95),
    accounts: [
      {
        name: 'Main account',
        currency: 'EUR',
        balance: 4217,
        payments: payments(calendar, [
          [8900, 'card', 'new', 3],
          [5000, 'card', 'paid', 11],
          [5000, 'card', 'paid', 42],
          [5000, 'card', 'failed', 43],
          [2990, 'wallet', 'cancelled', 66],
          [5000, 'card', 'paid', 73],
          [5000, 'card', 'failed', 74],
          [10000, 'bank', 'paid', 131],
          [10000, 'bank', 'paid', 262],
          [5000, 'card', 'paid', 340],
        ]),
      },
      {
        name: 'US projects',
        currency: 'USD',
        balance: 1850,
        payments: payments(calendar, [
          [6000, 'card', 'paid', 25],
          [4000, 'card', 'paid', 86],
        ]),
      },
      {
        name: 'Проекты в России',
        currency: 'RUB',
        balance: 325000,
        payments: payments(calendar, [
          [500000, 'bank', 'paid', 58],
          [300000, 'bank', 'paid', 207],
        ]),
      },
    ],
    services: services(calendar, [
      ['TLS certificate Wildcard', '*.example.org', 'year', 'EUR', 'expired', -3, 'off'],
      ['VPS NVMe-2', 'staging.example.net', 'month', 'EUR', 'suspended', -1, 'off'],
      ['Domain .org', 'example.org', 'year', 'EUR', 'active', 5, 'off'],
      ['VPS NVMe-4', 'vm1.example.net', 'month', 'EUR', 'active', 9, 'on'],
      ['Backup 500 GB', 'vm1.example.net', 'month', 'EUR', 'active', 9, 'on'],
      ['Web hosting Business', 'example.org', 'month', 'EUR', 'active', 21, 'on'],
      ['VPS NVMe-8', 'db1.example.net', 'month', 'USD', 'active', 27, 'on'],
      ['Domain .com', 'example.com', 'year', 'USD', 'active', 48, 'on'],
      ['TLS certificate DV', 'shop.example.com', 'year', 'USD', 'active', 76, 'on'],
      ['Domain .ru', 'example.ru', 'year', 'RUB', 'active', 121, 'on'],
      ['Web hosting Start', 'example.ru', 'year', 'RUB', 'active', 164, 'off'],
      ['Domain .eu', 'example.eu', 'year', 'EUR', 'active', 302, 'on'],
      ['VPS NVMe-1', 'build.example.net', 'month', 'EUR', 'ordered', null, 'on'],
      ['Web hosting Start', 'old-blog.example.com', 'month', 'EUR', 'cancelled', -41, 'off'],
    ]),
    tickets: tickets(calendar, [
      ['vm1.example.net: the site is slow every evening', 'technical', 'waiting', 0, 2],
      ['Which address should be on our invoices?', 'billing', 'waiting', 1, 4],
      ['Cannot receive mail at info@example.org', 'technical', 'open', 0, 1],
      ['Can db1 get a larger disk, 400 GB?', 'sales', 'open', 3, 3],
      ['Please restore yesterday’s backup of /var/www/shop', 'technical', 'new', 0, 0],
      ['PHP 8.3 for example.org', 'technical', 'closed', 12, 14],
      ['Move example.com to you from another registrar', 'sales', 'closed', 46, 52],
      ['Payment by card was refused twice', 'billing', 'closed', 74, 75],
    ]),
  };
}
