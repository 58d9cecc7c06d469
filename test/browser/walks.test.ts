/** Every door of the home page, walked through to its end: with the script and without, at a desk and on a phone. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { type Panel, startPanel } from '../support/panel.ts';
import { barriers, faultsOfMarkup } from './examine.ts';
import { type Visit, visit } from './visit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const WIDTHS = [
  ['a desk', { width: 1280, height: 900 }],
  ['a phone', { width: 390, height: 844 }],
] as const;
const SCRIPTS = [
  ['with the script', true],
  ['without it', false],
] as const;

describe.each(WIDTHS)('at %s', (_where, viewport) => {
  describe.each(SCRIPTS)('%s', (_how, hasScript) => walks(viewport, hasScript));
});

function walks(viewport: { width: number; height: number }, hasScript: boolean) {
  let panel: Panel;
  let opened: Visit;
  let page: Page;
  /** The markup of each page that was walked over, as it was sent. */
  const served: Promise<string>[] = [];

  beforeAll(async () => {
    panel = await startPanel();
    const cookie = await panel.signIn('alice');
    await panel.post('/settings', { language: 'en' }, { cookie });
    opened = await visit(browser, panel, { cookie, viewport, javaScriptEnabled: hasScript, locale: 'en' });
    page = opened.page;
    page.context().on('response', (response) => {
      const isPage =
        response.request().isNavigationRequest() && response.headers()['content-type']?.startsWith('text/html');
      if (isPage && response.status() !== 303) served.push(response.text().catch(() => ''));
    });
  });
  afterAll(async () => {
    await page.context().close();
    await panel.stop();
  });

  const start = () => page.goto('/home');
  const door = (name: string) => page.locator('.taskbar').getByRole('link', { name }).click();
  const row = (table: string, text: string): Locator =>
    page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: text }).first();
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const told = () => page.locator('.notice[role=status]').textContent();
  const balance = async () => {
    await start();
    return row('Account information', 'Main account').textContent();
  };

  /** Chooses, and lets what depends on it be filled anew. */
  const choose = async (field: string, option: RegExp) => {
    const group = page.getByRole('group', { name: field, exact: true });
    if (hasScript) {
      const filled = page.waitForResponse((response) => response.request().method() === 'POST');
      await group.getByRole('radio', { name: option }).check();
      await (await filled).finished();
      await page.waitForFunction(() => !document.querySelector('.htmx-request, .htmx-swapping'));
    } else {
      await group.getByRole('radio', { name: option }).check();
      await group.getByRole('button', { name: 'Update' }).click();
    }
  };

  /** Nobody is stopped by the page that the walk has come to. */
  const look = async () => {
    if (hasScript) expect(await barriers(page), page.url()).toEqual([]);
  };

  test('Credit account: funds are added and stand on the account', async () => {
    expect(await balance()).toContain('€42.17');
    await door('Credit account');
    await look();
    await page.getByRole('link', { name: 'Add funds' }).first().click();
    await look();
    await page.getByLabel('Amount').fill('100');
    await press('Continue to payment');
    await look();
    await page.getByRole('button', { name: /^Yes/ }).click();
    await page.getByRole('heading', { name: 'Paid' }).waitFor();
    await look();
    expect(await balance()).toContain('€142.17');
  });

  test('Order a service: a domain is ordered, paid and active', async () => {
    await start();
    await door('Order a service');
    await look();
    await choose('What do you need?', /^Domain/);
    await choose('Package', /^Domain \.org/);
    await page.getByLabel('Domain name').fill('walked-through.org');
    await look();
    await press('Order');
    expect(await told()).toContain('walked-through.org');
    await look();
    await page.goto('/list/service?find=walked-through');
    expect(await row('Service list', 'walked-through.org').textContent()).toContain('Active');
    expect(await balance()).toContain('€128.27');
  });

  test('Submit trouble ticket: a ticket is filed and answered', async () => {
    await start();
    await door('Submit trouble ticket');
    await page.getByRole('link', { name: 'New ticket' }).first().click();
    await look();
    await page.getByLabel('Subject').fill('The walk is long');
    await page.getByLabel('Message').fill('But it has an end.');
    await press('Send');
    expect(await told()).toContain('Your ticket was sent');
    expect(await page.locator('h1').textContent()).toBe('The walk is long');
    await look();
    await start();
    expect(await row('Active tickets', 'The walk is long').count()).toBe(1);
  });

  test('Control panel settings: the theme is dark on the next page', async () => {
    await start();
    await door('Control panel settings');
    await look();
    await page.getByRole('radio', { name: 'Dark' }).check();
    await page.getByLabel('Records per page').selectOption('10');
    await press('Save');
    expect(await told()).toBeTruthy();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    await page.goto('/list/service');
    expect(await page.getByRole('table').getByRole('row').count()).toBe(11);
    await look();
  });

  test('Read documentation: the guide opens in a window of its own', async () => {
    await start();
    const window = page.context().waitForEvent('page');
    await door('Read documentation');
    const guide = await window;
    await guide.getByRole('heading', { name: 'Documentation' }).waitFor();
    await guide.getByRole('link', { name: 'Renewing' }).first().click();
    expect(guide.url()).toMatch(/\/help#/);
    if (hasScript) expect(await barriers(guide)).toEqual([]);
    await guide.close();
  });

  test('Pay: the account of the row is chosen, and a bank that says no takes nothing', async () => {
    await start();
    await row('Account information', 'US projects').getByRole('link', { name: /^Pay/ }).click();
    expect(await page.getByLabel('Account').locator('option:checked').textContent()).toContain('US projects');
    await page.getByLabel('Amount').fill('20');
    await press('Continue to payment');
    await page.getByRole('button', { name: /^No\b/ }).click();
    await page.locator('.receipt').waitFor();
    await look();
    await start();
    expect(await row('Account information', 'US projects').textContent()).toContain('$18.50');
  });

  test('Edit: a ticket that waits is answered and waits no more', async () => {
    await start();
    const waiting = row('Active tickets', 'the site is slow');
    expect(await waiting.textContent()).toContain('Waiting for you');
    await waiting.getByRole('link', { name: /^Edit/ }).click();
    await look();
    await page.getByLabel('Your reply').fill('It is quick again, thank you.');
    await press('Send reply');
    expect(await told()).toBeTruthy();
    expect(await page.locator('.thread').textContent()).toContain('It is quick again');
    await start();
    expect(await row('Active tickets', 'the site is slow').textContent()).toContain('With support');
  });

  test('Renew: a service goes on for the period that was chosen', async () => {
    await start();
    await row('Service list', 'Backup 500 GB')
      .getByRole('link', { name: /^Renew/ })
      .click();
    await look();
    await choose('For', /^3 months/);
    expect(await page.getByText('€26.70').count()).toBeGreaterThan(0);
    await press('Renew');
    expect(await told()).toContain('vm1.example.net is renewed until Jun 23, 2026. €26.70 was taken');
    expect(await balance()).toContain('€101.57');
  });

  test('meets no invalid markup, no breach of the policy and no fault on the way', async () => {
    expect(opened.problems).toEqual([]);
    const pages = new Set((await Promise.all(served)).filter((html) => html !== ''));
    expect(pages.size).toBeGreaterThan(20);
    for (const html of pages) expect(await faultsOfMarkup(html)).toEqual([]);
  });
}
