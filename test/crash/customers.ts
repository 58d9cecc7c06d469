/** Customers who renew, pay and write: each action is told from every other by what it leaves behind. */
import { randomBytes } from 'node:crypto';
import type { Database } from '../../src/database.ts';
import { createSessions, createUsers } from '../../src/store/index.ts';
import { changed, fieldsIn } from '../support/sent-form.ts';

export interface Tally {
  asked: number;
  acknowledged: number;
  /** Sent again because no answer came. */
  repeated: number;
  /** Never sent again. */
  abandoned: number;
  refused: number;
}

/** What a customer knows of an action: it was answered, or nobody knows. */
export type Fate = 'acknowledged' | 'abandoned' | 'refused';

export interface Action {
  readonly kind: 'renew' | 'pay' | 'reply';
  /** The text that was written, the amount that was paid; nothing for a renewal. */
  readonly mark: string;
  fate: Fate | undefined;
}

export interface Customer {
  readonly service: number;
  readonly ticket: number;
  readonly account: number;
  readonly actions: readonly Action[];
  /** Does one thing, or sends again what was not answered. */
  act(panel: Panel): Promise<void>;
}

export interface Panel {
  readonly address: string;
  readonly tally: Tally;
  /** Only what is still unanswered is sent again. */
  readonly isFinal: boolean;
}

/** The day on which every service here ends: a day that every month has. */
export const START = '2030-01-10';

const AGAIN = 0.8;
const DOUBLE = 0.3;

export async function createCustomers(
  database: Database,
  { number, hasNewKeys }: { readonly number: number; readonly hasNewKeys: boolean },
): Promise<Customer[]> {
  const users = createUsers(database);
  const random = (bytes: number) => randomBytes(bytes);
  const sessions = createSessions(database, { clock: () => new Date(), random });
  const customers: Customer[] = [];
  for (let customer = 12; customer < 12 + number; customer += 1) {
    const { id } = (await database.knex('user').first('id').where({ customer_id: customer })) as { id: number };
    const user = await users.byId(id);
    if (!user) throw new Error(`No user of customer ${customer}`);
    const token = await sessions.open(user, { address: '127.0.0.1', agent: 'crash' });
    customers.push(createCustomer(await settleIn(database, customer), `lintel=${token}`, hasNewKeys));
  }
  return customers;
}

interface Place {
  readonly account: number;
  readonly service: number;
  readonly ticket: number;
}

/** An account with much money, a service that ends far away, and a ticket. */
async function settleIn({ knex }: Database, customer: number): Promise<Place> {
  const created = '2026-01-01T00:00:00Z';
  const add = async (table: string, row: object): Promise<number> => {
    const [found] = (await knex(table).insert(row).returning('id')) as { id: number }[];
    return found?.id ?? 0;
  };
  const balance = 1_000_000_000;
  const account = await add('account', { customer_id: customer, name: 'Crash', currency: 'EUR', balance });
  const entry = { customer_id: customer, account_id: account, amount: balance, currency: 'EUR', created };
  await add('ledger', { ...entry, reason: 'opening' });
  const product = (await knex('product').first('id', 'name', 'price').where({ kind: 'server' })) as Record<
    string,
    unknown
  >;
  const service = await add('service', {
    ...{ customer_id: customer, product_id: product.id, name: 'crash.example.net', package: product.name },
    ...{
      period: 'month',
      cost: product.price,
      currency: 'EUR',
      status: 'active',
      expires: START,
      autorenew: 'off',
      created,
    },
  });
  const ticket = await add('ticket', {
    ...{ customer_id: customer, subject: 'Crash', department: 'technical', status: 'open', updated: created, created },
  });
  return { account, service, ticket };
}

function withNewKey(body: URLSearchParams): URLSearchParams {
  const other = new URLSearchParams(body);
  other.set('form_key', randomBytes(16).toString('base64url'));
  return other;
}

/** A form that was sent and perhaps not answered. */
interface Sent {
  readonly action: Action;
  readonly path: string;
  readonly body: URLSearchParams;
}

