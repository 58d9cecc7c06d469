/// <reference lib="dom" />
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { type Panel, startPanel } from '../support/panel.ts';
import { type Visitor, visit } from './visit.ts';

let browser: Browser;
let panel: Panel;
let cookie: string;
beforeAll(async () => {
  [browser, panel] = await Promise.all([launchChromium(), startPanel()]);
  cookie = await panel.signIn('alice');
});
afterAll(() => Promise.all([browser.close(), panel.stop()]));
beforeEach(() => panel.post('/customise', { act: 'reset-all' }, { cookie }));

async function open(options: Visitor = {}): Promise<{ page: Page; problems: string[] }> {
  const { page, problems } = await visit(browser, panel, { cookie, locale: 'en-GB', ...options });
  await page.goto('/customise');
  return { page, problems };
}

const cards = (page: Page, region: string) =>
  page
    .locator(`[data-place="${region}"] > .card`)
    .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.block));
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id);
/** What the page says was done, after a change. */
const said = async (page: Page) => (await page.locator('[role=status]').allTextContents()).join('').trim();

describe.each([
  ['without scripts', false],
  ['with scripts', true],
])('a visitor %s', (_, javaScriptEnabled) => {
  test('moves, folds and hides by plain buttons; the focus stays, and what was done is said', async () => {
    const { page, problems } = await open({ javaScriptEnabled });
    const press = async (id: string, what: string) => {
      await page.locator(`[id="${id}"]`).click();
      await expect.poll(() => said(page)).toBe(what);
    };
    await press('spending-up', 'Spending: now 1 of 2, Left column.');
    expect(await cards(page, 'left')).toEqual(['spending', 'tickets']);
    expect(await focused(page)).toBe('spending-down');
    await press('spending-down', 'Spending: now 2 of 2, Left column.');
    expect(await focused(page)).toBe('spending-up');
    await press('accounts-left', 'Account information: now 3 of 3, Left column.');
    expect(await focused(page)).toBe('accounts-card');
    await press('services-fold', 'Service list is folded.');
    expect(await focused(page)).toBe('services-open');
    await press('spending-hide', 'Spending is hidden.');
    await press('taskbar-help-link-up', 'Read documentation: now 4 of 5, Quick actions.');
    expect(await focused(page)).toBe('taskbar-help-link-up');
    await press('taskbar-credit-link-off', 'Credit account is hidden.');
    await page.goto('/home');
    expect(await page.locator('h2').allTextContents()).toEqual(
      expect.arrayContaining(['Service list', 'Active tickets', 'Account information']),
    );
    expect(await page.locator('#block-spending').count()).toBe(0);
    expect(await page.locator('#block-services table').count()).toBe(0);
    expect(await page.locator('.taskbar a').count()).toBe(4);
    await page.getByRole('button', { name: 'Open: Service list' }).click();
    await page.locator('#block-services table').waitFor();
    await page.getByRole('link', { name: 'Customise' }).click();
    await press('undo', 'The last change is taken back.');
    expect(await page.locator('#services-open').count()).toBe(1);
    await press('reset-all', 'The page is as the panel has it.');
    expect(await cards(page, 'left')).toEqual(['tickets', 'spending']);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('does it all with the keyboard', async () => {
    const { page } = await open({ javaScriptEnabled });
    await page.locator('#tickets-down').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => said(page)).toBe('Active tickets: now 2 of 2, Left column.');
    await expect.poll(() => focused(page)).toBe('tickets-up');
    await page.keyboard.press('Enter');
    await expect.poll(() => said(page)).toBe('Active tickets: now 1 of 2, Left column.');
    expect(await cards(page, 'left')).toEqual(['tickets', 'spending']);
    await page.context().close();
  });

  test('takes a file and gives it back', async () => {
    const { page } = await open({ javaScriptEnabled });
    await page.locator('#accounts-top').click();
    await expect.poll(() => cards(page, 'top')).toContain('accounts');
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download' }).click();
    const path = await (await download).path();
    await panel.post('/customise', { act: 'reset-all' }, { cookie });
    await page.goto('/customise');
    await page.locator('#file').setInputFiles(path);
    await page.getByRole('button', { name: 'Take over' }).click();
    await expect.poll(() => said(page)).toBe('The file is taken over.');
    expect(await cards(page, 'top')).toContain('accounts');
    await page.context().close();
  });
});

describe('a visitor with a pointer', () => {
  test.each([
    ['a mouse', {}],
    ['a mouse on a narrow screen', { viewport: { width: 390, height: 844 } }],
  ])('drags a block by its grip with %s', async (_, options) => {
    const { page, problems } = await open({ viewport: { width: 1280, height: 1800 }, ...options });
    const middle = async (selector: string) => {
      const box = await page.locator(selector).boundingBox();
      if (!box) throw new Error(`${selector} is not there`);
      return { x: box.x + box.width / 2, y: box.y + box.height / 2, height: box.height };
    };
    await page.locator('#tickets-card').scrollIntoViewIfNeeded();
    const from = await middle('#tickets-card .grip');
    const to = await middle('#spending-card');
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x, from.y + 20, { steps: 4 });
    await page.mouse.move(to.x, to.y + to.height / 3, { steps: 12 });
    await page.waitForTimeout(200);
    await page.mouse.up();
    await expect.poll(() => said(page)).toBe('Active tickets: now 2 of 2, Left column.');
    expect(await cards(page, 'left')).toEqual(['spending', 'tickets']);
    await page.reload();
    expect(await cards(page, 'left')).toEqual(['spending', 'tickets']);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

describe('two tabs', () => {
  test('lose nothing of each other', async () => {
    const [one, other] = [await open(), await open()];
    await one.page.locator('#accounts-left').click();
    await expect.poll(() => said(one.page)).toContain('Account information');
    await other.page.locator('#spending-hide').click();
    await expect.poll(() => said(other.page)).toContain('Spending');
    expect(await cards(other.page, 'left')).toEqual(['tickets', 'spending', 'accounts']);
    for (const { page } of [one, other]) await page.context().close();
  });
});
