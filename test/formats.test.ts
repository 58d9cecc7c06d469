import { describe, expect, test } from 'vitest';
import { formatsOf } from '../src/formats.ts';

const english = formatsOf('en', 'UTC');
const russian = formatsOf('ru', 'UTC');
/** With the spaces that do not break shown as plain ones. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('money', () => {
  test.each([
    ['EUR', 123_456, '€1,234.56', '1 234,56 €'],
    ['USD', -1850, '-$18.50', '-18,50 $'],
    ['RUB', 325_000, 'RUB 3,250.00', '3 250,00 ₽'],
    ['JPY', 123_456, '¥123,456', '123 456 ¥'],
    ['KWD', 123_456, 'KWD 123.456', '123,456 KWD'],
    ['EUR', 0, '€0.00', '0,00 €'],
    ['EUR', 1, '€0.01', '0,01 €'],
    ['EUR', 999_999_999_999, '€9,999,999,999.99', '9 999 999 999,99 €'],
  ])('is written in the units of %s: %d', (currency, minor, inEnglish, inRussian) => {
    expect(plain(english.money(minor, currency))).toBe(inEnglish);
    expect(plain(russian.money(minor, currency))).toBe(inRussian);
  });

  test.each(['XYZ9', 'eur', '€', '<b>', '__proto__'])('names a currency that nobody knows: %s', (currency) => {
    expect(english.money(1250, currency)).toBe(`12.50 ${currency}`);
  });

  test('is a plain number where no currency is given', () => {
    expect(english.money(1250, '')).toBe('12.50');
  });

  test('stays the same however many amounts there are', () => {
    for (let minor = 0; minor < 5000; minor += 1) english.money(minor, 'EUR');
    expect(english.money(7, 'EUR')).toBe('€0.07');
  });
});

describe('a date', () => {
  test.each(['UTC', 'America/New_York', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'])(
    'is the same day everywhere: %s',
    (zone) => {
      expect(formatsOf('en', zone).date('2026-03-14')).toBe('Mar 14, 2026');
      expect(plain(formatsOf('ru', zone).date('2026-03-14'))).toBe('14 мар. 2026 г.');
    },
  );

  test.each([
    ['UTC', 'Mar 14, 2026, 11:30 PM'],
    ['Europe/Berlin', 'Mar 15, 2026, 12:30 AM'],
    ['America/New_York', 'Mar 14, 2026, 7:30 PM'],
    ['Asia/Kathmandu', 'Mar 15, 2026, 5:15 AM'],
    ['Nowhere/Land', 'Mar 14, 2026, 11:30 PM'],
  ])('with a time is that moment in %s', (zone, written) => {
    expect(plain(formatsOf('en', zone).date('2026-03-14T23:30:00Z'))).toBe(written);
  });

  test.each(['', 'soon', '12', '0', '2026-03-14 23:30:00', '14.03.2026', '2026-13-40', '2026-03-14T25:00:00Z', '<b>'])(
    'that is none stays as it is: %j',
    (text) => {
      expect(english.date(text)).toBe(text);
    },
  );
});

describe('a moment', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kathmandu'];
  // Every 11 hours and some minutes of two years: on the days when clocks change as well.
  const times = Array.from({ length: 1500 }, (_, index) => Date.UTC(2025, 0, 1) + index * 41_234_567);

  test.each(['en', 'ru', 'de', 'ja', 'ar', 'fa', 'th', 'vi', 'pt-BR'])('is written as Intl does: %s', (language) => {
    for (const timeZone of zones) {
      const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone });
      const { date } = formatsOf(language, timeZone);
      for (const time of times) expect(plain(date(new Date(time).toISOString()))).toBe(plain(format.format(time)));
    }
  });
});

describe('the days until a date', () => {
  test.each([
    // It is still the 14th in New York, and already the 15th in Berlin.
    ['America/New_York', '2026-03-14', 0],
    ['Europe/Berlin', '2026-03-14', -1],
    ['UTC', '2026-03-15', 1],
    ['Europe/Berlin', '2026-03-15', 0],
    ['Pacific/Kiritimati', '2026-03-16', 1],
    ['UTC', '2027-03-14', 365],
    ['UTC', '2026-03-15T00:10:00Z', 1],
    ['Europe/Berlin', '2026-03-15T00:10:00Z', 0],
  ])('are counted in %s: %s', (zone, iso, days) => {
    expect(formatsOf('en', zone).daysUntil(iso, new Date('2026-03-14T23:30:00Z'))).toBe(days);
  });

  test('are whole ones on the days the clocks change', () => {
    const berlin = formatsOf('en', 'Europe/Berlin');
    for (const hour of ['00', '02', '12', '21']) {
      const now = new Date(`2026-03-29T${hour}:30:00Z`);
      expect(berlin.daysUntil('2026-03-30', now), hour).toBe(1);
    }
  });

  test.each([
    [-1, 'yesterday', 'вчера'],
    [0, 'today', 'сегодня'],
    [1, 'tomorrow', 'завтра'],
    [3, 'in 3 days', 'через 3 дня'],
    [5, 'in 5 days', 'через 5 дней'],
    [-21, '21 days ago', '21 день назад'],
  ])('are said as people say them: %d', (days, inEnglish, inRussian) => {
    expect(english.distance(days)).toBe(inEnglish);
    expect(russian.distance(days)).toBe(inRussian);
  });
});

test('a number is grouped as the language does it', () => {
  expect(english.number(1_234_567)).toBe('1,234,567');
  expect(plain(russian.number(1_234_567))).toBe('1 234 567');
});
