/** Money from outside: through the panel and the demo's bank, and then whatever a bank may send. */
import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { definePaymentMethod } from '../../src/payment.ts';
import { signatureOf } from '../../src/signature.ts';
import { BANK_SECRET, type Panel, startPanel, TODAY } from '../support/panel.ts';
import { readable } from '../support/readable.ts';
import { openForm, send } from '../support/sent-form.ts';

/** A gateway elsewhere, which may be down. */
const far = { isDown: false, asked: [] as string[] };
const gateway = definePaymentMethod({
  name: 'far',
  currencies: { EUR: { min: 500, max: 20_000 } },
  start: ({ reference }) =>
    far.isDown ? Promise.reject(new Error('503')) : Promise.resolve({ to: `https://pay.example/${reference}` }),
  readNotification: () => Promise.resolve({ refused: 'missing' }),
  ask({ reference, amount, currency }) {
    far.asked.push(reference);
    const isPaid = amount === 700;
    return Promise.resolve(
      isPaid ? { event: `asked-${reference}`, reference, status: 'paid', amount, currency } : undefined,
    );
  },
});

let panel: Panel;
let alice: string;
let bob: string;
let dana: string;
beforeAll(async () => {
  panel = await startPanel({ additions: { methods: [gateway] } });
  [alice = '', bob = '', dana = ''] = await Promise.all(['alice', 'bob', 'dana'].map((login) => panel.signIn(login)));
});
afterAll(() => panel.stop());

interface Account {
  readonly id: number;
  readonly balance: number;
}
const knex = () => panel.database.knex;
const accountOf = async (customer: number, currency = 'EUR') =>
  (await knex()('account').first('id', 'balance').where({ customer_id: customer, currency })) as Account;
const paymentOf = async (reference: string) => {
  const { payment_id } = await knex()('payment_attempt').first('payment_id').where({ reference });
  return knex()('payment').first().where({ id: payment_id });
};

/** The ledger behind each balance. */
async function expectBalanced() {
  const sums = knex()('ledger').sum('amount').whereRaw('ledger.account_id = account.id').as('sum');
  const rows = (await knex()('account').select('id', 'balance', sums)) as {
    id: number;
    balance: number;
    sum: number | null;
  }[];
  expect(rows.filter(({ balance, sum }) => balance !== (sum ?? 0))).toEqual([]);
}

/** Begins to add funds; gives the reference and the address at which the bank waits. */
async function begin(amount: string, { method = 'card', cookie = alice, back = '/home' } = {}) {
  const account = await accountOf(cookie === bob ? 2 : 1, cookie === bob ? 'USD' : 'EUR');
  const form = await openForm(panel, `/form/payment.add?elid=${account.id}&back=${back}`, cookie);
  const answer = await send(panel, form, cookie, { amount, method });
  expect(answer.status).toBe(303);
  return goOn(answer, account, cookie);
}

async function goOn(answer: Response, account: Account, cookie = alice) {
  const to = answer.headers.get('location') ?? '';
  expect(to).toMatch(/^\/pay\/[\d-]+\?done=/);
  const reference = /\/pay\/([\d-]+)/.exec(to)?.[1] ?? '';
  const leaving = await panel.get(to, { cookie });
  return { reference, account, to, leaving, bank: leaving.headers.get('location') ?? '' };
}

