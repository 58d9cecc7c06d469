/// <reference lib="dom" />
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { type Panel, startPanel } from '../support/panel.ts';
import { visit } from './visit.ts';

let panel: Panel;
let browser: Browser;
let cookie: string;
let context: BrowserContext;

/** Half a second is not a `refresh` that a layout may say. */
const LAYOUT = `<doc>
  <block name="tickets" type="list" func="ticket" rows="5" position="left" refresh="5" cache="0">
    <toolbtn name="edit"/>
    <col name="subject" sorted="yes"/><col name="status"/>
  </block>
  <block name="services" type="list" func="service" rows="5" position="left" cache="0"><col name="name" sorted="yes"/></block>
</doc>`;

beforeAll(async () => {
  [panel, browser] = await Promise.all([
    startPanel({ files: { 'layouts/billmgr_dashboard_5.xml': LAYOUT } }),
    launchChromium(),
  ]);
  cookie = await panel.signIn('alice');
});
afterAll(async () => {
  await browser.close();
  await panel.stop();
});
beforeEach(() => {
  panel.clock = new Date(panel.clock.getTime() + 60_000);
  return () => context.close();
});

async function open(options = {}): Promise<Page> {
  const { page } = await visit(browser, panel, { cookie, ...options });
  context = page.context();
  await page.goto('/home');
  return page;
}

const rename = (subject: string, id?: number) =>
  panel.database
    .knex('ticket')
    .where(id === undefined ? { customer_id: 1 } : { id })
    .update({ subject });
const listeners = () => panel.logged.filter(({ path, status }) => path === '/events' && status === 200).length;
const isListening = async (work: () => Promise<unknown>) => {
  const before = listeners();
  await work();
  await vi.waitFor(() => expect(listeners()).toBeGreaterThan(before), { timeout: 5000 });
};
const tickets = (page: Page) => page.locator('#block-tickets');
const counted = async (page: Page, work: () => Promise<unknown>) => {
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(new URL(request.url()).pathname));
  await work();
  return asked;
};

