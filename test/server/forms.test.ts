import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineForm } from '../../src/form.ts';
import { type Panel, startPanel, TODAY } from '../support/panel.ts';
import { readable } from '../support/readable.ts';
import { fieldsIn, openForm, send } from '../support/sent-form.ts';

const DEFINITION = `<mgrdata>
  <metadata name="probe" type="form" level="4 5">
    <form>
      <page name="what">
        <field name="kind"><select name="kind" type="radio" required="yes"><val key="plain"/><val key="rich"/><if value="plain" hide="extra"/></select></field>
        <field name="size"><select name="size" required="yes" setvalues="yes"/></field>
        <field name="extra"><input name="extra" type="text" required="yes" maxlength="20"/></field>
      </page>
      <page name="rest">
        <field name="amount" level="5"><input name="amount" type="money" min="100" max="100000"/></field>
        <field name="count"><input name="count" type="number" min="1" max="9"/></field>
        <field name="day"><input name="day" type="date"/></field>
        <field name="site"><input name="site" type="text" check="domain"/></field>
        <field name="secret"><input name="secret" type="password" minlength="8"/></field>
        <field name="agree"><input name="agree" type="checkbox"/></field>
        <field name="text"><textarea name="text" maxlength="50"/></field>
        <field name="tags"><select name="tags" type="multiple"><val key="a"/><val key="b"/><val key="c"/></select></field>
        <field name="sum"><textdata name="sum"/></field>
      </page>
      <buttons><button name="ok" type="ok"/><button name="more" type="func" func="payment.add"/><button name="cancel" type="cancel"/></buttons>
    </form>
  </metadata>
  <metadata name="slow" type="form" level="5">
    <form>
      <field name="word"><input name="word" type="password" required="yes"/></field>
      <buttons><button name="ok" type="ok"/><button name="services" type="func" func="service"/><button name="queue" type="func" func="ticket.queue"/></buttons>
    </form>
  </metadata>
  <lang name="en"><messages name="slow">
    <msg name="title">Slow</msg><msg name="word">Word</msg><msg name="wrong">Wrong word</msg><msg name="wait">Wait __count__ minutes</msg>
    <msg name="done">Found __found__</msg><msg name="button_services">Services</msg><msg name="button_queue">Queue</msg>
  </messages><messages name="probe">
    <msg name="title">Probe</msg><msg name="what">What</msg><msg name="done">Done: __what__</msg><msg name="no">Not that one</msg>
    <msg name="extra">Extra</msg><msg name="text">Text</msg><msg name="kind">Kind</msg>
  </messages></lang>
</mgrdata>`;

interface Submitted {
  readonly [name: string]: unknown;
}
const submitted: Submitted[] = [];
const sizes = { small: ['1', '2'], large: ['8', '16'] };

/** Its elid is a service of the visitor; it renames it to `extra`. */
const probe = defineForm({
  name: 'probe',
  async open(_scope, { ids, values, read, words }) {
    const select = 'select id, name, cost, version from service where customer_id = :customer and id in (:ids)';
    const [row] = await read(select, { ids });
    if (!row) return undefined;
    return {
      values: {
        kind: 'plain',
        size: 'small',
        extra: row.name,
        currency: 'EUR',
        sum: words.money(Number(row.cost), 'EUR'),
      },
      options: { size: Object.keys(sizes).map((key) => ({ key, text: key })) },
      version: Number(row.version),
      names: [String(row.name)],
      ...(values.size === 'large' && { replaced: { sum: 'large' } }),
      leads: { more: { elids: ['7'], values: { amount: '1.50' } } },
      ...(row.name === 'elsewhere' && { to: { form: 'probe.two', elids: [5] } }),
    };
  },
  async submit(scope, { ids, values, trx }) {
    submitted.push(values);
    if (values.text === 'refuse') return { refused: { text: 'no' } };
    await trx('service')
      .where({ id: ids[0], customer_id: scope.customer })
      .update({ name: values.extra ?? 'plain' })
      .increment('version', 1);
    return { done: 'done', values: { what: String(values.extra ?? 'plain') } };
  },
});

/** Takes its time before it acts: what it finds is there in `submit`, and its tries are counted. */
const slow = defineForm({
  name: 'slow',
  open: () => Promise.resolve({}),
  async prepare(_scope, { values, countTry, forgiveTries }) {
    const wait = await countTry();
    if (wait !== undefined) return { refused: { word: { key: 'wait', values: { count: wait } } } };
    if (values.word !== 'right') return { refused: { word: 'wrong' } };
    await forgiveTries();
    return { prepared: { found: `${values.word} word` } };
  },
  submit: (_scope, { prepared }) => Promise.resolve({ done: 'done', values: { found: prepared.found ?? '' } }),
});

