import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Panel, startPanel, TODAY } from '../support/panel.ts';
import { readable } from '../support/readable.ts';
import { fieldsIn, type OpenedForm, openForm, send } from '../support/sent-form.ts';

let panel: Panel;
let cookies: Record<'alice' | 'bob' | 'nora' | 'dana' | 'max', string>;
beforeAll(async () => {
  panel = await startPanel();
  const logins = ['alice', 'bob', 'nora', 'dana', 'max'] as const;
  const signedIn = await Promise.all(logins.map(async (login) => [login, await panel.signIn(login)] as const));
  cookies = Object.fromEntries(signedIn) as typeof cookies;
});
afterAll(() => panel.stop());
afterEach(async () => {
  panel.clock = TODAY;
  const strange = await panel.database.knex.raw(`
    select account.id from account left join ledger on ledger.account_id = account.id
    group by account.id, account.balance having account.balance <> coalesce(sum(ledger.amount), 0)`);
  expect(strange, 'accounts whose ledger is not their balance').toEqual([]);
});

type Row = Record<string, string | number | null>;
const rowsOf = (table: string, where: Row = {}) =>
  panel.database.knex(table).where(where).orderBy('id') as unknown as Promise<Row[]>;
const newest = async (table: string) => (await rowsOf(table)).at(-1) as Row;
const own = async (name: string, what: string) =>
  (await rowsOf('service', { customer_id: 1, name, package: what }))[0] as Row;
const account = async (currency: string) => (await rowsOf('account', { customer_id: 1, currency }))[0] as Row;
const credit = async (id: unknown, amount: number) => {
  const { customer_id, currency } = (await rowsOf('account', { id: id as number }))[0] as Row;
  await panel.database.knex('account').where({ id }).increment('balance', amount);
  await panel.database
    .knex('ledger')
    .insert({ customer_id, account_id: id, amount, currency, reason: 'refund', created: '2026-03-14T09:00:00Z' });
};

const fund = async (currency: string, balance: number) => {
  const { id, balance: before } = await account(currency);
  if (before !== balance) await credit(id, balance - Number(before));
};

type Changes = Readonly<Record<string, string | readonly string[] | null>>;

/** Makes choices as a browser without scripts does: each is followed by `Update`. */
async function chosen(
  form: OpenedForm,
  cookie: string,
  choices: Readonly<Record<string, string>>,
): Promise<OpenedForm> {
  let now = form;
  for (const [name, value] of Object.entries(choices)) {
    const answer = await send(panel, now, cookie, { [name]: value, sv_field: name });
    expect(answer.status).toBe(200);
    const html = readable(await answer.text());
    now = { ...now, html, fields: fieldsIn(html) };
  }
  return now;
}

async function done(form: OpenedForm, cookie: string, changes: Changes = {}): Promise<{ to: string; said: string }> {
  const answer = await send(panel, form, cookie, changes);
  const to = answer.headers.get('location') ?? '';
  expect(answer.status, await answer.clone().text()).toBe(303);
  const key = new URL(to, panel.address).searchParams.get('done') ?? '';
  const page = readable(await (await panel.get(`/home?done=${key}`, { cookie })).text());
  const [, said = ''] = /role="status">.*?<p>(.*?)<\/p>/s.exec(page) ?? [];
  return { to, said };
}

async function refused(form: OpenedForm, cookie: string, changes: Changes, status = 422): Promise<string> {
  const before = JSON.stringify([
    await rowsOf('service'),
    await rowsOf('payment'),
    await rowsOf('ledger'),
    await rowsOf('account'),
  ]);
  const answer = await send(panel, form, cookie, changes);
  expect(answer.status).toBe(status);
  expect(
    JSON.stringify([await rowsOf('service'), await rowsOf('payment'), await rowsOf('ledger'), await rowsOf('account')]),
  ).toBe(before);
  return readable(await answer.text());
}

const fieldOf = (form: OpenedForm, name: string) => Object.fromEntries(form.fields)[name];
const ORDER = '/form/service.order?back=/list/service';

