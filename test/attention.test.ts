import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bindConcerns, concernFields, countConcerns, readAttention } from '../src/attention.ts';
import type { Engine } from '../src/engine.ts';
import { formatsOf } from '../src/formats.ts';
import type { Scope } from '../src/provider.ts';
import { type Bed, startBed } from './support/bed.ts';
import { readable } from './support/readable.ts';

const LAYOUT = 'layouts/billmgr_dashboard_5.xml';
const now = new Date('2026-03-14T12:00:00Z');
const formats = formatsOf('en', 'Europe/Berlin');

describe('what is of concern', () => {
  const FIELDS = ['status', 'expires', 'autorenew'];
  const counted = (attention: string, ...rows: (string | null)[][]) => {
    const concerns = bindConcerns(readAttention(attention), (field) => FIELDS.indexOf(field));
    return Object.fromEntries(countConcerns(concerns, rows, { formats, now }));
  };

  test.each([
    ['a value', 'status=expired', { status: 2 }],
    ['a flag that is on', 'autorenew', { autorenew: 1 }],
    ['a date, today and before included', 'expires:3', { expires: 3 }],
    ['all of what a plus joins, named by the last', 'status=active+expires:7', { expires: 1 }],
    ['any of several, each row once', 'status=expired expires:7', { status: 2, expires: 1 }],
    ['nothing that is not there', 'status=none', {}],
  ])('is %s', (_what, attention, expected) => {
    const rows = [
      ['expired', '2026-03-01', 'off'],
      ['expired', '2026-03-14', '0'],
      ['active', '2026-03-17', 'on'],
      ['active', '2026-03-30', 'no'],
      ['ordered', null, ''],
    ];
    expect(counted(attention, ...rows)).toEqual(expected);
  });

  test('is asked of the fields that are named', () => {
    expect(concernFields(readAttention('waiting status=active+expires:7'))).toEqual(['waiting', 'status', 'expires']);
    expect(concernFields(readAttention(undefined))).toEqual([]);
  });
});

describe('a home page', () => {
  let bed: Bed;
  let alice: Scope;
  beforeAll(async () => {
    bed = await startBed();
    alice = await bed.scopeOf('alice');
  });
  afterAll(() => bed.stop());

  const accounts = '<block name="accounts" position="top" type="list" func="account"/>';
  const tickets = (attention: string) =>
    `<block name="tickets" position="left" type="list" func="ticket" rows="5" ${attention}><col name="subject"/><col name="updated" sorted="desc"/></block>`;
  const blocksOf = async (engine: Engine) =>
    [...String((await engine.home(alice)).body).matchAll(/ id="block-(\w+)"/g)].map(([, name]) => name);
  const engineOf = (blocks: string) => bed.engine({ [LAYOUT]: `<doc>${blocks}</doc>` });

  test('puts a block that needs the visitor above the others, once, and says why', async () => {
    const engine = await engineOf(accounts + tickets('attention="status=waiting"'));
    expect(await blocksOf(engine)).toEqual(['tickets', 'accounts']);
    const page = readable(String((await engine.home(alice)).body));
    const [, why] = /<p class="needs">.*?<\/svg>([^<]+)<\/p>/.exec(page) ?? [];
    expect(why).toBe('2 of these need you');
    expect(String((await engine.block(alice, 'tickets'))?.body)).toContain('2 of these need you');
  });

  test('leaves it where it is while nothing does', async () => {
    const engine = await engineOf(accounts + tickets('attention="status=none"'));
    expect(await blocksOf(engine)).toEqual(['accounts', 'tickets']);
    expect(String((await engine.home(alice)).body)).not.toContain('class="needs"');
  });

  test('keeps quick buttons and what is owed above all', async () => {
    const engine = await engineOf(
      `<block name="taskbar" position="top" type="toolbar"><toolbtn name="order" form="service.order"/></block><block name="due" position="top" type="state" func="due"/>${accounts}${tickets('attention="status=waiting"')}`,
    );
    expect(await blocksOf(engine)).toEqual(['taskbar', 'due', 'tickets', 'accounts']);
  });
});

describe('what is owed', () => {
  let bed: Bed;
  beforeAll(async () => {
    bed = await startBed();
  });
  afterAll(() => bed.stop());
  const due = '<doc><block name="due" position="top" type="state" func="due"/></doc>';

  test('is told with its sum, since when, what happens next, and one button', async () => {
    const engine = await bed.engine({ [LAYOUT]: due });
    const scope = await bed.scopeOf('alice');
    const page = readable(String((await engine.home(scope)).body));
    const state = /<section class="state"[\s\S]*?<\/section>/.exec(page)?.[0] ?? '';
    expect(state).toContain('€7.90');
    expect(state).toContain('Services that are switched off');
    expect(state).toContain('They stay off until they are renewed; what they hold is kept');
    expect(state.match(/class="button"/g)).toHaveLength(1);
    const [, address = ''] = /class="button" href="([^"]+)"/.exec(state) ?? [];
    const url = new URL(address.replaceAll('&amp;', '&'), 'http://127.0.0.1');
    expect(url.pathname).toBe('/form/service.renew');
    const form = await engine.form(scope, { func: 'service.renew', sent: url.searchParams, back: '/home' });
    expect(form && 'page' in form && form.status).toBe(200);
  });

  test('is one row for each currency, and each order for itself', async () => {
    const engine = await bed.engine({});
    const csv = await engine.csv(await bed.scopeOf('alice'), 'due', new URLSearchParams());
    const lines: string[] = [];
    for await (const part of csv?.chunks ?? []) lines.push(String(part));
    expect(lines.join('').match(/EUR|USD|RUB|€|\$/g)?.length).toBeGreaterThanOrEqual(3);
  });

  test('is nothing for somebody who owes nothing', async () => {
    const engine = await bed.engine({ [LAYOUT]: due });
    const page = String((await engine.home(await bed.scopeOf('nora'))).body);
    expect(page).not.toContain('block-due');
  });
});
