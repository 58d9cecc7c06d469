import type { Calendar } from './calendar.ts';
import { type Currency, days as lengths, type Product, product, products } from './products.ts';
import { createRandom, type Random } from './random.ts';
import { ageOf } from './spending.ts';
import type { Account, Payment, Service, Story, Ticket } from './story.ts';
import { talk } from './talk.ts';
import { hosts, others, type People, sites, usual } from './words.ts';

/** Both ends of how many there may be. */
type Range = readonly [number, number];

interface Amounts {
  readonly accounts: Range;
  readonly services: Range;
  readonly tickets: Range;
  /** Of all accounts together. */
  readonly payments: Range;
  /** Of each account. */
  readonly charges: number;
}

interface Teller {
  readonly random: Random;
  /** For what hangs on the rest, which stays the same whatever is added to it. */
  readonly aside: Random;
  readonly calendar: Calendar;
  readonly people: People;
  readonly site: string;
  /** Days since the customer came. */
  readonly age: number;
}

/** About twenty rows each. */
const some: Amounts = { accounts: [1, 2], services: [2, 10], tickets: [0, 9], payments: [4, 12], charges: 8 };
const many: Amounts = {
  accounts: [3, 3],
  services: [200, 200],
  tickets: [120, 120],
  payments: [150, 150],
  charges: 80,
};

/** The customer of that number, the same for every size of the demo. */
export function customer(number: number, calendar: Calendar): Story {
  return tell(number, calendar, some, {});
}

/** A customer with 200 services. */
export function max(calendar: Calendar): Story {
  return tell(4, calendar, many, { name: 'Max Brandt', login: 'max' });
}

function tell(seed: number, calendar: Calendar, amounts: Amounts, known: { name?: string; login?: string }): Story {
  const random = createRandom(seed);
  const people = random.chance(0.75) ? usual : random.pick(others);
  const { name = `${random.pick(people.given)} ${random.pick(people.family)}`, login = `user${seed}` } = known;
  const site = `${random.pick(sites[0])}-${random.pick(sites[1])}-${seed}.${people.top}`;
  const teller: Teller = { random, aside: createRandom(-seed), calendar, people, site, age: random.between(20, 1200) };
  const accounts = accountsOf(teller, amounts);
  return {
    name,
    login,
    email: `${login}@${site}`,
    language: people.language,
    zone: random.pick(people.zones),
    created: calendar.ago(teller.age, random.between(0, 1439)),
    accounts,
    charges: amounts.charges,
    services: repeat(random.between(...amounts.services), (index) =>
      service(teller, random.pick(accounts).currency, index),
    ),
    tickets: repeat(random.between(...amounts.tickets), () => ticket(teller)),
  };
}

function repeat<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

const accountNames: Record<Currency, string> = {
  EUR: 'Main account',
  USD: 'Account in dollars',
  RUB: 'Лицевой счёт',
};

function accountsOf(teller: Teller, amounts: Amounts): Account[] {
  const { random, people } = teller;
  const first = random.pick(people.currencies);
  const rest = (['EUR', 'USD', 'RUB'] as const).filter((currency) => currency !== first);
  const currencies = [first, ...rest].slice(0, random.between(...amounts.accounts));
  const each = Math.ceil(random.between(...amounts.payments) / currencies.length);
  return currencies.map((currency) => account(teller, currency, each));
}

/** What was paid in has been spent on services but for a rest. */
function account(teller: Teller, currency: Currency, count: number): Account {
  const payments = repeat(count, () => payment(teller, currency));
  const paid = payments.reduce((sum, { status, amount }) => (status === 'paid' ? sum + amount : sum), 0);
  const balance = Math.floor((paid * teller.random.between(0, 40)) / 100);
  return { name: accountNames[currency], currency, balance, payments };
}

function payment({ random, calendar, age }: Teller, currency: Currency): Payment {
  const days = random.between(0, age - 2);
  const fate = random.between(1, 100);
  return {
    amount: (currency === 'RUB' ? 50_000 : 500) * random.between(1, 20),
    method: random.pick(['card', 'card', 'bank', 'wallet'] as const),
    status: fate > 18 ? 'paid' : fate > 10 ? 'failed' : fate > 6 || days > 30 ? 'cancelled' : 'new',
    created: calendar.ago(days, random.between(0, 1439)),
  };
}

const offered = products.filter(({ kind }) => kind !== 'domain');
const domains = ['Domain .com', 'Domain .org', 'Domain .net', 'Domain .eu', 'Domain .io', 'Domain .ru'].map(product);

function service(teller: Teller, currency: Currency, index: number): Service {
  const { random, aside, people, age } = teller;
  const what = index === 0 ? product(`Domain .${people.top}`) : random.pick(random.chance(0.3) ? domains : offered);
  const period = what.period === 'year' || random.chance(0.15) ? 'year' : random.chance(0.1) ? 'quarter' : 'month';
  const status = fateOf(random.between(1, 100));
  const past = random.between(1, status === 'cancelled' ? 200 : 20);
  const days = status === 'active' ? random.between(0, lengths[period]) : -past;
  const left = status === 'ordered' ? null : days;
  return {
    product: what,
    name: serviceName(teller, what, index),
    period,
    currency,
    status,
    days: left,
    age: ageOf({ period, days: left }, age, aside),
    autorenew: status !== 'cancelled' && random.chance(0.7) ? 'on' : 'off',
  };
}

function fateOf(percent: number): Service['status'] {
  if (percent > 14) return 'active';
  if (percent > 10) return 'suspended';
  if (percent > 6) return 'expired';
  return percent > 3 ? 'ordered' : 'cancelled';
}

function serviceName({ random, site }: Teller, { kind, name }: Product, index: number): string {
  if (index === 0 || kind === 'hosting' || kind === 'certificate') return site;
  if (kind !== 'domain') return `${random.pick(hosts)}.${site}`;
  return `${random.pick(sites[0])}-${random.pick(sites[1])}-${index}${name.slice(name.indexOf('.'))}`;
}

function ticket({ random, aside, calendar, people, site, age }: Teller): Ticket {
  const subject = random
    .pick(people.subjects)
    .replace('{host}', `${random.pick(hosts)}.${site}`)
    .replace('{domain}', site);
  const days = random.between(0, age - 5);
  const minutes = random.between(0, 1439);
  const fate = days > 30 ? 0 : random.between(1, 100);
  const status = fate > 75 ? 'waiting' : fate > 35 ? 'open' : fate > 20 ? 'new' : 'closed';
  const department = random.pick(['technical', 'technical', 'billing', 'sales'] as const);
  const updated = calendar.ago(days, minutes);
  const created = calendar.ago(days, minutes + (status === 'new' ? 0 : random.between(5, 2880)));
  const messages = talk({ subject, department, status, updated, created }, people.language, aside);
  return { subject, department, status, updated, created, messages };
}
