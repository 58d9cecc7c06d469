/// <reference lib="dom" />
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { type Panel, startPanel } from '../support/panel.ts';
import { speak, type Visitor, visit } from './visit.ts';

let browser: Browser;
let panel: Panel;
let alice: string;
beforeAll(async () => {
  [browser, panel] = await Promise.all([launchChromium(), startPanel()]);
  alice = await panel.signIn('alice');
  await speak(panel, 'en', [alice]);
});
afterAll(() => Promise.all([browser.close(), panel.stop()]));

async function open(path: string, options: Visitor = {}) {
  const opened = await visit(browser, panel, { cookie: alice, ...options });
  await opened.page.goto(path);
  return opened;
}

const choose = (page: Page, name: RegExp) => page.getByRole('radio', { name }).check();
const total = (page: Page, text: string) =>
  page.waitForFunction((wanted) => document.querySelector('#f-total')?.textContent?.includes(wanted), text);

describe('an order with the script', () => {
  test('shows what a choice costs at once, keeps what was typed, and the place in the form', async () => {
    const { page, problems } = await open('/form/service.order?back=/list/service');
    expect(await page.locator('.update').first().isVisible()).toBe(false);
    await choose(page, /^Domain A/);
    await page.locator('#f-domain').fill('new-site.org');
    await choose(page, /^Domain \.org/);
    await total(page, '€13.90 for 1 year');
    expect(await page.locator('#f-domain').inputValue()).toBe('new-site.org');
    expect(await page.evaluate(() => document.activeElement?.id)).toMatch(/^f-product-/);
    expect(await page.locator('main > [role=status]').textContent()).toContain('€13.90');
    await page.getByRole('button', { name: 'Order' }).click();
    await page.getByText('Ordered: Domain .org, new-site.org.').waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('goes on as a whole page when the answer is none that fits', async () => {
    const { page } = await open('/form/service.order');
    await page.context().clearCookies();
    await choose(page, /^Domain A/);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.context().close();
  });

  test('fits a phone, and shows the last of quick choices', async () => {
    const { page, problems } = await open('/form/service.order', {
      ...{ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
    });
    await page.evaluate(() => {
      for (const id of ['product-2', 'period-quarter', 'period-year', 'product-3'])
        document.querySelector<HTMLInputElement>(`#f-${id}`)?.click();
    });
    await total(page, '€159.00 for 1 year');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(problems.filter((problem) => !problem.includes('ERR_ABORTED'))).toEqual([]);
    await page.context().close();
  });
});

test('an order without scripts shows what a choice costs after Update', async () => {
  const { page } = await open('/form/service.order?back=/list/service', { javaScriptEnabled: false });
  await choose(page, /^3 months/);
  await page.getByRole('button', { name: /^Update.*Paid for$/ }).click();
  expect(await page.locator('#f-total').textContent()).toContain('€11.70 for 3 months');
  await page.getByRole('button', { name: 'Order', exact: true }).click();
  expect(await page.locator('main > .notice').textContent()).toContain('Ordered: VPS NVMe-1.');
  await page.context().close();
});

test('several services are chosen in the list and renewed together', async () => {
  const { page, problems } = await open('/list/service');
  for (const name of ['VPS NVMe-2', 'Web hosting Business']) {
    await page.getByRole('row').filter({ hasText: name }).getByRole('checkbox').check();
  }
  await page.locator('#group').getByRole('button', { name: 'Renew', exact: true }).click();
  await page.getByRole('heading', { name: 'Renew services' }).waitFor();
  await page.getByRole('button', { name: 'Renew' }).click();
  await page.getByText('2 services are renewed. €14.80 was taken.').waitFor();
  expect(problems).toEqual([]);
  await page.context().close();
});