describe('an order', () => {
  test('shows groups, packages, periods and what is to be paid before anything is done', async () => {
    const { html, fields } = await openForm(panel, ORDER, cookies.alice);
    expect(Object.fromEntries(fields)).toMatchObject({
      group: 'server',
      period: 'month',
      autorenew: 'on',
      payment: 'account',
    });
    for (const text of ['Virtual server', 'VPS NVMe-16', '€54.90 a month', 'Holds €42.17', 'Debian 12'])
      expect(html).toContain(text);
    expect(html).toContain('€39.00, until Mar 14, 2027. You save €7.80.');
    expect(html).toContain('€3.90 for 1 month, until Apr 14, 2026');
    expect(html).toContain('€38.27 is left');
  });

  test('opens on a group that a link names, and shows prices in the currency of the account', async () => {
    const form = await openForm(panel, '/form/service.order?group=domain', cookies.alice);
    expect(fieldOf(form, 'group')).toBe('domain');
    expect(form.html).toContain('€12.90 a year');
    expect(form.html).not.toMatch(/name="os"|Operating system/);
    const dollars = await chosen(form, cookies.alice, { account: String((await account('USD')).id) });
    expect(dollars.html).toContain('$14.20 for 1 year, until Mar 14, 2027');
    expect(fieldOf(dollars, 'group')).toBe('domain');
  });

  test('is paid from the account at once, and starts', async () => {
    const before = await account('EUR');
    const form = await chosen(await openForm(panel, ORDER, cookies.alice), cookies.alice, {
      product: '2',
      period: 'quarter',
    });
    const { to, said } = await done(form, cookies.alice, { os: 'ubuntu', name: ' web1 ' });
    expect(to).toMatch(/^\/list\/service\?done=/);
    expect(said).toBe(
      'Ordered: VPS NVMe-2, web1. It is paid until Jun 14, 2026; €23.70 was taken from “Main account”, €18.47 is left.',
    );
    const service = await newest('service');
    expect(service).toMatchObject({
      ...{
        customer_id: 1,
        product_id: 2,
        name: 'web1',
        package: 'VPS NVMe-2',
        period: 'quarter',
        cost: 2370,
        currency: 'EUR',
      },
      ...{
        status: 'active',
        expires: '2026-06-14',
        autorenew: 'on',
        os: 'ubuntu',
        domain: null,
        created: '2026-03-14T09:26:53Z',
      },
    });
    expect((await account('EUR')).balance).toBe(Number(before.balance) - 2370);
    expect(await newest('ledger')).toMatchObject({
      amount: -2370,
      reason: 'order',
      service_id: service.id,
      note: 'VPS NVMe-2, web1',
    });
  });

  test('names what has no name after its package, each time another', async () => {
    for (const name of ['Backup 100 GB', 'Backup 100 GB (2)']) {
      const form = await openForm(panel, `${ORDER}&group=backup`, cookies.alice);
      await done(form, cookies.alice, { autorenew: null });
      expect(await newest('service')).toMatchObject({ name, autorenew: 'off', os: null });
    }
  });

  test('may be left unpaid: the service waits, and its payment is next', async () => {
    const form = await openForm(panel, `${ORDER}&group=hosting`, cookies.alice);
    const { to, said } = await done(form, cookies.alice, { payment: 'later', domain: 'Shop.Example.NET' });
    const service = await newest('service');
    const payment = await newest('payment');
    expect(to).toMatch(new RegExp(`^/form/payment\\.pay\\?elid=${payment.id}&back=%2Flist%2Fservice&done=`));
    expect(said).toContain(`It starts when payment ${payment.number} of €2.90 is paid`);
    expect(service).toMatchObject({
      status: 'ordered',
      expires: null,
      name: 'shop.example.net',
      domain: 'shop.example.net',
    });
    expect(payment).toMatchObject({
      status: 'new',
      purpose: 'order',
      service_id: service.id,
      amount: 290,
      currency: 'EUR',
      customer_id: 1,
    });
    expect(payment.number).toMatch(/^2026-\d+-\d+$/);
  });

  test.each([
    [7, 'example.com', 'The same name', 'is registered with us already'],
    [10, 'www.new.com', 'A name before it', 'the domain itself'],
    [10, 'new.org', 'Another ending', 'must end with .com'],
    [10, 'no domain', 'No domain at all', 'Enter a domain name'],
  ])('refuses a domain that cannot be registered (%s, %s): %s', async (_, domain, _why, told) => {
    const form = await openForm(panel, `${ORDER}&group=domain`, cookies.alice);
    const html = await refused(form, cookies.alice, { domain, payment: 'later' });
    expect(html).toContain(told);
    expect(html).toContain('id="error-domain"');
  });

  test.each([
    ['Domain .com', 'NEW-Site.COM', 'new-site.com'],
    ['Domain .рф', 'Пример.РФ', 'пример.рф'],
    ['Domain .рф', 'xn--80aeshd1bdh.xn--p1ai', 'новость.рф'],
    ['Domain .中国', '新例子.中国', '新例子.中国'],
  ])('keeps a domain of %s as it is read: %s', async (product, typed, kept) => {
    const { id } = (await rowsOf('product', { name: product }))[0] as Row;
    const form = await openForm(panel, `${ORDER}&group=domain&product=${id}`, cookies.alice);
    await done(form, cookies.alice, {
      domain: typed === 'xn--80aeshd1bdh.xn--p1ai' ? new URL(`http://${kept}`).hostname : typed,
      payment: 'later',
    });
    expect(await newest('service')).toMatchObject({ name: kept, domain: kept, package: product });
  });

  test('of a wildcard certificate is for every name before the domain', async () => {
    const { id } = (await rowsOf('product', { name: 'TLS certificate Wildcard' }))[0] as Row;
    const form = await openForm(panel, `${ORDER}&group=certificate&product=${id}`, cookies.alice);
    await done(form, cookies.alice, { domain: 'shop.example', payment: 'later' });
    expect(await newest('service')).toMatchObject({ name: '*.shop.example', domain: '*.shop.example', period: 'year' });
  });

  test('says how much is missing, and leads to the form that adds it and back', async () => {
    await fund('EUR', 1000);
    const form = await openForm(panel, `${ORDER}&product=5`, cookies.alice);
    expect(form.html).toContain('€44.90 is missing on this account');
    expect(form.html).toMatch(/value="account" disabled/);
    const [, href = ''] = /href="([^"]*payment\.add[^"]*)"/.exec(form.html) ?? [];
    const lead = new URL(href.replaceAll('&amp;', '&'), panel.address).searchParams;
    expect(lead.get('elid')).toBe(String((await account('EUR')).id));
    expect(lead.get('amount')).toBe('44.90');
    const back = await openForm(panel, lead.get('back') ?? '', cookies.alice);
    expect(Object.fromEntries(back.fields)).toMatchObject({ product: '5', period: 'month', back: '/list/service' });
    await refused(form, cookies.alice, { payment: 'account' });
  });

  test('of somebody without an account opens one in the currency that was chosen', async () => {
    const form = await chosen(await openForm(panel, ORDER, cookies.nora), cookies.nora, { account: 'new-USD' });
    expect(form.html).toContain('$4.30 for 1 month');
    await done(form, cookies.nora);
    const opened = await newest('account');
    expect(opened).toMatchObject({ customer_id: 3, name: 'Main account', currency: 'USD', balance: 0 });
    expect(await newest('payment')).toMatchObject({
      account_id: opened.id,
      amount: 430,
      status: 'new',
      number: `2026-${opened.id}-1`,
    });
    const again = await openForm(panel, ORDER, cookies.nora);
    expect(fieldOf(again, 'account')).toBe(String(opened.id));
  });

  test('is not made when a price was changed meanwhile', async () => {
    const form = await openForm(panel, ORDER, cookies.alice);
    await panel.database.knex('product').where({ id: 1 }).update({ price: 590 });
    const html = await refused(form, cookies.alice, {}, 409);
    expect(html).toContain('changed elsewhere');
    expect(html).toContain('€5.90 for 1 month');
    await panel.database.knex('product').where({ id: 1 }).update({ price: 390 });
  });

  test('is not made with what was not shown', async () => {
    const form = await openForm(panel, ORDER, cookies.alice);
    const others: Changes[] = [
      { period: 'year' },
      { product: '4' },
      { group: 'domain' },
      { account: String((await account('RUB')).id) },
    ];
    for (const changes of others) expect(await refused(form, cookies.alice, changes)).toContain('Nothing was done yet');
  });

  test.each([
    ['an account of somebody else', { account: '4' }],
    ['a period that is not offered', { period: 'century' }],
    ['a system that is not offered', { os: 'plan9' }],
    ['a package that is not sold', { product: '999' }],
    ['a cost of its own', { cost: '1' }],
  ])('is refused with %s', async (_, changes: Changes) => {
    await refused(await openForm(panel, ORDER, cookies.alice), cookies.alice, changes);
  });

  test('is made once, however often it is sent', async () => {
    const form = await openForm(panel, ORDER, cookies.alice);
    const before = (await rowsOf('service')).length;
    const answers = await Promise.all(Array.from({ length: 12 }, () => send(panel, form, cookies.alice)));
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1);
    expect(await rowsOf('service')).toHaveLength(before + 1);
  });

  test('never takes more than there is, from however many windows', async () => {
    await fund('EUR', 1000);
    const forms = await Promise.all(Array.from({ length: 6 }, () => openForm(panel, ORDER, cookies.alice)));
    const answers = await Promise.all(forms.map((form) => send(panel, form, cookies.alice)));
    const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
    expect(statuses).toEqual([303, 303, 422, 422, 422, 422]);
    expect((await account('EUR')).balance).toBe(1000 - 2 * 390);
  });

  test('is not for somebody who sees no sums, or nobody at all', async () => {
    for (const func of ['service.order', 'service.renew?elid=4', 'service.autorenew?elid=4', 'service.pay?elid=13']) {
      expect((await panel.get(`/form/${func}`, { cookie: cookies.dana })).status).toBe(404);
    }
    expect((await panel.post('/form/service.renew', { elid: '4' }, { cookie: cookies.dana })).status).toBe(404);
    expect((await panel.get('/form/service.order')).headers.get('location')).toMatch(/^\/signin/);
  });
});

