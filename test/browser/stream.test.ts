/// <reference lib="dom" />
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { LATE, latePanel } from '../support/late.ts';
import { type Panel, startPanel } from '../support/panel.ts';
import { barriers, faultsOfMarkup } from './examine.ts';
import { tooWide, visit } from './visit.ts';

const late = latePanel();
let panel: Panel;
let browser: Browser;
let cookie: string;

beforeAll(async () => {
  [panel, browser] = await Promise.all([startPanel(late.options), launchChromium()]);
  cookie = await panel.signIn('alice');
});
afterAll(async () => {
  await browser.close();
  await panel.stop();
});
beforeEach(() => panel.engine.changed(1));
afterEach(async () => {
  late.always(undefined);
  for (const context of browser.contexts()) await context.close();
});

const SIZES = {
  desk: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true },
};

const shot = async (page: Page, name: string) => {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });
};

/** Where the headings that can be seen stand, from above. */
const headings = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.block h2')]
      .map((heading) => ({ text: heading.textContent ?? '', box: heading.getBoundingClientRect() }))
      .filter(({ box }) => box.height > 0)
      .toSorted((a, b) => a.box.left - b.box.left || a.box.top - b.box.top)
      .map(({ text }) => text),
  );

interface Shift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
}

/** Adds up how far things move in the window while the page is there. */
const watchShifts = (page: Page) =>
  page.addInitScript(() => {
    const sum = { value: 0 };
    Object.assign(globalThis, { shifts: sum });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Shift[]) sum.value += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
const shiftsOf = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { shifts: { value: number } }).shifts.value);

/** Opens the page and waits for what is there at once. */
async function begin(page: Page, path = '/home'): Promise<void> {
  await page.goto(path, { waitUntil: 'commit' });
  await page.locator('#block-accounts').waitFor();
}

describe.each(Object.entries(SIZES))('on a %s, a page with late blocks', (size, options) => {
  test('shows each in its place as it comes, without script', async () => {
    const { page, problems } = await visit(browser, panel, { cookie, javaScriptEnabled: false, ...options });
    await begin(page);
    await shot(page, `${size}-begun`);
    expect(await page.locator('[aria-busy=true]:visible').count()).toBe(3);
    for (const name of ['wallets', 'letters', 'orders'] as const) {
      await late.come(name, name === 'orders' ? 8 : 2);
      await page.locator(`#block-${name}`).waitFor();
      expect(await page.locator(`#late-${name}`).isVisible()).toBe(false);
      await shot(page, `${size}-${name}`);
    }
    await page.waitForLoadState('load');
    expect(await headings(page)).toEqual(['Orders', 'Letters', 'Active tickets', 'Wallets', 'Account information']);
    expect(await tooWide(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test.each([
    ['as many rows as they may', { orders: 8, letters: 5, wallets: 2 }],
    ['few rows', { orders: 1, letters: 1, wallets: 1 }],
    ['nothing', { orders: 0, letters: 0, wallets: 0 }],
  ])('moves nothing when they come with %s', async (_what, rows) => {
    const { page } = await visit(browser, panel, { cookie, ...options });
    await watchShifts(page);
    await begin(page);
    for (const name of ['letters', 'wallets', 'orders'] as const) {
      await page.waitForTimeout(120);
      await late.come(name, rows[name]);
      await page.locator(`#block-${name}`).waitFor();
    }
    await page.waitForLoadState('load');
    await page.waitForTimeout(200);
    expect(await shiftsOf(page)).toBeLessThan(0.02);
    // What does move is seen.
    await page.evaluate(() =>
      document
        .querySelector('main')
        ?.prepend(
          ...Array.from({ length: 9 }, () => document.createElement('p')).map((one) =>
            Object.assign(one, { textContent: 'Moved' }),
          ),
        ),
    );
    await vi.waitFor(async () => expect(await shiftsOf(page)).toBeGreaterThan(0.02), 2000);
  });

  test('has no faults and no barriers, in the light and in the dark', async () => {
    const { page } = await visit(browser, panel, { cookie, ...options });
    const answer = page.waitForResponse((response) => response.url().endsWith('/home'));
    await begin(page);
    expect(await barriers(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await barriers(page)).toEqual([]);
    await shot(page, `${size}-dark`);
    await late.come('orders', new Error('gone'));
    for (const name of ['letters', 'wallets'] as const) await late.come(name);
    await page.waitForLoadState('load');
    expect(await barriers(page)).toEqual([]);
    await shot(page, `${size}-dark-whole`);
    expect(await faultsOfMarkup(await (await answer).text())).toEqual([]);
  });
});

describe('a late block', () => {
  test('has its place in the order of the keyboard, whenever it came', async () => {
    const { page } = await visit(browser, panel, { cookie });
    await begin(page);
    for (const name of ['wallets', 'letters', 'orders'] as const) {
      await late.come(name, new Error('gone'));
      await page.locator(`#block-${name}`).waitFor();
    }
    await page.waitForLoadState('load');
    const seen: string[] = [];
    await page.locator('#block-taskbar a').focus();
    for (let step = 0; step < 20 && seen.at(-1) !== 'block-accounts'; step++) {
      await page.keyboard.press('Tab');
      const id = await page.evaluate(() => document.activeElement?.closest('.block')?.id ?? '');
      if (id !== seen.at(-1)) seen.push(id);
    }
    expect(seen).toEqual(['block-orders', 'block-letters', 'block-tickets', 'block-wallets', 'block-accounts']);
  });

  test('that failed is tried again by its link, without script', async () => {
    const { page } = await visit(browser, panel, { cookie, javaScriptEnabled: false });
    await begin(page);
    for (const name of LATE) await late.come(name, name === 'orders' ? new Error('gone') : 2);
    await page.waitForLoadState('load');
    late.always(3);
    await page.locator('#block-orders .is-failed a').click();
    await page.locator('#block-orders td').first().waitFor();
    expect(new URL(page.url()).hash).toBe('#block-orders');
  });

  test('is there when the visitor comes back', async () => {
    const { page, problems } = await visit(browser, panel, { cookie });
    await begin(page);
    for (const name of LATE) await late.come(name);
    await page.waitForLoadState('load');
    await page.goto('/form/usrparam');
    panel.engine.changed(1);
    late.always(2);
    await page.goBack();
    for (const name of LATE) await page.locator(`#block-${name} td`).first().waitFor();
    expect(problems).toEqual([]);
  });

  test('is not worked on any more when the visitor goes elsewhere', async () => {
    const { page } = await visit(browser, panel, { cookie });
    await begin(page);
    await page.goto('/form/usrparam');
    await vi.waitFor(() => expect(LATE.every((name) => late.stopOf(name)?.aborted)).toBe(true), 3000);
  });
});
