import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineProvider, type Scope } from '../src/provider.ts';
import { type Bed, startBed } from './support/bed.ts';

const COLUMNS = `
  <col name="number" total="count"/><col name="amount" type="money" total="sum"/>
  <col name="status" type="msg"><prop name="paid" onimg="p-ok"/><prop name="new" onimg="p-wait"/></col>
  <col name="created" type="date" sort="alpha" sorted="desc"/>`;
const SOLD = `<mgrdata><metadata name="sold" type="list" level="5" key="id" keyname="number">
  <query>select payment.id, payment.customer_id, number, amount, currency, status, created from payment where customer_id = :customer</query>
  <coldata>${COLUMNS}</coldata></metadata>
  <lang name="en"><messages name="sold"><msg name="status_paid">Paid</msg><msg name="status_new">New</msg></messages></lang></mgrdata>`;
const LAYOUT = `<doc><block name="sold" position="top" type="list" func="sold" rows="2">
  <col name="number"/><col name="amount"/><col name="created" sorted="desc"/></block>
  <block name="apart" position="top" type="list" func="apart"><col name="name"/><col name="sum"/></block></doc>`;

/** A list in code, in two currencies, of which one row is of somebody else when it is asked so. */
const apart = defineProvider({
  name: 'apart',
  level: '5',
  key: 'id',
  columns: [{ name: 'name' }, { name: 'sum', type: 'money', total: 'sum' }],
  sample: [{ id: 1, customer_id: 1, name: '', sum: 0, currency: 'EUR' }],
  rows: async ({ customer }) =>
    [150, 250, -75].map((sum, id) => ({ id, customer_id: customer, name: 'a', sum, currency: id < 2 ? 'EUR' : 'USD' })),
});

const footOf = (page: string, at: string) => {
  const [, rest = ''] = page.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))).split(at);
  const [, foot = ''] = /<tfoot[^>]*>(.*?)<\/tfoot>/s.exec(rest) ?? [];
  return foot.split(/<\/t[hd]>/).map((cell) =>
    cell
      .replaceAll('<br>', ' + ')
      .replace(/<[^>]*>/g, '')
      .trim(),
  );
};

describe('the footer of a list', () => {
  let bed: Bed;
  let alice: Scope;
  beforeAll(async () => {
    bed = await startBed();
    alice = await bed.scopeOf('alice');
  });
  afterAll(() => bed.stop());

  const start = () =>
    bed.engine({ 'layouts/billmgr_dashboard_5.xml': LAYOUT, 'data/sold.xml': SOLD }, { providers: [apart] });
  const sums = async (where = '1 = 1') => {
    const rows = await bed.database.read(
      `select currency, count(*) as rows, sum(amount) as amount from payment where customer_id = :customer and ${where}
       group by currency order by currency`,
      { customer: alice.customer },
    );
    const text = ({ currency, amount }: (typeof rows)[number]) =>
      new Intl.NumberFormat('en', { style: 'currency', currency: String(currency) }).format(Number(amount) / 100);
    return [rows.reduce((all, row) => all + Number(row.rows), 0), rows.map(text).join(' + ')] as const;
  };

  test('adds up all rows, not only those that a block shows, each currency by itself', async () => {
    const engine = await start();
    const page = String((await engine.home(alice)).body);
    const [count, amounts] = await sums();
    expect(count).toBeGreaterThan(2);
    expect(footOf(page, 'id="block-sold"').slice(0, 2)).toEqual([`Total ${count}`, amounts]);
    expect(footOf(page, 'id="block-apart"').slice(0, 2)).toEqual(['Total', '€4.00 + -$0.75']);
  });

  test('adds up what the filter of a page leaves', async () => {
    const engine = await start();
    const page = await engine.list(alice, 'sold', new URLSearchParams({ status: 'paid', rows: '10' }));
    const [count, amounts] = await sums("status = 'paid'");
    expect(footOf(String(page?.body), 'id="list"').slice(0, 2)).toEqual([`Total ${count}`, amounts]);
  });

  test('is not there where no column has one', async () => {
    const engine = await bed.engine();
    for (const name of ['services', 'tickets', 'accounts'])
      expect(String((await engine.block(alice, name))?.body)).not.toContain('<tfoot');
  });

  test('shows nothing of another customer, whatever the rows on the page are', async () => {
    const foreign = SOLD.replace('payment.customer_id, number', ':customer as customer_id, number').replace(
      'where customer_id = :customer',
      `union all select 0, :customer + 1, '', 100, 'EUR', 'paid', '1970-01-01'`,
    );
    const engine = await bed.engine({
      'layouts/billmgr_dashboard_5.xml': LAYOUT.replace(/<block name="apart".*<\/block>/s, ''),
      'data/sold.xml': foreign,
    });
    const page = String((await engine.home(alice)).body);
    expect(page).not.toContain('<tfoot');
    expect(bed.logged.at(-1)).toMatchObject({ alarm: true });
  });
});