let panel: Panel;
let alice: string;
let bob: string;
let dana: string;
let services: { id: number; customer_id: number }[];
beforeAll(async () => {
  panel = await startPanel({ additions: { forms: [probe, slow] }, files: { 'data/probe.xml': DEFINITION } });
  [alice, bob, dana] = await Promise.all([panel.signIn('alice'), panel.signIn('bob'), panel.signIn('dana')]);
  services = await panel.database.knex('service').select('id', 'customer_id').orderBy('id');
});
afterAll(() => panel.stop());

const serviceOf = (customer: number, nth = 0) => services.filter((row) => row.customer_id === customer)[nth]?.id ?? 0;
const pathOf = (customer: number, nth = 0) => `/form/probe?elid=${serviceOf(customer, nth)}&back=/list/service`;
const nameOf = async (id: number) => (await panel.database.knex('service').first('name').where({ id })).name as string;

describe('a form that is opened', () => {
  test('shows what its definition describes and what its code says', async () => {
    const { html, fields } = await openForm(panel, pathOf(1), alice);
    expect(html).toContain('<h1 id="form-title">Probe</h1>');
    expect(html).toMatch(/<li>\*\.example\.org<\/li>/);
    expect(Object.fromEntries(fields)).toMatchObject({ kind: 'plain', size: 'small', back: '/list/service' });
  });

  test('gives HTML what the server checks', async () => {
    const { html } = await openForm(panel, pathOf(1), alice);
    expect(html).toMatch(/name="amount"[^>]* step="0.01" min="1.00" max="1000.00"/);
    expect(html).toMatch(/name="count"[^>]* min="1" max="9"/);
    expect(html).toMatch(/name="secret"[^>]* minlength="8"/);
    expect(html).toMatch(/name="text"[^>]* maxlength="50"/);
  });

  test.each([
    ['an unknown form', '/form/nothing'],
    ['a row of somebody else', ''],
    ['a row that is not there', '/form/probe?elid=999999'],
    ['no row', '/form/probe'],
    ['a key that is no number', '/form/probe?elid=abc'],
    ['a key beyond every number', '/form/probe?elid=99999999999999999999'],
  ])('is the same 404 for %s', async (_, path) => {
    const answer = await panel.get(path || pathOf(2), { cookie: alice });
    expect(answer.status).toBe(404);
    expect((await answer.text()).replace(/<code>[^<]*<\/code>/, '')).toBe(
      (await (await panel.get('/form/none', { cookie: alice })).text()).replace(/<code>[^<]*<\/code>/, ''),
    );
  });

  test('leaves out what the level may not see, and does not take it', async () => {
    const form = await openForm(panel, pathOf(1), dana);
    expect(form.html).not.toContain('name="amount"');
    const answer = await send(panel, form, dana, { amount: '5' });
    expect(answer.status).toBe(422);
    expect(readable(await answer.text())).toContain('no field “amount”');
  });
});

describe('a form that leads to another', () => {
  test('says what that is about, and how to come back to what was chosen', async () => {
    const form = await openForm(panel, pathOf(1), alice);
    const answer = await send(panel, form, alice, { size: 'large', sv_field: 'size' });
    const [, href = ''] = /href="([^"]*payment\.add[^"]*)"/.exec(await answer.text()) ?? [];
    const lead = new URL(href.replaceAll('&amp;', '&'), panel.address).searchParams;
    expect([lead.get('elid'), lead.get('amount')]).toEqual(['7', '1.50']);
    const back = await openForm(panel, lead.get('back') ?? '', alice);
    expect(Object.fromEntries(back.fields)).toMatchObject({ kind: 'plain', size: 'large', back: '/list/service' });
  });

  test('is not shown when all of it is done there', async () => {
    const id = serviceOf(1, 11);
    const form = await openForm(panel, pathOf(1, 11), alice);
    const rename = (name: string) => panel.database.knex('service').where({ id }).update({ name });
    const [before] = [await nameOf(id), await rename('elsewhere')];
    const done = submitted.length;
    for (const answer of [await panel.get(pathOf(1, 11), { cookie: alice }), await send(panel, form, alice)]) {
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe('/form/probe.two?elid=5&back=%2Flist%2Fservice');
    }
    expect(submitted).toHaveLength(done);
    await rename(before);
  });
});

