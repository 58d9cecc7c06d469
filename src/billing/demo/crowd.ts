import type { Calendar } from './calendar.ts';
import { type Currency, type Product, products } from './products.ts';
import { createRandom, type Random } from './random.ts';
import type { Account, Payment, Service, Story, Ticket } from './story.ts';
import { hosts, peoples, sites } from './words.ts';

/** How much a customer has, as ranges with both ends. */
interface Amounts {
  readonly accounts: readonly [number, number];
  readonly services: readonly [number, number];
  readonly tickets: readonly [number, number];
  readonly payments: readonly [number, number];
}

interface Customer {
  readonly random: Random;
  readonly calendar: Calendar;
  readonly people: (typeof peoples)[number];
  readonly site: string;
  readonly age: number;
}

/** About twenty rows each. */
const usual: Amounts = { accounts: [1, 2], services: [2, 10], tickets: [0, 9], payments: [4, 12] };
const many: Amounts = { accounts: [3, 3], services: [200, 200], tickets: [120, 120], payments: [150, 150] };

const domainTops: Record<string, string> = { 'Domain .com': 'com', 'Domain .ru': 'ru' };
const countries: readonly Currency[] = ['EUR', 'EUR', 'USD'];
const ordinary = products.slice(0, products.findIndex(({ name }) => name === 'Domain .рф'));
const rest = products.filter(({ kind }) => kind === 'certificate' || kind === 'backup');
const offered: readonly Product[] = [...ordinary, ...rest];

/** The customer of that number, the same for every size of the demo; the first is number 1. */
export function customer(number: number, calendar: Calendar): Story {
  const login = `user${number}`;
  return tell(number, calendar, usual, (name) => ({ name, login }));
}

/** A customer with 200 services and two years of letters. */
export function max(calendar: Calendar): Story {
  return tell(4, calendar, many, () => ({ name: 'Max Brandt', login: 'max' }));
}

function tell(seed: number, calendar: Calendar, amounts: Amounts, who: (name: string) => Pick<Story, 'name' | 'login'>): Story {
  const random = createRandom(seed);
  const people = random.chance(0.75) ? peoples[0]! : random.pick(peoples);
  const { name, login } = who(`${random.pick(people.given)} ${random.pick(people.family)}`);
  const site = `${random.pick(sites[0])}-${random.pick(sites[1])}-${seed}.${domainTops[people.domain]}`;
  const one: Customer = { random, calendar, people, site, age: random.between(20, 1200) };
  const currencies = currenciesOf(one, random.between(...amounts.accounts));
  const payments = repeat(random.between(...amounts.payments), () => payment(one, currencies));
  return {
    name,
    login,
    email: `${login}@${site}`,
    language: people.language,
    zone: random.pick(people.zones),
    created: calendar.ago(one.age, random.between(0, 1439)),
    accounts: currencies.map((currency, index) => account(one, currency, payments.filter((paid) => paid.account === index))),
    services: repeat(random.between(...amounts.services), (index) => service(one, currencies, index)),
    tickets: repeat(random.between(...amounts.tickets), () => ticket(one)),
    payments,
  };
}

function repeat<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function currenciesOf({ random, people }: Customer, count: number): Currency[] {
  const first = people.language === 'ru' ? 'RUB' : random.pick(countries);
  const others = (['EUR', 'USD', 'RUB'] as const).filter((currency) => currency !== first);
  return [first, ...others].slice(0, count);
}

const accountNames: Record<Currency, string> = { EUR: 'Main account', USD: 'Account in dollars', RUB: 'Лицевой счёт' };

/** What was paid in is spent on services but for a rest. */
function account({ random }: Customer, currency: Currency, payments: readonly Payment[]): Account {
  const paid = payments.reduce((sum, { status, amount }) => (status === 'paid' ? sum + amount : sum), 0);
  return { name: accountNames[currency], currency, balance: Math.floor((paid * random.between(0, 40)) / 100) };
}

function payment({ random, calendar, age }: Customer, currencies: readonly Currency[]): Payment {
  const index = random.between(0, currencies.length - 1);
  const unit = currencies[index] === 'RUB' ? 50_000 : 500;
  const days = random.between(0, age - 1);
  const fate = random.between(1, 100);
  return {
    account: index,
    amount: unit * random.between(1, 20),
    method: random.pick(['card', 'card', 'bank', 'wallet'] as const),
    status: fate > 18 ? 'paid' : fate > 10 ? 'failed' : fate > 6 || days > 30 ? 'cancelled' : 'new',
    created: calendar.ago(days, random.between(0, 1439)),
  };
}

function service({ random, calendar, people, site }: Customer, currencies: readonly Currency[], index: number): Service {
  const product = index === 0 ? products.find(({ name }) => name === people.domain)! : random.pick(offered);
  const fate = random.between(1, 100);
  const status = fate > 14 ? 'active' : fate > 10 ? 'suspended' : fate > 6 ? 'expired' : fate > 3 ? 'ordered' : 'cancelled';
  const period = product.period === 'year' || random.chance(0.15) ? 'year' : random.chance(0.1) ? 'quarter' : 'month';
  const longest = { month: 30, quarter: 91, year: 365 }[period];
  const days = status === 'active' ? random.between(0, longest) : -random.between(1, status === 'cancelled' ? 200 : 20);
  return {
    product,
    name: serviceName(random, product, site, index),
    period,
    currency: random.pick(currencies),
    status,
    expires: status === 'ordered' ? null : calendar.date(days),
    autorenew: status !== 'cancelled' && random.chance(0.7) ? 'on' : 'off',
  };
}

function serviceName(random: Random, { kind, name }: Product, site: string, index: number): string {
  if (index === 0) return site;
  if (kind === 'domain') return `${random.pick(sites[0])}-${random.pick(sites[1])}-${index}.${name.slice(name.indexOf('.') + 1)}`;
  return kind === 'hosting' || kind === 'certificate' ? site : `${random.pick(hosts)}.${site}`;
}

function ticket({ random, calendar, people, site, age }: Customer): Ticket {
  const text = random.pick(people.subjects);
  const subject = text.replace('{host}', `${random.pick(hosts)}.${site}`).replace('{domain}', site);
  const days = random.between(0, age - 1);
  const fate = days > 30 ? 0 : random.between(1, 100);
  const minutes = random.between(0, 1439);
  return {
    subject,
    department: random.pick(['technical', 'technical', 'billing', 'sales'] as const),
    status: fate > 75 ? 'waiting' : fate > 35 ? 'open' : fate > 20 ? 'new' : 'closed',
    updated: calendar.ago(days, minutes),
    created: calendar.ago(days, minutes + random.between(0, 2880)),
  };
}