/** The customer presses a button of the bank; gives the page at home that follows. */
async function sayAtBank(bank: string, answer: 'yes' | 'no' | 'nothing', cookie = alice) {
  const page = await panel.get(bank);
  expect(page.status).toBe(200);
  const html = readable(await page.text());
  const order = /name="order" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const back = await panel.post(new URL(bank, panel.address).pathname, { order, answer });
  expect(back.status).toBe(303);
  const path = (back.headers.get('location') ?? '').replace(panel.address, '');
  expect(path).toMatch(/^\/payment\/return\//);
  const receipt = await panel.get(path, { cookie });
  return {
    bankHtml: html,
    refresh: receipt.headers.get('refresh'),
    html: readable(await receipt.text()),
    status: receipt.status,
  };
}

interface Sent {
  readonly reference: string;
  readonly status?: string;
  readonly amount?: number;
  readonly currency?: string;
  readonly event?: string;
}

interface Way {
  readonly method?: string;
  /** The method whose secret signs. */
  readonly signer?: string;
  readonly at?: Date;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a bank sends, signed as the method, at the time of the panel unless it says otherwise. */
function notify(
  { reference, status = 'paid', amount = 5000, currency = 'EUR', event = randomUUID() }: Sent,
  { method = 'card', signer, at = panel.clock, headers = {} }: Way = {},
) {
  const body = JSON.stringify({ event, reference, status, amount, currency });
  const secret = createHmac('sha256', BANK_SECRET)
    .update(signer ?? method)
    .digest('hex');
  return fetch(`${panel.address}/payment/notify/${method}`, {
    method: 'POST',
    body,
    headers: { 'lintel-signature': signatureOf(body, secret, at), ...headers },
  });
}
const outcomes = async (answers: readonly (Response | Promise<Response>)[]) =>
  Promise.all(
    answers.map(async (answer) => [
      (await answer).status,
      ((await (await answer).json()) as { outcome: string }).outcome,
    ]),
  );

describe('a customer who adds funds', () => {
  test('is led to the bank, says yes, and has the money, on the home page at once', async () => {
    const home = async () => readable(await (await panel.get('/home', { cookie: alice })).text());
    const { reference, account, leaving, bank } = await begin('50');
    await home();
    const before = await home();
    expect(leaving.status).toBe(303);
    expect(bank).toMatch(/^\/bank\/card\?order=/);
    const { html, bankHtml } = await sayAtBank(bank, 'yes');
    expect(bankHtml).toContain('Demo bank: no real money');
    expect(bankHtml).toContain('€50.00');
    expect(html).toContain('Paid</h1>');
    expect(html).toContain('href="/home"');
    expect((await accountOf(1)).balance).toBe(account.balance + 5000);
    expect(await paymentOf(reference)).toMatchObject({ status: 'paid', method: 'card', reference, purpose: 'funds' });
    expect(await home()).not.toBe(before);
    await expectBalanced();
  });

  test('says no, is told that nothing was taken, and pays again in another way', async () => {
    const { reference, account, bank } = await begin('12,5');
    const { html } = await sayAtBank(bank, 'no');
    expect(html).toContain('did not go through');
    expect((await accountOf(1)).balance).toBe(account.balance);
    const payment = await paymentOf(reference);
    expect(payment).toMatchObject({ status: 'failed', amount: 1250 });
    expect(html).toContain(`/form/payment.pay?elid=${payment.id}&amp;back=%2Fhome`);
    const form = await openForm(panel, `/form/payment.pay?elid=${payment.id}`, alice);
    expect(form.html).toContain('Funds for the account');
    const again = await goOn(await send(panel, form, alice, { method: 'wallet' }), account);
    expect(again.reference).not.toBe(reference);
    expect((await sayAtBank(again.bank, 'yes')).html).toContain('Paid</h1>');
    expect(await paymentOf(reference)).toMatchObject({ status: 'paid', method: 'wallet' });
    expect((await accountOf(1)).balance).toBe(account.balance + 1250);
    await expectBalanced();
  });

  test('comes back with nothing, sees that it is open, and is warned before paying twice', async () => {
    const { reference, account, bank } = await begin('20');
    const { html, refresh } = await sayAtBank(bank, 'nothing');
    expect(html).toContain('We have not heard from the bank yet');
    expect(refresh).toMatch(/^3; url=\/payment\/return\//);
    const payment = await paymentOf(reference);
    expect(payment.status).toBe('new');
    const { html: form } = await openForm(panel, `/form/payment.pay?elid=${payment.id}`, alice);
    expect(form).toContain('we have not heard from the bank yet');
    expect((await accountOf(1)).balance).toBe(account.balance);
    expect(await outcomes([notify({ reference, amount: 2000 })])).toEqual([[200, 'paid']]);
    const returned = await panel.get(`/payment/return/${reference}`, { cookie: alice });
    expect(returned.headers.get('refresh')).toBeNull();
    expect(readable(await returned.text())).toContain('Paid</h1>');
    await expectBalanced();
  });

  test('presses the button twice and is led to one payment', async () => {
    const { id } = await accountOf(1);
    const form = await openForm(panel, `/form/payment.add?elid=${id}`, alice);
    const [one, two] = await Promise.all([1, 2].map(() => send(panel, form, alice, { amount: '30', method: 'card' })));
    expect(one?.headers.get('location')).toBe(two?.headers.get('location'));
  });

  test.each([
    ['4.99', 'far', 'takes €5.00 at least'],
    ['200.01', 'far', 'takes €200.00 at most'],
    ['0.5', 'card', 'takes €1.00 at least'],
    ['0', 'card', 'At least €0.01'],
    ['-5', 'card', 'At least €0.01'],
    ['5', 'cash', 'Choose one'],
  ])('is told what the method takes: %s by %s', async (amount, method, told) => {
    const { id } = await accountOf(1);
    const form = await openForm(panel, `/form/payment.add?elid=${id}`, alice);
    const answer = await send(panel, form, alice, { amount, method });
    expect(answer.status).toBe(422);
    expect(readable(await answer.text())).toContain(told);
  });

  test('is not offered a method that does not take the currency', async () => {
    const { id } = await accountOf(1, 'USD');
    const { html } = await openForm(panel, `/form/payment.add?elid=${id}`, alice);
    expect(html).toMatch(/value="far"[^>]* disabled/);
    expect(html).toContain('It does not take USD.');
  });

  test('without an account is told where it comes from', async () => {
    const nora = await panel.signIn('nora');
    const { html } = await openForm(panel, '/form/payment.add', nora);
    expect(html).toContain('You have no account yet');
    expect(html).not.toContain('clicked_button');
  });

  test('is led from the account list to that account', async () => {
    const { id } = await accountOf(1, 'USD');
    expect(readable(await (await panel.get('/list/account', { cookie: alice })).text())).toContain(
      `/form/payment.add?elid=${id}"`,
    );
    const { fields } = await openForm(panel, `/form/payment.add?elid=${id}`, alice);
    expect(Object.fromEntries(fields).account).toBe(String(id));
  });
});

describe('a customer who pays an order', () => {
  /** An ordered service of Alice and its payment. */
  async function order(cost = 3900) {
    const account = await accountOf(1);
    const [product] = await knex()('product').select('id').where({ kind: 'server' }).limit(1);
    const what = { customer_id: 1, product_id: product.id, name: 'new.example.net', package: 'VPS', period: 'month' };
    const [service] = await knex()('service').insert(
      { ...what, cost, currency: 'EUR', status: 'ordered', autorenew: 'on' },
      ['id'],
    );
    const number = `T-${randomUUID()}`;
    const money = { account_id: account.id, amount: cost, currency: 'EUR', number };
    const made = { customer_id: 1, ...money, method: 'card', status: 'new', created: '2026-03-14T09:00:00Z' };
    const [payment] = await knex()('payment').insert({ ...made, purpose: 'order', service_id: service.id }, ['id']);
    return { account, service: service.id as number, payment: payment.id as number };
  }
  const statusOf = async (id: number) => (await knex()('service').first('status').where({ id })).status as string;
  const pay = async ({ payment, account }: { payment: number; account: Account }) => {
    const form = await openForm(panel, `/form/payment.pay?elid=${payment}&back=/list/payment`, alice);
    expect(form.html).toContain('Order: new.example.net');
    const answer = await send(panel, form, alice, { method: 'card' });
    const reference = /\/pay\/([\w-]+)/.exec(answer.headers.get('location') ?? '')?.[1] ?? '';
    return { reference, account };
  };

  test('has it started, and the account is as before', async () => {
    const made = await order();
    const { reference } = await pay(made);
    expect(await outcomes([notify({ reference, amount: 3900 })])).toEqual([[200, 'paid']]);
    expect(await statusOf(made.service)).toBe('active');
    expect((await accountOf(1)).balance).toBe(made.account.balance);
    expect(await knex()('ledger').where({ payment_id: made.payment }).orderBy('id').pluck('reason')).toEqual([
      'payment',
      'order',
    ]);
    const receipt = readable(await (await panel.get(`/payment/return/${reference}`, { cookie: alice })).text());
    expect(receipt).toContain('“new.example.net” has started');
    await expectBalanced();
  });

  test('has it started even when the account owes something', async () => {
    const made = await order(700);
    const { reference } = await pay(made);
    await knex()('account')
      .where({ id: made.account.id })
      .decrement('balance', made.account.balance + 500);
    await notify({ reference, amount: 700 });
    expect(await statusOf(made.service)).toBe('active');
    expect((await accountOf(1)).balance).toBe(-500);
    await knex()('account')
      .where({ id: made.account.id })
      .increment('balance', made.account.balance + 500);
    await expectBalanced();
  });

  test('who cancelled it meanwhile has the money on the account', async () => {
    const made = await order();
    const { reference } = await pay(made);
    const form = await openForm(panel, `/form/payment.cancel?elid=${made.payment}&back=/list/payment`, alice);
    expect(form.html).toContain('The order of new.example.net is cancelled as well');
    expect((await send(panel, form, alice)).status).toBe(303);
    expect(await statusOf(made.service)).toBe('cancelled');
    expect(await paymentOf(reference)).toMatchObject({ status: 'cancelled' });
    expect(await outcomes([notify({ reference, amount: 3900 })])).toEqual([[200, 'paid']]);
    expect(await paymentOf(reference)).toMatchObject({ status: 'paid', purpose: 'funds' });
    expect(await statusOf(made.service)).toBe('cancelled');
    expect((await accountOf(1)).balance).toBe(made.account.balance + 3900);
    const receipt = readable(await (await panel.get(`/payment/return/${reference}`, { cookie: alice })).text());
    expect(receipt).toContain('could not be started any more');
    await expectBalanced();
  });

  test('cannot pay or cancel what is paid', async () => {
    const made = await order();
    const { reference } = await pay(made);
    await notify({ reference, amount: 3900 });
    for (const func of ['payment.pay', 'payment.cancel']) {
      const form = await openForm(panel, `/form/${func}?elid=${made.payment}`, alice);
      expect(form.html).not.toContain('clicked_button');
      expect((await send(panel, form, alice)).status).not.toBe(303);
    }
  });
});

describe('a notification', () => {
  test('that comes three times has one effect', async () => {
    const { reference, account } = await begin('50');
    const sent = { reference, event: 'three-times' };
    expect(await outcomes([await notify(sent), await notify(sent), await notify(sent)])).toEqual([
      [200, 'paid'],
      [200, 'repeated'],
      [200, 'repeated'],
    ]);
    expect((await accountOf(1)).balance).toBe(account.balance + 5000);
    await expectBalanced();
  });

  test('that comes 20 times at once, with one event or with many, has one effect', async () => {
    for (const event of ['twenty', undefined]) {
      const { reference, account } = await begin('50');
      const many = Array.from({ length: 20 }, () => notify({ reference, ...(event && { event }) }));
      const said = (await outcomes(many)).map(([, outcome]) => outcome);
      expect(said.filter((outcome) => outcome === 'paid')).toHaveLength(1);
      expect((await accountOf(1)).balance).toBe(account.balance + 5000);
    }
    await expectBalanced();
  });

  test('that comes out of order changes nothing: a refusal after the money', async () => {
    const { reference, account } = await begin('50');
    const said = await outcomes([await notify({ reference }), await notify({ reference, status: 'failed' })]);
    expect(said).toEqual([
      [200, 'paid'],
      [200, 'noted'],
    ]);
    expect(await paymentOf(reference)).toMatchObject({ status: 'paid' });
    expect((await accountOf(1)).balance).toBe(account.balance + 5000);
    await expectBalanced();
  });

  test('of money after a refusal counts', async () => {
    const { reference, account } = await begin('50');
    await notify({ reference, status: 'failed', event: 'same-id' });
    expect(await paymentOf(reference)).toMatchObject({ status: 'failed' });
    expect(await outcomes([notify({ reference, event: 'same-id' })])).toEqual([[200, 'paid']]);
    expect((await accountOf(1)).balance).toBe(account.balance + 5000);
    await expectBalanced();
  });

  test('of a customer who turned back leaves the payment unpaid', async () => {
    const { reference } = await begin('50');
    expect(await outcomes([notify({ reference, status: 'cancelled' })])).toEqual([[200, 'noted']]);
    expect(await paymentOf(reference)).toMatchObject({ status: 'new' });
    expect(readable(await (await panel.get(`/payment/return/${reference}`, { cookie: alice })).text())).toContain(
      'turned back',
    );
  });

  test('that is days late counts, signed when it is sent', async () => {
    const { reference, account } = await begin('50');
    panel.clock = new Date(TODAY.getTime() + 9 * 86_400_000);
    expect(await outcomes([notify({ reference })])).toEqual([[200, 'paid']]);
    panel.clock = TODAY;
    expect((await accountOf(1)).balance).toBe(account.balance + 5000);
    await expectBalanced();
  });

  test('of a refused earlier try says nothing about the later one, and two that are paid are two sums', async () => {
    const first = await begin('50');
    const { id } = await paymentOf(first.reference);
    const form = await openForm(panel, `/form/payment.pay?elid=${id}`, alice);
    const second = await goOn(await send(panel, form, alice, { method: 'wallet' }), first.account);
    await notify({ reference: first.reference, status: 'failed' });
    expect(await paymentOf(first.reference)).toMatchObject({ status: 'new' });
    expect(await outcomes([notify({ reference: second.reference }, { method: 'wallet' })])).toEqual([[200, 'paid']]);
    expect(await outcomes([notify({ reference: first.reference })])).toEqual([[200, 'again']]);
    expect(await outcomes([notify({ reference: first.reference })])).toEqual([[200, 'noted']]);
    expect((await accountOf(1)).balance).toBe(first.account.balance + 10_000);
    const twin = await knex()('payment').first().where({ reference: first.reference });
    expect(twin).toMatchObject({ status: 'paid', purpose: 'funds', amount: 5000, method: 'card' });
    expect(panel.logged).toContainEqual(
      expect.objectContaining({ level: 'error', alarm: true, reference: first.reference, outcome: 'again' }),
    );
    await expectBalanced();
  });

  describe('is refused, and logged with its address and without secrets,', () => {
    const refusals: readonly (readonly [string, (reference: string) => Promise<Response>, number, string])[] = [
      ['with a wrong signature', (reference) => notify({ reference }, { signer: 'else' }), 401, 'wrong'],
      ['with that of another method', (reference) => notify({ reference }, { signer: 'wallet' }), 401, 'wrong'],
      [
        'with another body than was signed',
        (reference) => notify({ reference }, { headers: { 'lintel-signature': signatureOf('{}', 'x', TODAY) } }),
        401,
        'wrong',
      ],
      [
        'with half of one',
        (reference) => notify({ reference }, { headers: { 'lintel-signature': 't=1' } }),
        401,
        'wrong',
      ],
      [
        'that was signed an hour ago',
        (reference) => notify({ reference }, { at: new Date(TODAY.getTime() - 3_600_000) }),
        401,
        'stale',
      ],
      [
        'that was signed in the future',
        (reference) => notify({ reference }, { at: new Date(TODAY.getTime() + 3_600_000) }),
        401,
        'stale',
      ],
      ['that says nothing', (reference) => notify({ reference, status: 'perhaps' }), 401, 'unreadable'],
    ];

    test.each(refusals)('%s', async (_, sent, status, reason) => {
      const { reference, account } = await begin('50');
      const before = panel.logged.length;
      expect((await sent(reference)).status).toBe(status);
      const entry = panel.logged.slice(before).find(({ message }) => message === 'a notification was refused');
      expect(entry).toMatchObject({
        level: 'warn',
        method: 'card',
        reason,
        address: expect.stringContaining('127.0.0.1'),
      });
      expect(JSON.stringify(panel.logged)).not.toContain(BANK_SECRET);
      expect((await accountOf(1)).balance).toBe(account.balance);
      expect(await paymentOf(reference)).toMatchObject({ status: 'new' });
    });

    test.each([
      ['another amount', { amount: 4999 }],
      ['another currency', { currency: 'USD' }],
    ])('about %s, with an alarm', async (_, change) => {
      const { reference, account } = await begin('50');
      expect(await outcomes([notify({ reference, ...change })])).toEqual([[422, 'mismatch']]);
      expect(panel.logged.at(-2)).toMatchObject({ level: 'error', alarm: true, reference });
      expect((await accountOf(1)).balance).toBe(account.balance);
      expect(await outcomes([notify({ reference })])).toEqual([[200, 'paid']]);
    });

    test('about no payment, or one of another method', async () => {
      const { reference } = await begin('50');
      expect(await outcomes([notify({ reference: '2026-1-9999' })])).toEqual([[404, 'unknown']]);
      expect(await outcomes([notify({ reference }, { method: 'wallet' })])).toEqual([[404, 'unknown']]);
      expect(await outcomes([notify({ reference }, { method: 'nothing' })])).toEqual([[404, 'unknown']]);
    });

    test('when it is too long', async () => {
      const { reference } = await begin('50');
      expect((await notify({ reference, event: 'x'.repeat(17_000) })).status).toBe(413);
    });
  });

  test('may come from another site, and nothing else may', async () => {
    const { reference } = await begin('50');
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://bank.example' };
    expect((await notify({ reference }, { headers })).status).toBe(200);
    for (const path of ['/payment/notify/card/more', '/form/payment.add', '/bank/card'])
      expect((await fetch(panel.address + path, { method: 'POST', headers })).status, path).toBe(403);
  });
});

describe('the way to a method elsewhere', () => {
  test('leads over a page with a link, for a form may lead to no other site', async () => {
    const { reference, leaving } = await begin('50', { method: 'far' });
    expect(leaving.status).toBe(200);
    expect(leaving.headers.get('refresh')).toBe(`1; url=https://pay.example/${reference}`);
    expect(readable(await leaving.text())).toContain(`href="https://pay.example/${reference}"`);
  });

  test('says so when it does not answer, and offers another', async () => {
    far.isDown = true;
    const { leaving, reference } = await begin('50', { method: 'far' });
    expect(leaving.status).toBe(503);
    expect(readable(await leaving.text())).toContain('The bank does not answer');
    far.isDown = false;
    expect((await panel.get(`/pay/${reference}`, { cookie: alice })).status).toBe(200);
  });

  test('is asked about what nobody spoke of, seldom and not for ever', async () => {
    const [paid, open] = [await begin('7', { method: 'far' }), await begin('8', { method: 'far' })];
    const sweepAfter = async (minutes: number) => {
      panel.clock = new Date(TODAY.getTime() + minutes * 60_000);
      far.asked = [];
      await panel.payments.sweep();
      return far.asked;
    };
    expect(await sweepAfter(4)).toEqual([]);
    expect(await sweepAfter(6)).toEqual(expect.arrayContaining([paid.reference, open.reference]));
    expect(await paymentOf(paid.reference)).toMatchObject({ status: 'paid' });
    expect(await paymentOf(open.reference)).toMatchObject({ status: 'new' });
    expect(await sweepAfter(7)).toEqual([]);
    expect(await sweepAfter(13)).toEqual(expect.not.arrayContaining([paid.reference]));
    expect(far.asked).toContain(open.reference);
    expect(await sweepAfter(49 * 60)).toEqual([]);
    panel.clock = TODAY;
    await expectBalanced();
  });
});

describe('a payment of somebody else', () => {
  test('is the same 404 as none', async () => {
    const { reference } = await begin('50');
    const { id } = await paymentOf(reference);
    const paths = [`/pay/${reference}`, `/payment/return/${reference}`, `/form/payment.pay?elid=${id}`];
    for (const path of [...paths, `/form/payment.cancel?elid=${id}`, '/pay/none', '/payment/return/none'])
      for (const cookie of [bob, dana]) expect((await panel.get(path, { cookie })).status, path).toBe(404);
    expect((await panel.get(`/form/payment.add?elid=${(await accountOf(1)).id}`, { cookie: bob })).status).toBe(404);
  });

  test('cannot be added to: the account of another customer is no choice', async () => {
    const form = await openForm(panel, '/form/payment.add', bob);
    const account = await accountOf(1, 'USD');
    const answer = await send(panel, form, bob, { account: String(account.id), amount: '5', method: 'card' });
    expect(answer.status).toBe(422);
  });

  test('asks who is not signed in to do so, and leads on', async () => {
    const answer = await panel.get('/payment/return/2026-1-1-1');
    expect(answer.headers.get('location')).toBe('/signin?next=%2Fpayment%2Freturn%2F2026-1-1-1');
  });
});

test('an order for the bank that it did not write is no page', async () => {
  const { bank } = await begin('50');
  const order = new URL(bank, panel.address).searchParams.get('order') ?? '';
  const [text = '', seal = ''] = order.split('.');
  const forged = Buffer.from(Buffer.from(text, 'base64url').toString().replace('5000', '5')).toString('base64url');
  expect(forged).not.toBe(text);
  for (const wrong of ['', 'x', text, `${forged}.${seal}`])
    expect((await panel.get(`/bank/card?order=${wrong}`)).status).toBe(404);
  expect((await panel.get(`/bank/wallet?order=${order}`)).status).toBe(404);
});

test('bob pays into his own account, and every ledger is its balance', async () => {
  const { bank, account } = await begin('25', { cookie: bob, method: 'wallet' });
  await sayAtBank(bank, 'yes', bob);
  expect((await accountOf(2, 'USD')).balance).toBe(account.balance + 2500);
  await expectBalanced();
});