describe('a form that is sent', () => {
  test('does what it is for, leads back and tells it once per address', async () => {
    const form = await openForm(panel, pathOf(1, 1), alice);
    const answer = await send(panel, form, alice, { kind: 'plain' });
    expect(answer.status).toBe(303);
    const to = answer.headers.get('location') ?? '';
    expect(to).toMatch(/^\/list\/service\?done=[\w-]{22}$/);
    const page = async (path: string) => (await panel.get(path, { cookie: alice })).text();
    expect(await page(to)).toContain('Done: plain');
    expect(await page(to)).toContain('Done: plain');
    expect(await page('/list/service')).not.toContain('Done: plain');
    expect(await (await panel.get(to, { cookie: bob })).text()).not.toContain('Done');
    panel.clock = new Date(TODAY.getTime() + 11 * 60_000);
    expect(await page(to)).not.toContain('Done: plain');
    panel.clock = TODAY;
  });

  test('gives its code values of their types', async () => {
    const form = await openForm(panel, pathOf(1, 2), alice);
    const rich = await send(panel, form, alice, { kind: 'rich', sv_field: 'kind' });
    const shown = { ...form, fields: fieldsIn(await rich.text()) };
    const typed = {
      amount: '12,5',
      count: '3',
      day: '2026-02-28',
      site: 'пример.рф',
      secret: ' a b c d ',
      agree: 'on',
    };
    await send(panel, shown, alice, { ...typed, extra: ' New name ', text: 'one\r\ntwo', tags: ['a', 'c'] });
    expect(submitted.at(-1)).toMatchObject({
      ...{ kind: 'rich', size: 'small', extra: 'New name', amount: 1250, count: 3, day: '2026-02-28' },
      ...{ site: 'пример.рф', secret: ' a b c d ', agree: true, text: 'one\ntwo', tags: ['a', 'c'] },
    });
  });

  test('leaves empty what was emptied, and begins what was not asked before', async () => {
    const form = await openForm(panel, pathOf(1, 11), alice);
    const rich = await send(panel, form, alice, { kind: 'rich', sv_field: 'kind' });
    const shown = { ...form, fields: fieldsIn(await rich.text()) };
    expect(Object.fromEntries(shown.fields).extra).toBe(await nameOf(serviceOf(1, 11)));
    const answer = await send(panel, shown, alice, { extra: '' });
    expect(answer.status).toBe(422);
    expect(Object.fromEntries(fieldsIn(await answer.text())).extra).toBe('');
  });

  test.each([
    ['kind', 'other', 'Choose one'],
    ['size', 'huge', 'Choose one'],
    ['amount', 'abc', 'Enter an amount'],
    ['amount', '1.234', 'Enter an amount'],
    ['amount', '0.99', 'At least €1.00'],
    ['amount', '1000.01', 'At most €1,000.00'],
    ['count', '1.5', 'Enter a whole number'],
    ['count', '10', 'At most 9'],
    ['day', '2026-02-30', 'Enter a date'],
    ['site', 'no domain', 'Enter a domain'],
    ['secret', 'short', 'At least 8 characters'],
    ['text', 'x'.repeat(51), 'At most 50 characters'],
    ['text', 'a\u0000b', 'characters that cannot be used'],
    ['tags', 'z', 'Choose one'],
    ['a[b][c]', '1', 'no field “a[b][c]”'],
    ['__proto__', '1', 'no field “__proto__”'],
    ['constructor', '1', 'no field “constructor”'],
    ['text', 'refuse', 'Not that one'],
  ])('is refused at the field %s for %j', async (name, value, told) => {
    const before = await nameOf(serviceOf(1, 3));
    const form = await openForm(panel, pathOf(1, 3), alice);
    const answer = await send(panel, form, alice, { [name]: value, text: name === 'text' ? value : 'kept words' });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(readable(html)).toContain(told);
    if (/^\w+$/.test(name) && !/constructor|proto/.test(name)) expect(html).toContain(`id="error-${name}"`);
    if (name !== 'text') expect(html).toContain('kept words');
    expect(await nameOf(serviceOf(1, 3))).toBe(before);
  });

  test('asks for what a choice brings up before it acts', async () => {
    const form = await openForm(panel, pathOf(1, 4), alice);
    const answer = await send(panel, form, alice, { kind: 'rich' });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain('name="extra"');
    expect(html).toContain('Nothing was done yet');
    expect(html).not.toContain('field-error');
  });

  test('is filled anew when a control asks for it, and keeps what was typed', async () => {
    const form = await openForm(panel, pathOf(1, 4), alice);
    const answer = await send(panel, form, alice, { size: 'large', text: 'typed', sv_field: 'size' });
    expect(answer.status).toBe(200);
    const html = await answer.text();
    expect(html).toContain('>large</output>');
    expect(Object.fromEntries(fieldsIn(html))).toMatchObject({ size: 'large', text: 'typed' });
  });

  test('says so when its row was changed meanwhile, and does nothing', async () => {
    const form = await openForm(panel, pathOf(1, 5), alice);
    await panel.database
      .knex('service')
      .where({ id: serviceOf(1, 5) })
      .increment('version', 1);
    const answer = await send(panel, form, alice, { text: 'mine' });
    expect(answer.status).toBe(409);
    const html = await answer.text();
    expect(html).toContain('changed elsewhere');
    expect((await send(panel, { ...form, fields: fieldsIn(html) }, alice)).status).toBe(303);
  });

  test('cannot act on a row of somebody else', async () => {
    const form = await openForm(panel, pathOf(1, 6), alice);
    const before = submitted.length;
    expect((await send(panel, form, alice, { elid: String(serviceOf(2)) })).status).toBe(404);
    expect(submitted).toHaveLength(before);
  });

  test('leads nowhere else', async () => {
    for (const back of ['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:1']) {
      const form = await openForm(panel, pathOf(1, 7), alice);
      const answer = await send(panel, form, alice, { back });
      expect(answer.headers.get('location')).toMatch(/^\/\?done=/);
    }
  });
});

