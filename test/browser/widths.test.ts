/// <reference lib="dom" />
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { type Panel, startPanel } from '../support/panel.ts';
import { STATES } from './states.ts';
import { become, speak, tooWide, type Visitor, visit } from './visit.ts';

const WIDTHS = [320, 390, 640, 680, 768, 834, 912, 1024, 1112, 1280, 1440];
const PHONE: Visitor = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

let browser: Browser;
let panel: Panel;
const cookies = new Map<string, string>();

beforeAll(async () => {
  [browser, panel] = await Promise.all([launchChromium(), startPanel()]);
  for (const login of new Set(STATES.map((state) => state.login))) {
    if (login) cookies.set(login, await panel.signIn(login));
  }
});
afterAll(() => Promise.all([browser.close(), panel.stop()]));

async function open(path: string, login: string | undefined, options: Visitor = {}): Promise<Page> {
  const { page } = await visit(browser, panel, { cookie: cookies.get(login ?? ''), ...options });
  await page.goto(path);
  return page;
}

async function atWidths(page: Page, widths: readonly number[]): Promise<string[]> {
  const found: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    found.push(...(await tooWide(page)).map((text) => `at ${width} px, ${text}`));
  }
  return found;
}

describe.each(['en', 'ru'])('nothing scrolls sideways in %s', (language) => {
  beforeAll(() => speak(panel, language, cookies.values()));

  describe.each(['alice', 'long', 'unbroken'])('on the home page of %s', (login) => {
    let page: Page;
    beforeAll(async () => {
      page = await open('/home', login);
    });
    afterAll(() => page.context().close());

    test('from 320 to 1440 px', async () => {
      expect(await atWidths(page, WIDTHS)).toEqual([]);
    });

    test('with text twice as large', async () => {
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px');
      expect(await atWidths(page, [640, 1280])).toEqual([]);
    });
  });

  test('on any page at 320 px', async () => {
    const { page } = await visit(browser, panel, { viewport: { width: 320, height: 640 }, locale: language });
    for (const { name, path, login, act } of STATES) {
      await become(page, panel, cookies.get(login ?? ''));
      await page.goto(path);
      await act?.(page);
      expect(await tooWide(page), name).toEqual([]);
    }
    await page.context().close();
  });
});

test.each(['de', 'ar'])('nothing scrolls sideways in %s on the home page, from 320 to 1440 px', async (language) => {
  await speak(panel, language, cookies.values());
  const page = await open('/home', 'alice');
  expect(await atWidths(page, WIDTHS)).toEqual([]);
  await page.context().close();
});

describe('on a phone', () => {
  let page: Page;
  beforeAll(async () => {
    await speak(panel, 'en', cookies.values());
    page = await open('/home', 'alice', PHONE);
  });
  afterAll(() => page.context().close());

  test('rows are cards, each value under its label', async () => {
    const labels = await page.locator('#block-services tbody tr:first-child td').evaluateAll((cells) =>
      cells.map((cell) => {
        const { content, display } = getComputedStyle(cell, '::before');
        return display === 'block' && content.startsWith('"') ? content.split('"')[1] : '';
      }),
    );
    expect(labels).toEqual(['', 'Name', 'Period', 'Cost', 'Status', 'Expires', 'Auto-renew', '']);
    const tops = await page
      .locator('#block-services tbody tr:first-child td')
      .evaluateAll((cells) => new Set(cells.map((cell) => cell.getBoundingClientRect().top)).size);
    expect(tops).toBeGreaterThan(2);
  });

  test('rows are still rows of a table to those who hear the page', async () => {
    const table = page.getByRole('table', { name: 'Account information' });
    expect(await table.getByRole('row').count()).toBe(4);
    expect(await table.getByRole('columnheader', { name: 'Balance' }).count()).toBe(1);
  });

  test.each([
    ['row actions', '.act'],
    ['the taskbar', '.taskbar a'],
    ['navigation', '.nav a'],
    ['links to a whole list', '.more'],
    ['the menu', '.menu > summary'],
  ])('%s can be hit with a thumb', async (_name, selector) => {
    const sizes = await page.locator(selector).evaluateAll((all) => all.map((one) => one.getBoundingClientRect()));
    expect(sizes.length).toBeGreaterThan(0);
    for (const { width, height } of sizes) expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
  });
});

describe('nothing jumps while the home page loads', () => {
  test.each<[string, Visitor]>([
    ['on a desk', { viewport: { width: 1280, height: 900 } }],
    ['on a phone', PHONE],
  ])('%s', async (_name, options) => {
    const { page } = await visit(browser, panel, { cookie: cookies.get('alice'), ...options });
    await page.addInitScript(() => {
      const shifts = { sum: 0 };
      Object.assign(globalThis, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.sum += (entry as PerformanceEntry & { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const devtools = await page.context().newCDPSession(page);
    const speed = { offline: false, latency: 100, downloadThroughput: 40_000, uploadThroughput: 40_000 };
    await devtools.send('Network.emulateNetworkConditions', speed);
    await page.goto('/home', { waitUntil: 'networkidle' });
    const { sum } = await page.evaluate(() => (globalThis as unknown as { shifts: { sum: number } }).shifts);
    expect(sum).toBeLessThan(0.02);
    await page.context().close();
  });
});