function createCustomer(place: Place, cookie: string, hasNewKeys: boolean): Customer {
  const actions: Action[] = [];
  let unanswered: Sent | undefined;
  let amount = 10_000;

  const open = async (path: string, { address }: Panel) => {
    const answer = await fetch(address + path, { headers: { cookie } });
    const html = await answer.text();
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
    return { path: path.split('?')[0] ?? '', html, fields: fieldsIn(html) };
  };
  const post = (path: string, body: URLSearchParams, { address }: Panel) =>
    fetch(address + path, {
      method: 'POST',
      redirect: 'manual',
      body,
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
    });

  const plans: Readonly<Record<Action['kind'], (panel: Panel) => Promise<Sent>>> = {
    async renew(panel) {
      const form = await open(`/form/service.renew?elid=${place.service}`, panel);
      const action: Action = { kind: 'renew', mark: '', fate: undefined };
      const choices = { period: 'month', account: String(place.account) };
      const seen = await post(form.path, changed(form, { ...choices, sv_field: 'account' }), panel);
      const html = await seen.text();
      return { action, path: form.path, body: changed({ ...form, fields: fieldsIn(html) }, choices) };
    },
    async pay(panel) {
      const form = await open(`/form/payment.add?elid=${place.account}`, panel);
      amount += 1;
      const mark = `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
      const action: Action = { kind: 'pay', mark: String(amount), fate: undefined };
      return { action, path: form.path, body: changed(form, { amount: mark, method: 'card' }) };
    },
    async reply(panel) {
      const form = await open(`/form/ticket.edit?elid=${place.ticket}`, panel);
      const mark = `words ${randomBytes(9).toString('base64url')}`;
      const action: Action = { kind: 'reply', mark, fate: undefined };
      return { action, path: form.path, body: changed(form, { text: mark, clicked_button: 'reply' }) };
    },
  };

  const send = async (sent: Sent, panel: Panel) => {
    const { action, path, body } = sent;
    const number = Math.random() < DOUBLE ? 2 : 1;
    const answers = await Promise.allSettled(
      Array.from({ length: number }, (_, at) => post(path, hasNewKeys && at > 0 ? withNewKey(body) : body, panel)),
    );
    const got = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    const [first] = got;
    for (const answer of got) await answer.arrayBuffer().catch(() => undefined);
    if (!first) throw answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as Error] : []))[0];
    if (!hasNewKeys && got.some(({ status }) => status !== first.status))
      throw new Error(`${path} answered one form in two ways`);
    if (first.status !== 303 && first.status !== 409) throw new Error(`${path} answered ${first.status}`);
    unanswered = undefined;
    const done = first.headers.get('location');
    action.fate = first.status === 303 ? 'acknowledged' : 'refused';
    panel.tally[action.fate] += 1;
    if (action.kind === 'pay' && done) await payAtBank(done, panel).catch(() => undefined);
  };

  /** What becomes of it at the bank is counted by the ledger alone. */
  const payAtBank = async (path: string, panel: Panel) => {
    const follow = async (to: string) => fetch(new URL(to, panel.address), { redirect: 'manual', headers: { cookie } });
    let answer = await follow(path);
    for (let hops = 0; hops < 3 && answer.status === 303; hops += 1)
      answer = await follow(answer.headers.get('location') ?? '');
    const html = await answer.text();
    const order = /name="order" value="([^"]*)"/.exec(html)?.[1];
    const action = /action="(\/bank\/[^"]+)"/.exec(html)?.[1];
    if (order && action) await post(action, new URLSearchParams({ order, answer: 'yes' }), panel);
  };

  return {
    ...place,
    actions,
    async act(panel) {
      if (unanswered) {
        if (!panel.isFinal && Math.random() > AGAIN) {
          unanswered.action.fate = 'abandoned';
          panel.tally.abandoned += 1;
          unanswered = undefined;
          return;
        }
        panel.tally.repeated += 1;
        return send(unanswered, panel);
      }
      if (panel.isFinal) return;
      const kinds = Object.keys(plans) as Action['kind'][];
      const kind = kinds[Math.floor(Math.random() * kinds.length)] ?? 'reply';
      const sent = await plans[kind](panel);
      actions.push(sent.action);
      panel.tally.asked += 1;
      unanswered = sent;
      await send(sent, panel);
    },
  };
}