describe('a form that is sent again', () => {
  test('gives 50 equal answers at once, and acts once', async () => {
    const form = await openForm(panel, pathOf(1, 8), alice);
    const before = submitted.length;
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(panel, form, alice)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1);
    expect(submitted).toHaveLength(before + 1);
  });

  test('with other content is told that it was sent, and does nothing', async () => {
    const form = await openForm(panel, pathOf(1, 9), alice);
    await send(panel, form, alice);
    const before = submitted.length;
    const answer = await send(panel, form, alice, { count: '2' });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('sent already');
    expect(submitted).toHaveLength(before);
  });

  test('is another one for another visitor', async () => {
    const key = Object.fromEntries((await openForm(panel, pathOf(1, 10), alice)).fields).form_key ?? '';
    await send(panel, await openForm(panel, pathOf(1, 10), alice), alice, { form_key: key });
    const before = submitted.length;
    expect((await send(panel, await openForm(panel, pathOf(2), bob), bob, { form_key: key })).status).toBe(303);
    expect(submitted).toHaveLength(before + 1);
  });
});

describe('a form that prepares', () => {
  const ask = async (cookie: string, word: string) =>
    send(panel, await openForm(panel, '/form/slow?back=/list/service', cookie), cookie, { word });

  test('gives what it found to what it does', async () => {
    const answer = await ask(alice, 'right');
    expect(answer.status).toBe(303);
    const page = await panel.get(answer.headers.get('location') ?? '', { cookie: alice });
    expect(await page.text()).toContain('Found right word');
  });

  test('refuses at the field before anything is locked', async () => {
    const writing = panel.database.transaction(async (trx) => {
      await trx('service').increment('version', 0);
      return (await ask(alice, 'wrong')).text();
    });
    expect(await writing).toMatch(/id="error-word"[^>]*>[\s\S]*?Wrong word/);
  });

  test('lets nobody try without end, and somebody else go on', async () => {
    for (let count = 0; count < 5; count += 1) await ask(bob, 'wrong');
    expect(await (await ask(bob, 'right')).text()).toContain('Wait 15 minutes');
    expect((await ask(alice, 'right')).status).toBe(303);
  });

  test('is answered alike when it is sent several times at once', async () => {
    const form = await openForm(panel, '/form/slow', alice);
    const answers = await Promise.all(Array.from({ length: 4 }, () => send(panel, form, alice, { word: 'right' })));
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1);
  });

  test('is told that it was sent when a secret in it is another one', async () => {
    const form = await openForm(panel, '/form/slow', alice);
    await send(panel, form, alice, { word: 'right' });
    const answer = await send(panel, form, alice, { word: 'other' });
    expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining('sent already')]);
  });
});

test('a button of a form leads to a list that the visitor may open', async () => {
  const { html } = await openForm(panel, '/form/slow', alice);
  expect(html).toContain('<a class="button" href="/list/service">Services</a>');
  expect(html).not.toContain('Queue');
});
