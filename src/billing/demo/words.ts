import type { Currency } from './products.ts';

/** People who could live in the same few countries. */
export interface People {
  readonly given: readonly string[];
  readonly family: readonly string[];
  readonly zones: readonly string[];
  readonly language: string | null;
  /** What they pay in first, and where their first domain is. */
  readonly currencies: readonly Currency[];
  readonly top: 'com' | 'ru';
  readonly subjects: readonly string[];
}

const english = [
  'The site of {host} is slow since this morning',
  '{host} does not answer to ping',
  'Cannot receive mail at info@{domain}',
  'SSH: connection refused on {host}',
  'Disk of {host} is full, please advise',
  'Error 502 after the update',
  'Please restore the backup of Sunday for {host}',
  'PHP 8.3 for {domain}',
  'How do I add an MX record for {domain}?',
  'The certificate of {domain} was not renewed',
  'Reverse DNS for {host}',
  'Move {domain} to you from another registrar',
  'IPv6 address for {host}',
  'Invoice with our new company address',
  'Payment by card was refused',
  'Refund for a month that was paid twice',
  'Do you offer a discount for a year in advance?',
  'Upgrade of {host} to the next plan',
  'When will my order be ready?',
  'Password of the control panel does not work',
];

const russian = [
  'Сайт {domain} открывается очень медленно',
  'Сервер {host} не отвечает',
  'Не приходит почта на info@{domain}',
  'Закончилось место на диске {host}',
  'Восстановите, пожалуйста, копию за воскресенье',
  'Как продлить домен {domain}?',
  'Нужен акт и счёт-фактура за прошлый месяц',
  'Не прошла оплата картой',
  'Перенос {domain} от другого регистратора',
  'Ошибка 502 после обновления',
];

/** Three customers of four. */
export const usual: People = {
  given: 'Anna James Maria Peter Laura Thomas Sophie Daniel Emma Michael Julia David Clara Simon Olivia Martin'.split(
    ' ',
  ),
  family:
    'Baker Collins Fischer Hughes Jensen Laurent Moore Novak Parker Rossi Schmidt Turner Visser Walsh Weber'.split(' '),
  zones: ['Europe/Berlin', 'Europe/London', 'Europe/Paris', 'America/New_York', 'America/Chicago', 'Europe/Warsaw'],
  language: null,
  currencies: ['EUR', 'EUR', 'USD'],
  top: 'com',
  subjects: english,
};

/** The fourth: names beyond ASCII, and another script. */
export const others: readonly People[] = [
  {
    ...usual,
    given: 'José Zoë Łukasz Jürgen Chloé Ågnes Søren Ñusta Đorđe Ümit'.split(' '),
    family: 'García-Márquez Müller-Lüdenscheid Wiśniewski Ångström Brontë Çelik Øster d’Étienne Železný O’Brien'.split(
      ' ',
    ),
    zones: ['Europe/Madrid', 'Europe/Istanbul', 'Europe/Prague', 'Europe/Oslo'],
  },
  {
    given: 'Анна Иван Мария Сергей Ольга Алексей Наталья Павел Екатерина Никита'.split(' '),
    family: 'Савченко Дурново Черных Коваль Мороз Бондаренко Ткач Шевчук Живаго Гнатюк'.split(' '),
    zones: ['Europe/Moscow', 'Asia/Yekaterinburg', 'Asia/Novosibirsk'],
    language: 'ru',
    currencies: ['RUB'],
    top: 'ru',
    subjects: russian,
  },
];

/** Halves of the names that customers give their sites. */
export const sites = [
  'blue north green little open silver first urban quiet bright old happy river sun stone cloud'.split(' '),
  'bakery studio garden market press works travel garage clinic school shop coffee law music photo farm'.split(' '),
] as const;

export const hosts: readonly string[] = 'vm1 vm2 web mail db1 shop dev app git vpn'.split(' ');