describe('a renewal', () => {
  beforeEach(() => fund('EUR', 20_000));

  const path = (...services: Row[]) =>
    `/form/service.renew?${services.map(({ id }) => `elid=${id}`).join('&')}&back=/list/service`;

  test('of an active service goes on from the day it expires', async () => {
    const vm = await own('vm1.example.net', 'VPS NVMe-4');
    const form = await openForm(panel, path(vm), cookies.alice);
    expect(form.html).toContain('€15.90 from “Main account”, €184.10 is left');
    expect(form.html).not.toContain('name="keep"');
    const { to, said } = await done(form, cookies.alice);
    expect(to).toMatch(/^\/list\/service\?done=/);
    expect(vm.expires).toBe('2026-03-23');
    expect(said).toBe('vm1.example.net is renewed until Apr 23, 2026. €15.90 was taken from “Main account”.');
    const renewed = await own('vm1.example.net', 'VPS NVMe-4');
    expect(renewed).toEqual({ ...vm, expires: '2026-04-23', version: Number(vm.version) + 1 });
    expect(await newest('ledger')).toMatchObject({
      amount: -1590,
      reason: 'renewal',
      service_id: vm.id,
      note: 'VPS NVMe-4, vm1.example.net',
    });
    expect((await account('EUR')).balance).toBe(18_410);
  });

  test('for a longer period costs what the list says, once or from now on', async () => {
    const backup = await own('vm1.example.net', 'Backup 500 GB');
    const once = await chosen(await openForm(panel, path(backup), cookies.alice), cookies.alice, { period: 'quarter' });
    expect(once.html).toContain('€26.70 from “Main account”');
    await done(once, cookies.alice);
    expect(await own('vm1.example.net', 'Backup 500 GB')).toMatchObject({
      expires: '2026-06-23',
      period: 'month',
      cost: 890,
    });
    const kept = await chosen(await openForm(panel, path(backup), cookies.alice), cookies.alice, { period: 'year' });
    await done(kept, cookies.alice, { keep: 'on' });
    expect(await own('vm1.example.net', 'Backup 500 GB')).toMatchObject({
      expires: '2027-06-23',
      period: 'year',
      cost: 8900,
    });
    expect(await newest('ledger')).toMatchObject({ amount: -8900 });
  });

  test('switches on what was suspended, from today', async () => {
    const staging = await own('staging.example.net', 'VPS NVMe-2');
    expect(staging).toMatchObject({ status: 'suspended', expires: '2026-03-13' });
    await done(await openForm(panel, path(staging), cookies.alice), cookies.alice);
    expect(await own('staging.example.net', 'VPS NVMe-2')).toMatchObject({ status: 'active', expires: '2026-04-14' });
  });

  test('of several takes each currency from its account, each for its own period', async () => {
    const org = await own('example.org', 'Domain .org');
    const ru = await own('example.ru', 'Domain .ru');
    const before = [await account('EUR'), await account('RUB')];
    const form = await openForm(panel, path(org, ru), cookies.alice);
    expect(form.html).toContain('€13.90 from “Main account”');
    expect(form.html).toMatch(/RUB\s370.00 from “Проекты в России”, RUB\s2,880.00 is left/);
    expect(fieldOf(form, 'period')).toBe('own');
    const { said } = await done(form, cookies.alice);
    expect(said).toBe('2 services are renewed. €13.90 and RUB\u00a0370.00 was taken.');
    expect((await own('example.org', 'Domain .org')).expires).toBe('2027-03-19');
    expect((await own('example.ru', 'Domain .ru')).expires).toBe('2027-07-13');
    const after = [await account('EUR'), await account('RUB')];
    expect(after.map(({ balance }, at) => Number(before[at]?.balance) - Number(balance))).toEqual([1390, 37_000]);
  });

  test('of several for one period lets what is sold by the year keep its own', async () => {
    const vm = await own('vm1.example.net', 'VPS NVMe-4');
    const eu = await own('example.eu', 'Domain .eu');
    const form = await chosen(await openForm(panel, path(vm, eu), cookies.alice), cookies.alice, { period: 'quarter' });
    expect(form.html).toContain('1 service is sold for longer only and keeps its own.');
    expect(form.html).toContain('€54.60 from “Main account”');
    const until = [vm, eu].map(({ expires }) => String(expires));
    await done(form, cookies.alice);
    expect(until).toEqual(['2026-04-23', '2027-01-10']);
    expect((await own('vm1.example.net', 'VPS NVMe-4')).expires).toBe('2026-07-23');
    expect((await own('example.eu', 'Domain .eu')).expires).toBe('2028-01-10');
  });

  test('leaves out what is ordered or cancelled, and says so', async () => {
    const [hosting, build, blog] = [
      await own('example.org', 'Web hosting Business'),
      await own('build.example.net', 'VPS NVMe-1'),
      await own('old-blog.example.com', 'Web hosting Start'),
    ];
    const mixed = await openForm(panel, path(hosting, build, blog), cookies.alice);
    expect(mixed.html).toContain('build.example.net: ordered, it starts when it is paid');
    expect(mixed.html).toContain('old-blog.example.com: cancelled, it has ended');
    expect((await done(mixed, cookies.alice)).said).toContain('example.org is renewed until May 4, 2026');
    expect(await own('build.example.net', 'VPS NVMe-1')).toEqual(build);
    const none = await openForm(panel, path(build, blog), cookies.alice);
    expect(none.html).toContain('None of this can be renewed');
    expect(none.html).not.toContain('name="clicked_button"');
    await refused(none, cookies.alice, { clicked_button: 'ok' }, 409);
  });

  test('without enough money is not offered, and leads to the form that adds what is missing', async () => {
    const db1 = await own('db1.example.net', 'VPS NVMe-8');
    const form = await openForm(panel, path(db1), cookies.alice);
    expect(form.html).toContain('$32.90 from “US projects”, which holds $18.50: $14.40 is missing');
    expect(form.html).not.toContain('name="clicked_button"');
    const { id } = await account('USD');
    expect(form.html).toContain(`/form/payment.add?elid=${id}&amp;amount=14.40&amp;back=`);
    await refused(form, cookies.alice, { clicked_button: 'ok' }, 409);
    await credit(id, 1440);
    await done(await openForm(panel, path(db1), cookies.alice), cookies.alice);
    expect((await account('USD')).balance).toBe(0);
  });

  test.each([
    ['of somebody else', (_: Row, bob: Row) => [bob]],
    ['of which one is of somebody else', (alice: Row, bob: Row) => [alice, bob]],
    ['that is not there', () => [{ id: 999_999 }]],
    ['that is no number', () => [{ id: 'x' }]],
    ['that is not named', () => []],
  ])('of a service %s is a 404', async (_, pick: (alice: Row, bob: Row) => Row[]) => {
    const [bob] = await rowsOf('service', { customer_id: 2 });
    const alice = await own('vm1.example.net', 'VPS NVMe-4');
    expect((await panel.get(path(...pick(alice, bob as Row)), { cookie: cookies.alice })).status).toBe(404);
  });

  test('is paid from the account that was chosen among several of a currency', async () => {
    await panel.database.knex('account').insert({ customer_id: 1, name: 'Savings', currency: 'EUR', balance: 0 });
    const savings = await newest('account');
    await credit(savings.id, 3000);
    const vm = await own('vm1.example.net', 'VPS NVMe-4');
    const form = await chosen(await openForm(panel, path(vm), cookies.alice), cookies.alice, {
      account: String(savings.id),
    });
    expect(form.html).toContain('€15.90 from “Savings”, €14.10 is left');
    const [strange] = await rowsOf('account', { customer_id: 4, currency: 'EUR' });
    await refused(form, cookies.alice, { account: String(strange?.id) });
    await done(form, cookies.alice);
    expect((await rowsOf('account', { id: savings.id as number }))[0]?.balance).toBe(1410);
    const order = await openForm(panel, ORDER, cookies.alice);
    expect(order.html).toContain('Savings');
  });

  test.each([
    ['the service', 'service', { version: 99 }],
    ['its cost', 'service', { cost: 1690 }],
    ['the price list', 'product', { price: 1690 }],
  ])('is not made when %s was changed meanwhile', async (_, table, change) => {
    const vm = await own('vm1.example.net', 'VPS NVMe-4');
    const form = await openForm(panel, path(vm), cookies.alice);
    const where = { id: table === 'service' ? vm.id : vm.product_id };
    const [was] = await panel.database.knex(table).where(where);
    await panel.database.knex(table).where(where).update(change);
    expect(await refused(form, cookies.alice, {}, 409)).toContain('changed elsewhere');
    await panel.database.knex(table).where(where).update(was);
  });

  test('that is sent from two windows at once happens in one, and the other is told', async () => {
    const vm = await own('vm1.example.net', 'VPS NVMe-4');
    const before = await account('EUR');
    const forms = await Promise.all([1, 2, 3, 4].map(() => openForm(panel, path(vm), cookies.alice)));
    const answers = await Promise.all(forms.map((form) => send(panel, form, cookies.alice)));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([303, 409, 409, 409]);
    expect((await account('EUR')).balance).toBe(Number(before.balance) - 1590);
    expect(await own('vm1.example.net', 'VPS NVMe-4')).toMatchObject({ version: Number(vm.version) + 1 });
  });

  test('keeps to the last day of a month that is shorter', async () => {
    const vm = await own('vm1.example.net', 'VPS NVMe-4');
    const terms = [
      ['2027-01-31', 'month', '2027-02-28'],
      ['2027-11-30', 'quarter', '2028-02-29'],
      ['2028-02-29', 'year', '2029-02-28'],
    ] as const;
    for (const [expires, period, until] of terms) {
      await fund('EUR', 50_000);
      await panel.database.knex('service').where({ id: vm.id }).update({ expires });
      await done(await openForm(panel, `${path(vm)}&period=${period}`, cookies.alice), cookies.alice);
      expect((await own('vm1.example.net', 'VPS NVMe-4')).expires).toBe(until);
    }
  });

  test('of two hundred services is one form', async () => {
    const services = await rowsOf('service', { customer_id: 4 });
    const form = await openForm(panel, path(...services), cookies.max);
    expect(form.html).toContain('Продление услуг');
    expect(fieldOf(form, 'elid')?.split(',')).toHaveLength(200);
  });
});

