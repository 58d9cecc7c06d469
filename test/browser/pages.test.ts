/// <reference lib="dom" />
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { defineProvider } from '../../src/provider.ts';
import { launchChromium } from '../support/chromium.ts';
import { ownFile, type Panel, startPanel } from '../support/panel.ts';
import { barriers, type Findings, faultsOfMarkup, textsOf } from './examine.ts';
import { BROKEN_STATES, NOTICE_STATES, STATES, type State } from './states.ts';
import { become, speak, type Visit, visit } from './visit.ts';

const usage = defineProvider({
  name: 'usage',
  level: '5',
  key: 'id',
  columns: [{ name: 'disk' }],
  sample: [{ id: 1, customer_id: 1, disk: '12 GB' }],
  rows: () => Promise.reject(new Error('the meter is down')),
});
const USAGE_TEXTS = `<mgrdata>${['en', 'ru']
  .map((code) => `<lang name="${code}"><messages name="usage"><msg name="title">Disk</msg><msg name="disk">Disk</msg>`)
  .join('</messages></lang>')}</messages></lang></mgrdata>`;

/** Another site. */
const framed = createServer((_, answer) => answer.end('All is well.')).listen(0, '127.0.0.1');
await once(framed, 'listening');
const FRAMED = `http://127.0.0.1:${(framed.address() as AddressInfo).port}`;

let browser: Browser;
let panel: Panel;
const cookies = new Map<string, string>();

beforeAll(async () => {
  [browser, panel] = await Promise.all([
    launchChromium(),
    startPanel({ additions: { providers: [usage] }, watch: true, frames: [FRAMED] }),
  ]);
  for (const login of new Set(STATES.map((state) => state.login))) {
    if (login) cookies.set(login, await panel.signIn(login));
  }
});
afterAll(async () => {
  await Promise.all([browser.close(), panel.stop()]);
  framed.close();
});

describe.each(['en', 'ru'])('in %s', (language) => examineAll(STATES, language));

/** Each page draws the same in every language: in the others, one of a kind. */
const ONE_OF_A_KIND = STATES.filter(({ name }) =>
  [
    'the home page of a customer',
    'the home page of a customer with long names',
    'the home page of staff',
    'a report',
    'a report with a course',
    'a list sorted by two columns',
    'a list with chosen rows',
    'the open menu',
    'an order that was refused',
    'a renewal that is too dear',
    'a payment that is made',
    'a page that does not exist',
    'the documentation',
    'a refused sign-in',
    'the settings',
  ].includes(name),
);
describe.each(['de', 'ar'])('in %s', (language) => examineAll(ONE_OF_A_KIND, language));

describe('with notices and a page in a frame', () => {
  beforeAll(announce);
  describe.each(['en', 'ru'])('in %s', (language) => examineAll(NOTICE_STATES, language));
});

describe('with a broken layout and a provider that fails', () => {
  beforeAll(breakSomething);
  describe.each(['en', 'ru'])('in %s', (language) => examineAll(BROKEN_STATES, language));
});

/** One page for all states: axe is compiled once. */
function examineAll(states: readonly State[], language: string) {
  let opened: Visit;
  beforeAll(async () => {
    await speak(panel, language, cookies.values());
    opened = await visit(browser, panel, { locale: language });
  });
  afterAll(() => opened.page.context().close());
  describe.each(states)('$name', (state) => examine(state, language, () => opened));
}

function examine({ login, path, status = 200, act }: State, language: string, opened: () => Visit) {
  let html: string;

  beforeAll(async () => {
    const { page, problems } = opened();
    problems.length = 0;
    await page.emulateMedia({ colorScheme: 'light' });
    await become(page, panel, cookies.get(login ?? ''));
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(status);
    const next = await act?.(page);
    // Of an answer that led on, nothing is left to read.
    const again = async () => (await page.request.get(page.url())).text();
    html = (await (next ?? answer)?.text().catch(again)) ?? '';
  });

  test('speaks the language', async () => {
    expect(html).toContain(`<html lang="${language}"`);
  });

  test('is valid HTML', async () => {
    expect(await faultsOfMarkup(html)).toEqual([]);
  });

  test('has at most the one script, no inline style and no inline handler', () => {
    const own = /<script src="\/assets\/(lintel|home|customise)-[0-9a-f]+\.js" defer( data-[a-z]+="[^"]*")*><\/script>/;
    expect(html.replace(own, '')).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=|\shx-on|js:/i);
  });

  test('is accessible in light and in dark', async () => {
    expect(await barriers(opened().page)).toEqual([]);
    expect(await barriersInDark(opened().page)).toEqual([]);
  });

  test('breaks no policy, logs no error and misses nothing that it loads', () => {
    expect(opened().problems).toEqual([]);
  });
}

/** Only what colours decide can differ from the light page; axe is in the page already. */
async function barriersInDark(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'dark' });
  const findings = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Findings }> } };
    return (await axe.run({ runOnly: ['color-contrast', 'link-in-text-block'], preload: false })).violations;
  });
  return textsOf(findings);
}

const NOTICES = `<block name="incident" position="top" type="notice" kind="incident" dismiss="no"/>
  <block name="news" position="top" type="notice" title="News of the season"/><block name="short" position="top" type="notice"/>
  <block name="status" position="right" type="url" title="Status" url="FRAME"/>
  <block name="order" position="right" type="url" title="Order" url="/form/service.order"/>`;
const PROSE = `Mail is **late**: [what we know](https://status.example.com), <code>smtp</code>.

# Since when

1. since noon
2. for some

> and not for all

| host | state |
|---|---|
| mx1 | late |`;

async function announce() {
  const path = 'layouts/billmgr_dashboard_5.xml';
  const texts = ['en', 'ru'].map(
    (code) =>
      `<lang name="${code}"><messages name="dashboard"><msg name="incident">Mail</msg><msg name="short_text">Short.</msg>` +
      `<msg name="incident_text"><![CDATA[${PROSE}]]></msg><msg name="news_text">Much.</msg><msg name="order_text">VPS, domains</msg></messages></lang>`,
  );
  await panel.write('layouts/lang/own.xml', `<mgrdata>${texts.join('')}</mgrdata>`);
  const text = await readFile(ownFile(path), 'utf8');
  await panel.write(path, text.replace('<doc>', `<doc>${NOTICES.replace('FRAME', `${FRAMED}/livez`)}`));
  const home = async () => (await panel.get('/home', { cookie: cookies.get('alice') ?? '' })).text();
  await vi.waitFor(async () => expect(await home()).toContain('Since when'), { timeout: 5000 });
}

async function breakSomething() {
  const path = 'layouts/billmgr_dashboard_5.xml';
  const text = await readFile(ownFile(path), 'utf8');
  const home = async (login: string) => (await panel.get('/home', { cookie: cookies.get(login) ?? '' })).text();
  await panel.write('data/usage.xml', USAGE_TEXTS);
  await panel.write(
    path,
    text.replace('</doc>', '<block name="usage" position="right" type="list" func="usage"/></doc>'),
  );
  await vi.waitFor(async () => expect(await home('alice')).toContain('is-failed'), { timeout: 5000 });
  await panel.write(path, text.replace('func="ticket"', 'func="tickt"').replace('name="renew"', 'name="renw"'));
  await vi.waitFor(async () => expect(await home('admin')).toContain('tickt'), { timeout: 5000 });
  expect(await home('alice')).not.toContain('tickt');
}