describe('an open page', () => {
  test('shows a change that was made elsewhere, in another tab too, and asks for nothing else', async () => {
    const page = await open();
    await isListening(() => page.reload());
    const other = await context.newPage();
    await isListening(() => other.goto('/home'));
    const asked = await counted(page, async () => {
      await rename('Renamed in another tab');
      panel.engine.changed(1);
      for (const one of [page, other])
        await tickets(one).getByText('Renamed in another tab').first().waitFor({ timeout: 3000 });
    });
    expect(asked.filter((path) => !path.startsWith('/assets'))).toEqual(['/home']);
  });

  test('follows what was arranged in another tab', async () => {
    const own = await panel.signIn('bob');
    const page = await open({ cookie: own });
    await isListening(() => page.reload());
    const names = () => page.locator('main [id^="block-"]').evaluateAll((all) => all.map(({ id }) => id));
    expect(await names()).toEqual(['block-tickets', 'block-services']);
    const arrange = (act: string) => panel.post('/customise', { block: 'tickets', act }, { cookie: own });
    expect((await arrange('down')).status).toBe(303);
    await expect.poll(names, { timeout: 3000 }).toEqual(['block-services', 'block-tickets']);
    await arrange('hide');
    await expect.poll(names, { timeout: 3000 }).toEqual(['block-services']);
  });

  test('asks for a block after its time, and says when that was', async () => {
    const page = await open();
    await expect(tickets(page).locator('.fresh').textContent()).resolves.toMatch(/^Updated \d/);
    expect(await page.locator('#block-services .fresh').isVisible()).toBe(false);
    await rename('Seen after five seconds');
    const asked = await counted(page, () =>
      tickets(page).getByText('Seen after five seconds').first().waitFor({ timeout: 8000 }),
    );
    expect(asked.filter((path) => path.startsWith('/block'))).toEqual(['/block/tickets']);
  });

  test('keeps the focus on what it was on, and text that is selected', async () => {
    const page = await open();
    await isListening(() => page.reload());
    const link = tickets(page).locator('tbody tr').nth(2).locator('a').last();
    await link.focus();
    const before = await link.evaluate((element) => (element as HTMLAnchorElement).href);
    const rows = tickets(page).locator('tbody tr');
    const first = await rows.first().locator('a').last().getAttribute('href');
    await rename('zzz', Number(/elid=(\d+)/.exec(first ?? '')?.[1]));
    panel.engine.changed(1);
    const second = rows.nth(1).locator('a').last();
    await expect.poll(() => second.evaluate((element) => (element as HTMLAnchorElement).href)).toBe(before);
    expect(await page.evaluate(() => (document.activeElement as HTMLAnchorElement | null)?.href)).toBe(before);

    await page.evaluate(() =>
      getSelection()?.selectAllChildren(document.querySelector('#block-tickets h2') as Element),
    );
    await rename('Not while it is selected');
    panel.engine.changed(1);
    await page.waitForTimeout(700);
    expect(await tickets(page).textContent()).not.toContain('Not while it is selected');
    await page.evaluate(() => getSelection()?.removeAllRanges());
    await tickets(page).getByText('Not while it is selected').first().waitFor({ timeout: 4000 });
  });

  test('keeps what is typed in a block until it is gone', async () => {
    const page = await open();
    await isListening(() => page.reload());
    await page.evaluate(() =>
      document
        .querySelector('#block-tickets')
        ?.append(Object.assign(document.createElement('input'), { className: 'typed' })),
    );
    await tickets(page).locator('.typed').fill('half a word');
    await rename('While somebody types');
    panel.engine.changed(1);
    await page.waitForTimeout(700);
    expect(await tickets(page).locator('.typed').inputValue()).toBe('half a word');
    expect(await tickets(page).textContent()).not.toContain('While somebody types');
    await tickets(page).locator('.typed').fill('');
    await tickets(page).getByText('While somebody types').first().waitFor({ timeout: 4000 });
  });

  test('keeps what it has when a block cannot be had, says since when, and tries again', async () => {
    const page = await open();
    await page.route('**/block/tickets', (route) => route.abort());
    await tickets(page).locator('.fresh.is-old').waitFor({ timeout: 8000 });
    expect(await tickets(page).locator('.fresh').textContent()).toMatch(/^Not updated since \d+:\d\d.*\s+Try again$/);
    expect(await tickets(page).locator('tbody tr').count()).toBeGreaterThan(0);
    await page.unroute('**/block/tickets');
    await tickets(page).getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => tickets(page).locator('.fresh').textContent()).toMatch(/^Updated/);
  });

  test('asks for nothing while it is not seen, and catches up when it is', async () => {
    const page = await open();
    await isListening(() => page.reload());
    const see = (isSeen: boolean) =>
      page.evaluate((state) => {
        Object.defineProperty(document, 'hidden', { value: !state, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, isSeen);
    await see(false);
    const asked = await counted(page, () => page.waitForTimeout(6500));
    expect(asked).toEqual([]);
    await rename('Seen late');
    panel.engine.changed(1);
    await see(true);
    await tickets(page).getByText('Seen late').first().waitFor({ timeout: 3000 });
  });

  test('shows nothing more once its visitor has signed out elsewhere', async () => {
    const own = await panel.signIn('alice');
    const page = await open({ cookie: own });
    await isListening(() => page.reload());
    await panel.post('/signout', {}, { cookie: own });
    await page.waitForURL('**/signin**', { timeout: 5000 });
  });

  test('shows nothing more once its visitor has signed out before it listens', async () => {
    const own = await panel.signIn('alice');
    const page = await open({ cookie: own });
    await page.route('**/events**', async (route) => {
      await panel.post('/signout', {}, { cookie: own });
      await route.continue();
    });
    await page.reload();
    await page.waitForURL('**/signin**', { timeout: 5000 });
  });

  test.each([1280, 390])('does not jump at %i px', async (width) => {
    const page = await open({ viewport: { width, height: 800 } });
    await page.addInitScript(() => {
      const sums = window as unknown as { shifted: number };
      sums.shifted = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) sums.shifted += (entry as unknown as { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await isListening(() => page.reload());
    await rename('Another');
    panel.engine.changed(1);
    await tickets(page).getByText('Another').first().waitFor({ timeout: 8000 });
    expect(await page.evaluate(() => (window as unknown as { shifted: number }).shifted)).toBeLessThan(0.02);
  });
});
