import type { Calendar } from './calendar.ts';
import { payments, services, type Talks, tickets } from './shorthand.ts';
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
          [5000, 'card', 'paid', 22],
          [5000, 'card', 'paid', 52],
          [5000, 'card', 'failed', 53],
          [2990, 'wallet', 'cancelled', 66],
          [5000, 'card', 'paid', 83],
          [5000, 'card', 'failed', 84],
          [10000, 'bank', 'paid', 181],
          [10000, 'bank', 'paid', 262],
          [5000, 'card', 'paid', 340],
        ]),
      },
      {
        name: 'US projects',
        currency: 'USD',
        balance: 1850,
        payments: payments(calendar, [
          [4000, 'card', 'paid', 25],
          [6000, 'card', 'paid', 86],
        ]),
      },
      {
        name: 'Проекты в России',
        currency: 'RUB',
        balance: 325000,
        payments: payments(calendar, [
          [300000, 'bank', 'paid', 58],
          [300000, 'bank', 'paid', 207],
        ]),
      },
    ],
    charges: 100,
    services: services(1240, [
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
    tickets: tickets(
      calendar,
      [
        ['vm1.example.net: the site is slow every evening', 'technical', 'waiting', 0, 2],
        ['Which address should be on our invoices?', 'billing', 'waiting', 1, 4],
        ['Cannot receive mail at info@example.org', 'technical', 'open', 0, 1],
        ['Can db1 get a larger disk, 400 GB?', 'sales', 'open', 3, 3],
        ['Please restore yesterday’s backup of /var/www/shop', 'technical', 'new', 0, 0],
        ['PHP 8.3 for example.org', 'technical', 'closed', 12, 14],
        ['Move example.com to you from another registrar', 'sales', 'closed', 46, 52],
        ['Payment by card was refused twice', 'billing', 'closed', 84, 85],
      ],
      talks,
    ),
  };
}

const talks: Talks = {
  'vm1.example.net: the site is slow every evening': [
    '?Hello,\n\nsince Monday the shop on vm1 takes ten seconds for a page, always between 19:00 and 21:00. In the morning everything is fine.',
    '!Hello Alice,\n\nthe disk and the network of vm1 are quiet at that time, but its processors are busy: most of it is the database. Do you run a report or an import in the evening?',
    '?There is an export to the accountant at 19:00. It has been there for years, though.',
    '!The table it reads has grown to 9 million rows and has no index on the date. We can add one tonight at 03:00; the shop stays open. Shall we?',
  ],
  'Which address should be on our invoices?': [
    '?We move to a new office next month. Which address do you put on the invoices, and where do I change it?',
    '!The address is that of your company in our books. Please send us the new one together with the date from which it holds, and we will use it from the first invoice after that.',
  ],
  'Cannot receive mail at info@example.org': [
    '?Customers tell me that their mail to info@example.org comes back: “mailbox unavailable”. Other addresses work.',
    '!We see these messages in the log of the mail server and are looking for the reason. You will hear from us today.',
  ],
  'Can db1 get a larger disk, 400 GB?': [
    '?The disk of db1 is 80 % full. Can it become 400 GB, and does the server have to be stopped for it?',
    '!It can, with a restart of about two minutes. We are preparing an offer.',
  ],
  'Please restore yesterday’s backup of /var/www/shop': [
    '?I deleted the folder /var/www/shop/images by mistake. Please restore it from the backup of last night, as it was.',
  ],
  'PHP 8.3 for example.org': [
    '?Can example.org run on PHP 8.3?',
    '!Yes. We have switched it over; version 8.1 stays installed, should you want to go back.',
    '?Works, thank you!',
  ],
  'Move example.com to you from another registrar': [
    '?I would like to have example.com with you. What do you need?',
    '!Only the transfer code of your registrar, and that the domain is not locked there.',
    '?It is unlocked. The code has come by mail, I have entered it in the order.',
    '!The domain has arrived. Its name servers stayed as they were.',
  ],
  'Payment by card was refused twice': [
    '?My card was refused two times in a row, but it works in other shops. Was anything taken from it?',
    '!Nothing was taken. Your bank asked for a confirmation and did not get it in time. Please try once more and confirm it in the app of the bank.',
  ],
};