describe('auto-renew', () => {
  const path = (...services: Row[]) =>
    `/form/service.autorenew?${services.map(({ id }) => `elid=${id}`).join('&')}&back=/list/service`;

  test('is switched for one service, to what it is not', async () => {
    const vm = await own('vm1.example.net', 'VPS NVMe-4');
    const form = await openForm(panel, path(vm), cookies.alice);
    expect(form.html).toContain('<li>vm1.example.net</li>');
    expect(fieldOf(form, 'autorenew')).toBe('off');
    expect((await done(form, cookies.alice)).said).toBe('vm1.example.net does not renew by itself any more.');
    expect(await own('vm1.example.net', 'VPS NVMe-4')).toEqual({
      ...vm,
      autorenew: 'off',
      version: Number(vm.version) + 1,
    });
  });

  test('is switched for several that differ, after a choice, and not for what has ended', async () => {
    const services = [
      await own('vm1.example.net', 'VPS NVMe-4'),
      await own('db1.example.net', 'VPS NVMe-8'),
      await own('old-blog.example.com', 'Web hosting Start'),
    ];
    const form = await openForm(panel, path(...services), cookies.alice);
    expect(fieldOf(form, 'autorenew')).toBeUndefined();
    expect(await refused(form, cookies.alice, {})).toContain('Fill this in');
    expect((await done(form, cookies.alice, { autorenew: 'on' })).said).toBe(
      '2 services renew by themselves from now on.',
    );
    const states = await Promise.all(services.map(({ id }) => rowsOf('service', { id: id as number })));
    expect(states.map(([row]) => row?.autorenew)).toEqual(['on', 'on', 'off']);
    expect(form.html).toContain('old-blog.example.com: cancelled');
  });

  test('is not switched when the service was changed meanwhile, or is of somebody else', async () => {
    const vm = await own('vm1.example.net', 'VPS NVMe-4');
    const form = await openForm(panel, path(vm), cookies.alice);
    await panel.database.knex('service').where({ id: vm.id }).increment('version', 1);
    await refused(form, cookies.alice, {}, 409);
    const [bob] = await rowsOf('service', { customer_id: 2 });
    expect((await panel.get(path(bob as Row), { cookie: cookies.alice })).status).toBe(404);
  });
});

