/// <reference lib="dom" />
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { type Panel, startPanel } from '../support/panel.ts';
import { speak, type Visit, type Visitor, visit } from './visit.ts';

const PHONE: Visitor = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const DESK: Visitor = { viewport: { width: 1280, height: 900 } };

let browser: Browser;
let panel: Panel;
let max: string;

beforeAll(async () => {
  [browser, panel] = await Promise.all([launchChromium(), startPanel()]);
  max = await panel.signIn('max');
  await speak(panel, 'en', [max]);
});
afterAll(() => Promise.all([browser.close(), panel.stop()]));

const addressOf = (page: Page) => decodeURIComponent(page.url().slice(panel.address.length));
const names = (page: Page) => page.locator('tbody td:first-child').allTextContents();
/** Lost when a page is loaded anew. */
const mark = (page: Page) => page.evaluate(() => void Object.assign(window, { marked: true }));
const isMarked = (page: Page) => page.evaluate(() => 'marked' in window);

/** Waits until the list shows what the address says. */
const shown = (page: Page, address: string) =>
  page.waitForFunction(
    (wanted) =>
      decodeURIComponent(location.pathname + location.search) === wanted && !document.querySelector('.htmx-request'),
    address,
  );

async function open(path: string, options: Visitor): Promise<Visit> {
  const opened = await visit(browser, panel, { cookie: max, ...options });
  await opened.page.goto(path);
  return opened;
}

describe.each([
  ['a desk', DESK],
  ['a phone', PHONE],
])('on %s without scripts', (_name, options) => {
  let page: Page;
  beforeAll(async () => {
    page = (await open('/list/service', { ...options, javaScriptEnabled: false })).page;
  });
  afterAll(() => page.context().close());

  test('a list is filtered by a form, and shown whole again', async () => {
    if (options === PHONE) await page.locator('.filter summary').click();
    await page.getByRole('searchbox', { name: 'Find' }).fill('DOMAIN');
    await page.getByLabel('Status').selectOption('Active');
    await page.getByRole('button', { name: 'Find' }).click();
    expect(addressOf(page)).toBe('/list/service?find=DOMAIN&status=active');
    expect((await names(page)).every((name) => /domain/i.test(name))).toBe(true);
    expect(await page.getByRole('searchbox').inputValue()).toBe('DOMAIN');
    await page.getByRole('link', { name: 'Show all' }).click();
    expect(addressOf(page)).toBe('/list/service');
  });

  test('a second column is sorted by as well', async () => {
    await page.locator('#sort-package').click();
    await page.locator('#then-cost').click({ force: true });
    expect(addressOf(page)).toBe('/list/service?sort=package,cost');
    expect(await page.locator('[aria-sort]').count()).toBe(1);
    await page.goto('/list/service');
  });

  test('another number of rows is chosen and remembered', async () => {
    await page.goto('/list/service?sort=name&page=2');
    await page.getByLabel('Rows per page').selectOption('50');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(addressOf(page)).toBe('/list/service?sort=name');
    expect(await names(page)).toHaveLength(50);
    await page.goto('/list/service');
    expect(await names(page)).toHaveLength(50);
    await panel.post('/settings', { rows: '25' }, { cookie: max });
    await page.goto('/list/service');
  });

  test('chosen rows go to the form of their action, with the way back', async () => {
    for (const at of [0, 1]) await page.locator('.pick input').nth(at).check();
    const values = await page
      .locator('.pick input:checked')
      .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
    const request = page.waitForRequest(/\/form\//);
    await page.locator('.group .button').first().click();
    const { pathname, searchParams } = new URL((await request).url());
    expect(pathname).toBe('/form/service.renew');
    expect(searchParams.getAll('elid')).toEqual(values);
    expect(searchParams.get('back')).toBe('/list/service');
    await page.goto('/list/service');
  });
});

describe.each([
  ['a desk', DESK],
  ['a phone', PHONE],
])('on %s with the script', (_name, options) => {
  let page: Page;
  let problems: string[];
  beforeAll(async () => {
    ({ page, problems } = await open('/list/service', options));
    await mark(page);
  });
  afterAll(() => page.context().close());

  test('sorting replaces the list, says so and keeps the focus', async () => {
    const status = page.locator('.head [role=status]');
    await status.evaluate((element) => Object.assign(element, { before: true }));
    await page.locator('#sort-package').focus();
    await page.keyboard.press('Enter');
    await shown(page, '/list/service?sort=package');
    expect(await page.locator('th[aria-sort=ascending]').textContent()).toContain('Package');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('sort-package');
    // A live region speaks when its text changes, not when it is put into the page.
    expect(await status.evaluate((element) => 'before' in element)).toBe(true);
    expect(await status.textContent()).toContain('sorted by Package, upwards');
  });

  test.each(['Control', 'Shift'] as const)('%s with a click sorts by a column more', async (key) => {
    await page.locator('#sort-package').click();
    await page.waitForFunction(() => !document.querySelector('.htmx-request'));
    const before = addressOf(page);
    await page.locator('#sort-cost').click({ modifiers: [key] });
    await shown(page, `${before},cost`);
    expect(page.context().pages()).toHaveLength(1);
    expect((await page.locator('.is-rank').allTextContents()).map((text) => text.trim().charAt(0))).toEqual(['1', '2']);
  });

  test('filtering, paging and the number of rows do not reload the page', async () => {
    if (options === PHONE) await page.locator('.filter summary').click();
    await page.getByLabel('Status').selectOption('Active');
    await page.waitForFunction(() => location.search.includes('status=active'));
    expect(addressOf(page)).not.toContain('find=');
    await page.getByRole('link', { name: 'Next' }).click();
    await page.waitForFunction(() => location.search.includes('page=2'));
    await page.waitForFunction(() => document.activeElement?.matches('.block'));
    await page.getByLabel('Rows per page').selectOption('10');
    await page.waitForFunction(() => !location.search.includes('page='));
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 10);
    await page.getByLabel('Rows per page').selectOption('25');
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 25);
    expect(await isMarked(page)).toBe(true);
  });

  test('the back button shows the list as it was', async () => {
    await page.goto('/list/service?sort=name');
    await mark(page);
    const before = await names(page);
    await page.locator('#sort-package').click();
    await shown(page, '/list/service?sort=package');
    expect(await names(page)).not.toEqual(before);
    await page.goBack();
    await page.waitForFunction((wanted) => document.querySelector('tbody td')?.textContent === wanted, before[0]);
    expect(addressOf(page)).toBe('/list/service?sort=name');
    expect(await names(page)).toEqual(before);
    expect(await isMarked(page)).toBe(true);
  });

  test('rows are chosen, counted and forgotten with their page', async () => {
    const button = page.locator('.group .button').first();
    const said = page.locator('.group [role=status]');
    expect(await button.isDisabled()).toBe(true);
    await page.locator('.pick input').nth(3).check();
    expect(await button.isDisabled()).toBe(false);
    expect(await said.textContent()).toBe('1 chosen');
    await page.locator('.pick-all input').check();
    expect(await said.textContent()).toBe('25 chosen');
    await page.getByRole('link', { name: 'Next' }).click();
    await page.waitForFunction(() => location.search.includes('page=2'));
    await page.waitForFunction(() => document.querySelector('.group button')?.matches(':disabled'));
    expect(await page.locator('.pick input:checked').count()).toBe(0);
    expect(await page.locator('.pick-all').isVisible()).toBe(true);
  });

  test('nothing breaks a policy or logs an error', () => {
    expect(problems).toEqual([]);
  });

  test('who was signed out meanwhile is asked to sign in', async () => {
    await page.context().clearCookies();
    await page.locator('#sort-package').click();
    await page.waitForURL(/\/signin\?next=/);
    expect(await page.getByLabel('Password').isVisible()).toBe(true);
  });
});

