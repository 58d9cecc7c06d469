import type { Calendar } from './calendar.ts';
import { payments, services, tickets } from './shorthand.ts';
import type { Colleague, Story } from './story.ts';

/** A small customer: one server, one domain, one question. */
export function bob(calendar: Calendar): Story {
  return {
    name: 'Bob Keller',
    login: 'bob',
    email: 'bob@keller.example',
    language: null,
    zone: 'America/New_York',
    created: calendar.ago(92, 30),
    accounts: [
      {
        name: 'Personal account',
        currency: 'USD',
        balance: 2610,
        payments: payments(calendar, [
          [2500, 'card', 'paid', 14],
          [2500, 'card', 'paid', 91],
        ]),
      },
    ],
    charges: 20,
    services: services(92, [
      ['VPS NVMe-1', 'bob.keller.example', 'month', 'USD', 'active', 16, 'on'],
      ['Domain .net', 'keller-photo.example', 'year', 'USD', 'active', 273, 'on'],
    ]),
    tickets: tickets(
      calendar,
      [
        ['How do I point my domain at the server?', 'technical', 'open', 1, 1],
        ['Wrong currency on my first invoice', 'billing', 'closed', 80, 83],
      ],
      {
        'How do I point my domain at the server?': [
          '?I have a server and a domain here. What do I enter where, so that keller-photo.example shows my pictures?',
          '!You need one A record with the address of the server. We are adding it for you and will write when it is done.',
        ],
        'Wrong currency on my first invoice': [
          '?My account is in dollars, but the first invoice is in euros.',
          '!You are right, that was our mistake. A new invoice in dollars is under way; the first one is void.',
        ],
      },
    ),
  };
}

/** Works for Alice, and has nothing to do with money. */
export const dana = (calendar: Calendar): Colleague => ({
  name: 'Dana Reed',
  login: 'dana',
  email: 'dana@example.org',
  zone: 'Europe/Berlin',
  created: calendar.ago(210, 40),
});

/** A customer since yesterday, who has nothing at all. */
export function nora(calendar: Calendar): Story {
  return {
    name: 'Nora Lind',
    login: 'nora',
    email: 'nora@lind.example',
    language: null,
    zone: 'Europe/Stockholm',
    created: calendar.ago(1, 12),
    accounts: [],
    charges: 0,
    services: [],
    tickets: [],
  };
}

interface Stranger {
  readonly name: string;
  readonly login: string;
  readonly language: string | null;
  readonly zone: string;
  readonly account: string;
  readonly service: readonly [packageName: string, name: string];
  readonly subject: string;
}

const label = 'internationalpartnershipforsustainableaccommodation';
const strangers: readonly Stranger[] = [
  {
    name: 'The Society for the Preservation of Exceptionally Long Company Names and Their Abbreviations',
    login: 'long',
    language: 'en',
    zone: 'Europe/London',
    account: 'Account of the department for the preservation of names that are longer than usual in 2026',
    service: ['Web hosting Agency', `${label}.and-its-abbreviations.long-names.example`],
    subject: 'The certificate of our long host name cannot be renewed, and the message about it is cut off',
  },
  {
    name: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsverwaltung',
    login: 'unbroken',
    language: 'en',
    zone: 'Europe/Vienna',
    account: 'Rechtsschutzversicherungsgesellschaftenbetriebsabrechnungskontoführungsstellenverwaltungen',
    service: ['Domain .com', `${label}${'a'.repeat(63 - label.length)}.example-of-one-long-word.example`],
    subject: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsverwaltung',
  },
  {
    name: 'Дмитрий Ковалёв',
    login: 'dmitry',
    language: 'ru',
    zone: 'Europe/Moscow',
    account: 'Лицевой счёт',
    service: ['Domain .рф', 'ковалёв-почта.рф'],
    subject: 'Не приходят письма с сайта ковалёв-почта.рф',
  },
  {
    name: 'Ελένη Παπαδοπούλου',
    login: 'eleni',
    language: 'en',
    zone: 'Europe/Athens',
    account: 'Λογαριασμός',
    service: ['Domain .gr', 'παράδειγμα.gr'],
    subject: 'Η σελίδα δεν ανοίγει από το κινητό',
  },
  {
    name: '王小明',
    login: 'wei',
    language: 'en',
    zone: 'Asia/Shanghai',
    account: '主账户',
    service: ['Domain .中国', '例子.中国'],
    subject: '网站今天早上无法访问',
  },
  {
    name: 'ليلى حداد',
    login: 'layla',
    language: 'en',
    zone: 'Asia/Dubai',
    account: 'الحساب الرئيسي',
    service: ['Domain .شبكة', 'مثال.شبكة'],
    subject: 'متى ينتهي نقل النطاق مثال.شبكة؟',
  },
  {
    name: 'Pixel & Søn 🦊🏳️‍🌈 <hello>',
    login: 'emoji',
    language: 'en',
    zone: 'Europe/Copenhagen',
    account: '💶 "Kasse"',
    service: ['Domain .io', '🦊.example'],
    subject: '🔥🔥 <b>Help</b> & "thanks" 👩‍💻',
  },
];

/** Customers whose names try what a page can hold: long ones, one unbroken word, other scripts, emoji and markup. */
export function strangersOf(calendar: Calendar): Story[] {
  return strangers.map(({ name, login, language, zone, account, service: [packageName, service], subject }, index) => ({
    name,
    login,
    email: `${login}@example.com`,
    language,
    zone,
    created: calendar.ago(400 - index),
    accounts: [
      { name: account, currency: 'EUR', balance: 1000, payments: payments(calendar, [[5000, 'card', 'paid', 385]]) },
    ],
    charges: 20,
    services: services(400 - index, [
      [packageName, service, 'year', 'EUR', 'active', 6, 'off'],
      ['VPS NVMe-2', service, 'month', 'EUR', 'active', 19, 'on'],
    ]),
    tickets: tickets(calendar, [[subject, 'technical', 'waiting', 1, 2]]),
  }));
}