describe('an order that is not paid', () => {
  test('leads to its payment, and back to where one was', async () => {
    const build = await own('build.example.net', 'VPS NVMe-1');
    const [payment] = await rowsOf('payment', { service_id: build.id as number });
    const answer = await panel.get(`/form/service.pay?elid=${build.id}&back=/list/service`, { cookie: cookies.alice });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`/form/payment.pay?elid=${payment?.id}&back=%2Flist%2Fservice`);
    expect((await panel.get(`/form/service.pay?elid=${build.id}`, { cookie: cookies.bob })).status).toBe(404);
  });

  test('gets a new payment when the old one was cancelled', async () => {
    const build = await own('build.example.net', 'VPS NVMe-1');
    await panel.database.knex('payment').where({ service_id: build.id }).update({ status: 'cancelled' });
    const form = await openForm(panel, `/form/service.pay?elid=${build.id}&back=/list/service`, cookies.alice);
    expect(form.html).toContain('€3.90');
    const { to } = await done(form, cookies.alice);
    const payment = await newest('payment');
    expect(payment).toMatchObject({ service_id: build.id, amount: 390, status: 'new', purpose: 'order' });
    expect(to).toContain(`/form/payment.pay?elid=${payment.id}&back=%2Flist%2Fservice`);
  });

  test('is the only thing to pay for', async () => {
    const vm = await own('vm1.example.net', 'VPS NVMe-4');
    const { html } = await openForm(panel, `/form/service.pay?elid=${vm.id}`, cookies.alice);
    expect(html).toContain('There is nothing to pay for');
    expect(html).not.toContain('name="clicked_button"');
  });
});

describe('a term that begins at the end of a month', () => {
  test.each([
    ['2027-01-31', 'Feb 28, 2027', 'Jan 31, 2028'],
    ['2028-01-31', 'Feb 29, 2028', 'Jan 31, 2029'],
    ['2028-02-29', 'Mar 29, 2028', 'Feb 28, 2029'],
    ['2026-11-30', 'Dec 30, 2026', 'Nov 30, 2027'],
  ])('on %s ends on %s and %s, whatever the zone of the customer', async (day, month, year) => {
    panel.clock = new Date(`${day}T23:30:00Z`);
    const { html } = await openForm(panel, ORDER, await panel.signIn('bob'));
    expect(html).toContain(`until ${month}`);
    expect(html).toContain(`until ${year}`);
  });
});
