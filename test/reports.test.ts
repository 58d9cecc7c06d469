import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../src/engine.ts';
import { defineProvider, type Scope } from '../src/provider.ts';
import { type Bed, startBed } from './support/bed.ts';
import { readable } from './support/readable.ts';

const usage = defineProvider({
  name: 'usage',
  level: '5',
  key: 'site',
  columns: [{ name: 'site' }, { name: 'bytes' }],
  sample: [{ customer_id: 1, site: 'a', bytes: 1 }],
  rows: async (scope, { given, read }) => {
    const [seen] = await read('select :kind as kind, :periodstart as start');
    return [{ customer_id: scope.customer, site: `${seen?.kind} ${seen?.start} ${given.kind}`, bytes: 12 }];
  },
});

/** For staff alone, and longer than is read. */
let timesAsked = 0;
const queue = defineProvider({
  name: 'queue',
  level: '7',
  key: 'site',
  columns: [{ name: 'site' }],
  sample: [{ site: 'a' }],
  async rows() {
    timesAsked += 1;
    return Array.from({ length: 3000 }, (_, at) => ({ site: `site ${at}` }));
  },
});

const REPORTS = `<mgrdata>
  <metadata name="queued" type="report" level="5 7">
    <band name="queue"><action>queue</action><col name="site"/></band>
    <band name="held"><query>select customer_id, name from account where customer_id = :customer</query><col name="name"/></band>
  </metadata>
  <metadata name="asked" type="report" level="5" firstrun="no">
    <text name="title"/><text name="line"/>
    <form>
      <period default="lastmonth"/>
      <field name="kind"><select name="kind"><val key="disk"/><val key="web"/></select></field>
      <field name="least"><input name="least" type="number"/></field>
    </form>
    <band name="usage"><action>usage</action><col name="site"/><col name="bytes" total="sum"/></band>
    <band name="money">
      <query>select customer_id, currency, balance, [[kind]] as kind, :least as least from account where customer_id = :customer</query>
      <diagram name="held" type="pie" label="currency" data="balance"/>
      <col name="currency"/><col name="balance" type="money" total="sum"/><col name="kind" level="7"/><col name="least"/>
      <diagram name="secret" type="histogram" label="currency" data="least" level="7"/>
    </band>
    <band name="empty">
      <query>select customer_id, name from account where customer_id = :customer and name = 'nothing'</query>
      <col name="name"/>
    </band>
    <band name="single">
      <query>select customer_id, name, id as number from account where customer_id = :customer</query>
      <col name="name" sorted="yes" link="yes"/>
      <band name="paid">
        <query>select customer_id, number, status from payment where customer_id = :customer and account_id = [[single.number]]</query>
        <col name="number"/>
      </band>
    </band>
  </metadata>
  <metadata name="broken" type="report" level="5">
    <band name="foreign">
      <query>select customer_id, name from account where customer_id = :customer or :customer &gt; 0</query>
      <col name="name"/>
    </band>
    <band name="own"><query>select customer_id, name from account where customer_id = :customer</query><col name="name"/></band>
  </metadata>
  <metadata name="long" type="report" level="5">
    <band name="rows">
      <query>
        with recursive n(i) as (select 1 union all select i + 1 from n where i &lt; 2100)
        select :customer as customer_id, i, i * 2 as n from n
      </query>
      <diagram name="course" type="histogram" label="i" data="n"/>
      <col name="i" total="sum" sorted="yes"/>
    </band>
  </metadata>
</mgrdata>`;

let bed: Bed;
let engine: Engine;
let alice: Scope;
beforeAll(async () => {
  bed = await startBed();
  engine = await bed.engine({ 'data/own.xml': REPORTS }, { providers: [usage, queue] });
  alice = await bed.scopeOf('alice');
});
afterAll(() => bed.stop());

async function page(func: string, query = '', scope = alice): Promise<string> {
  const found = await engine.report(scope, func, new URLSearchParams(query));
  return readable(found?.body.toString() ?? '').replaceAll('\u00a0', ' ');
}

async function csv(func: string, query: string): Promise<string | undefined> {
  const file = await engine.reportCsv(alice, func, new URLSearchParams(query));
  let text = '';
  for await (const chunk of file?.chunks ?? []) text += chunk;
  return file && text;
}

const valuesOf = (html: string) => [...html.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, value]) => value);