test('what is chosen and pressed on a phone can be hit with a thumb', async () => {
  const { page } = await open('/list/service?sort=package,cost', PHONE);
  await page.locator('.filter summary').click();
  const small = await page
    .locator('.list :is(a.sort, a.then, a.csv, .button, select, input[type=search], .pager a):visible')
    .evaluateAll((all) =>
      all
        .map((one) => [one.textContent, one.getBoundingClientRect()] as const)
        .filter(([, { width, height }]) => Math.min(width, height) < 43.9)
        .map(([text, { width, height }]) => `${text}: ${width} x ${height}`),
    );
  expect(small).toEqual([]);
  // The box is small; what is around it chooses too.
  const box = await page.locator('.pick').first().boundingBox();
  await page.touchscreen.tap((box?.x ?? 0) + 30, (box?.y ?? 0) - 8);
  expect(await page.locator('.pick input').first().isChecked()).toBe(true);
  await page.context().close();
});

test('a list on paper is the whole table and nothing else', async () => {
  const { page } = await open('/list/service', { viewport: { width: 700, height: 900 } });
  await page.emulateMedia({ media: 'print' });
  const visible = (selector: string) => page.locator(selector).first().isVisible();
  for (const selector of ['.nav', '.menu', '.list-bar', '.group', '.pager', '.pick', '.act', '.button'])
    expect(await visible(selector), selector).toBe(false);
  const widths = await page.locator('.table, .list').evaluateAll((all) => all.map(({ scrollWidth }) => scrollWidth));
  expect(Math.max(...widths)).toBeLessThanOrEqual(700);
  expect(await page.locator('thead').evaluate((head) => getComputedStyle(head).display)).toBe('table-header-group');
  expect(
    await page
      .locator('td')
      .first()
      .evaluate((cell) => getComputedStyle(cell).display),
  ).toBe('table-cell');
  await page.context().close();
});