describe('the page of a report', () => {
  test('computes nothing before it is asked, when it says so', async () => {
    const html = await page('asked');
    expect(html).toContain('Choose what you want to see.');
    expect(html).not.toContain('<table');
  });

  test('binds what was chosen, and never writes it into a statement', async () => {
    const html = await page('asked', 'period=currentyear&kind=disk&least=7');
    expect(html).toContain('disk 2026-01-01 disk');
    expect(valuesOf(html)).toContain('7');
    const odd = await page('asked', "period=currentyear&kind=disk'; drop table account; --&least=1) or (1=1");
    expect(odd).toContain('null 2026-01-01 null');
  });

  test('never lets a visitor say who is asking', async () => {
    const html = await page('asked', 'period=currentyear&customer=2');
    expect(html).toContain('US projects');
    expect(valuesOf(html).filter((value) => value === 'EUR')).toHaveLength(1);
  });

  test('sums money in each currency, and draws each by itself', async () => {
    const html = await page('asked', 'run=yes');
    expect(html).toContain('€42.17<br>RUB 3,250.00<br>$18.50');
    expect(html.match(/<figcaption/g)).toHaveLength(3);
  });

  test('leaves out what the level may not see', async () => {
    expect(await page('asked', 'run=yes')).not.toContain('secret');
  });

  test('says of a band without rows that there are none, and of the others what they have', async () => {
    expect(await page('asked', 'run=yes')).toContain('Nothing in this time.');
  });

  test('tells of each row of a band what the band in it says', async () => {
    const html = await page('asked', 'run=yes');
    expect(html).toContain('<a href="#single-1">Main account</a>');
    const [, card = ''] = html.split('id="single-1"');
    const [first = ''] = card.split('id="single-2"');
    const numbers = valuesOf(first);
    const own = (await bed.database.read(
      "select number from payment join account on account.id = account_id where account.customer_id = 1 and name = 'Main account'",
    )) as readonly { number: string }[];
    expect(new Set(numbers)).toEqual(new Set(own.map(({ number }) => number)));
  });

  test('shows a band that fails as failed and keeps the others; a foreign row is an alarm', async () => {
    const html = await page('broken');
    expect(html).toContain('cannot be shown right now');
    expect(html).toContain('Main account');
    expect(bed.logged.at(-1)).toMatchObject({ func: 'broken', alarm: true });
  });

  test('adds nothing up when there are more rows than it reads', async () => {
    const html = await page('long');
    expect(html).toContain('nothing is added up');
    expect(html).not.toContain('<figure');
    expect(valuesOf(html)).toHaveLength(2000);
  });

  test('shows rows of a provider to those only who may call it, and no more than it reads', async () => {
    const admin = await bed.scopeOf('admin');
    expect(valuesOf(await page('queued', '', admin))).toHaveLength(2000);
    const before = timesAsked;
    const own = await page('queued');
    expect(own).toContain('Main account');
    expect(own).not.toContain('cannot be shown right now');
    expect(timesAsked).toBe(before);
  });

  test('is not there for who may not call it', async () => {
    const dana = await bed.scopeOf('dana');
    expect(await engine.report(dana, 'report.spending', new URLSearchParams())).toBeUndefined();
    expect(await engine.report(alice, 'account', new URLSearchParams())).toBeUndefined();
    expect(await engine.report(alice, 'nowhere', new URLSearchParams())).toBeUndefined();
    expect((await page('report.tickets', '', dana)).length).toBeGreaterThan(1000);
  });
});

describe('the rows of a band for a spreadsheet', () => {
  test('are those of the period that was chosen', async () => {
    const all = await csv('report.spending', 'band=months&out=csv');
    const none = await csv(
      'report.spending',
      'band=months&out=csv&period=other&periodstart=2020-01-01&periodend=2020-01-31',
    );
    expect(all?.split('\r\n')[0]).toBe('\ufeffMonth,Charges,Spent,"Spent, currency"');
    expect(all?.split('\r\n')[1]).toMatch(/^2026-03,\d+,\d+\.\d\d,[A-Z]{3}$/);
    expect(none?.trim().split('\r\n')).toHaveLength(1);
  });

  test('are there for inner bands by their whole name, and for no other', async () => {
    expect((await csv('report.spending', 'band=months.charged'))?.split('\r\n').length).toBeGreaterThan(10);
    expect(await csv('report.spending', 'band=nothing')).toBeUndefined();
  });

  test('of a band that is asked row by row say to which row they belong', async () => {
    const own = (await bed.database.read(
      'select name, number from payment join account on account.id = account_id where account.customer_id = 1',
    )) as readonly { name: string; number: string }[];
    const [head, ...lines] = (await csv('asked', 'band=single.paid'))?.trim().split('\r\n') ?? [];
    expect(head).toBe('name,number');
    expect(new Set(lines)).toEqual(new Set(own.map(({ name, number }) => `${name},${number}`)));
    expect(await page('asked', 'run=yes')).toMatch(/href="\/report\/asked\?[^"]*out=csv&[^"]*band=single\.paid"/);
  });
});

describe('the report block of the home page', () => {
  test('shows the charts of a band and leads to its report', async () => {
    const html = readable((await engine.block(alice, 'spending'))?.body.toString() ?? '');
    expect(html).toContain('href="/report/report.spending"');
    expect(html.match(/<figure/g)).toHaveLength(3);
    expect(html).toContain('<details class="data">');
  });

  test('says that there is nothing when nothing was spent', async () => {
    const nora = await bed.scopeOf('nora');
    expect((await engine.block(nora, 'spending'))?.body.toString()).toContain('Nothing in this time.');
  });
});
