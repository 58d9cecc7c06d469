/// <reference lib="dom" />
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { ownFile, type Panel, startPanel } from '../support/panel.ts';
import { speak, type Visitor, visit } from './visit.ts';

let browser: Browser;
let panel: Panel;
const cookies = new Map<string, string>();

beforeAll(async () => {
  [browser, panel] = await Promise.all([launchChromium(), startPanel({ watch: true })]);
  for (const login of ['alice', 'bob', 'max', 'admin']) cookies.set(login, await panel.signIn(login));
});
afterAll(() => Promise.all([browser.close(), panel.stop()]));

async function open(path: string, { login = '', ...options }: Visitor & { login?: string }): Promise<Page> {
  const { page } = await visit(browser, panel, { cookie: cookies.get(login), ...options });
  await page.goto(path);
  return page;
}

const pathOf = (page: Page) => page.url().slice(panel.address.length);

describe('a visitor without scripts', () => {
  let page: Page;
  beforeAll(async () => {
    await speak(panel, 'en', [cookies.get('max') ?? '']);
    page = await open('/', { javaScriptEnabled: false, colorScheme: 'light', locale: 'en-GB' });
  });
  afterAll(() => page.context().close());

  /** Without the words of the box that chooses the row. */
  const names = () =>
    page
      .locator('tbody td:first-child')
      .evaluateAll((cells) =>
        cells.map((cell) => (cell.textContent ?? '').slice(cell.querySelector('label')?.textContent.length)),
      );

  test('signs in and lands on the home page', async () => {
    await page.getByLabel('Login').fill('max');
    await page.getByLabel('Password').fill('demo');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(pathOf(page)).toBe('/home');
    expect(await page.getByRole('table', { name: 'Service list' }).getByRole('row').count()).toBe(9);
  });

  test('opens the whole list', async () => {
    await page.getByRole('link', { name: /^All 200\b.*Service list$/ }).click();
    expect(pathOf(page)).toBe('/list/service');
    expect(await names()).toHaveLength(25);
  });

  test('sorts it by a heading, and the other way by a second click', async () => {
    const heading = page.getByRole('columnheader', { name: 'Package' });
    await heading.getByRole('link').click();
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    const [first = ''] = await names();
    await heading.getByRole('link').click();
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    const [last = ''] = await names();
    expect(first < last).toBe(true);
  });

  test('goes to the next page, which keeps the order', async () => {
    const before = await names();
    await page.getByRole('link', { name: 'Next' }).click();
    expect(pathOf(page)).toBe('/list/service?sort=-package&page=2');
    const after = await names();
    expect(after).toHaveLength(25);
    expect((before.at(-1) ?? '') >= (after[0] ?? '')).toBe(true);
  });

  test('changes the language and stays on the page', async () => {
    await page.locator('.menu summary').click();
    await page.getByRole('button', { name: 'Русский' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('ru');
    expect(pathOf(page)).toBe('/list/service?sort=-package&page=2');
    expect(await page.locator('h1').textContent()).toBe('Список услуг');
  });

  test('changes the theme to a really dark one', async () => {
    const brightest = () => brightnessOf(page, 'body');
    expect(await brightest()).toBeGreaterThan(0.9);
    await page.locator('.menu summary').click();
    await page.getByRole('button', { name: 'Тёмное' }).click();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await brightest()).toBeLessThan(0.2);
  });

  test('signs out', async () => {
    await page.locator('.menu summary').click();
    await page.getByRole('button', { name: 'Выйти', exact: true }).click();
    expect(pathOf(page)).toBe('/signin');
    await page.goto('/home');
    expect(pathOf(page)).toBe('/signin?next=%2Fhome');
  });
});

/** How bright the background of an element is, from 0 to 1. */
function brightnessOf(page: Page, selector: string): Promise<number> {
  return page.locator(selector).evaluate((element) => {
    const paint = new OffscreenCanvas(1, 1).getContext('2d');
    if (!paint) throw new Error('no canvas');
    paint.fillStyle = getComputedStyle(element).backgroundColor;
    paint.fillRect(0, 0, 1, 1);
    return Math.max(...paint.getImageData(0, 0, 1, 1).data.subarray(0, 3)) / 255;
  });
}

describe('the first view of the home page', () => {
  test('takes at most 6 requests and 30 KB; the next page of a kind then takes one', async () => {
    const { page } = await visit(browser, panel, { cookie: cookies.get('alice') });
    const first = await transferred(page, '/home');
    expect(first.length).toBeLessThanOrEqual(6);
    expect(first.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(30 * 1024);
    // The page, and the script that lists have.
    expect(await transferred(page, '/list/ticket')).toHaveLength(2);
    expect(await transferred(page, '/list/payment')).toHaveLength(1);
    await page.context().close();
  });

  test('takes as little in Arabic', async () => {
    const cookie = cookies.get('alice');
    await speak(panel, 'ar', cookie ? [cookie] : []);
    const { page } = await visit(browser, panel, { cookie });
    const sizes = await transferred(page, '/home');
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(30 * 1024);
    await speak(panel, 'en', cookie ? [cookie] : []);
    await page.context().close();
  });
});

/** What goes to a page: the size of each answer that came over the wire, compressed, with its headers. */
async function transferred(page: Page, path: string): Promise<number[]> {
  const devtools = await page.context().newCDPSession(page);
  const sizes: number[] = [];
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => void sizes.push(encodedDataLength));
  await devtools.send('Network.enable');
  await page.goto(path, { waitUntil: 'networkidle' });
  await devtools.detach();
  return sizes.filter((size) => size > 0);
}

describe('a visitor with a keyboard', () => {
  const focused = (page: Page) =>
    page.evaluate(() => {
      const element = document.activeElement ?? document.body;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const { width, height } = element.getBoundingClientRect();
      const text = element.textContent?.replace(/\s+/g, ' ').trim() ?? '';
      return { text, outline: outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth), width, height };
    });

  test('reaches the skip link first, and by it the content', async () => {
    const page = await open('/home', { login: 'alice' });
    await page.keyboard.press('Tab');
    const { text, width, height } = await focused(page);
    expect(text).toBe('Skip to content');
    expect(Math.min(width, height)).toBeGreaterThan(20);
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.keyboard.press('Tab');
    expect((await focused(page)).text).toBe('Customise');
    await page.context().close();
  });

  test('sees the focus at every stop of the page', async () => {
    const page = await open('/home', { login: 'alice' });
    const stops = await page
      .locator('a[href]:visible, summary:visible, button:visible, [tabindex="0"]:visible')
      .count();
    for (let stop = 0; stop < stops; stop += 1) {
      await page.keyboard.press('Tab');
      const { text, outline, width } = await focused(page);
      expect(outline, text).toBeGreaterThanOrEqual(2);
      expect(width, text).toBeGreaterThan(1);
    }
    await page.context().close();
  });

  test('opens the menu with Enter and reaches everything in it', async () => {
    const page = await open('/home', { login: 'bob' });
    await page.locator('.menu summary').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('.menu').getAttribute('open')).not.toBeNull();
    const texts: string[] = [];
    for (let stop = 0; stop < 11; stop += 1) {
      await page.keyboard.press('Tab');
      texts.push((await focused(page)).text);
    }
    expect(texts).toEqual([
      ...['English', 'العربية', 'Deutsch', 'Русский', 'System', 'Light', 'Dark'],
      ...['Control panel settings', 'Sign-ins', 'Sign out', 'Sign out everywhere'],
    ]);
    await page.context().close();
  });
});

describe('the way home', () => {
  test.each([
    ['the name of the panel', '.brand'],
    ['the icon in the navigation', '.nav a:has(.icon)'],
  ])('is %s', async (_name, selector) => {
    const page = await open('/list/ticket', { login: 'alice' });
    await page.locator(selector).click();
    expect(pathOf(page)).toBe('/home');
    expect(await page.locator(selector).textContent()).toContain('Home');
    await page.context().close();
  });
});

describe('the picture in the README', () => {
  const PICTURE = 'test/browser/home.png';

  // `UPDATE=1` takes it anew; a palette (`convert home.png +dither -quantize Lab -colors 255 png8:home.png`) then makes it small.
  test('shows the home page, and is small', async () => {
    if (process.env.UPDATE === '1') {
      const page = await open('/home', { login: 'alice', viewport: { width: 1280, height: 900 } });
      const { bottom } = await page.locator('.regions').evaluate((regions) => regions.getBoundingClientRect());
      await page.screenshot({ path: PICTURE, fullPage: true, clip: { x: 0, y: 0, width: 1280, height: bottom + 32 } });
      await page.context().close();
    }
    const picture = await readFile(ownFile(PICTURE));
    expect(picture.toString('latin1', 1, 4)).toBe('PNG');
    expect(picture.readUInt32BE(16)).toBe(1280);
    expect(picture.length).toBeLessThan(120 * 1024);
    expect(await readFile(ownFile('README.md'), 'utf8')).toContain(`](${PICTURE})`);
  });
});

describe('an edited layout', () => {
  const PATH = 'layouts/billmgr_dashboard_5.xml';

  test('is on the page after a reload; a broken one changes nothing, and only staff are told', async () => {
    const text = await readFile(ownFile(PATH), 'utf8');
    const [customer, staff] = [await open('/home', { login: 'alice' }), await open('/home', { login: 'admin' })];
    const isShown = async (page: Page, what: string) => {
      await page.reload();
      return (await page.locator('main').textContent())?.includes(what) === true;
    };

    await panel.write(PATH, text.replace('<block name="tickets"', '<block title="Open questions" name="tickets"'));
    await vi.waitFor(async () => expect(await isShown(customer, 'Open questions')).toBe(true), { timeout: 5000 });

    await panel.write(PATH, text.replace('func="ticket"', 'func="tickt"'));
    await vi.waitFor(async () => expect(await isShown(staff, 'named "tickt"')).toBe(true), { timeout: 5000 });
    expect(await staff.locator('aside').textContent()).toMatch(/layouts\/billmgr_dashboard_5\.xml:\d+:\d+/);
    expect(await isShown(customer, 'tickt')).toBe(false);
    expect(await isShown(customer, 'Open questions')).toBe(true);

    await panel.write(PATH, text);
    await vi.waitFor(async () => expect(await isShown(customer, 'Active tickets')).toBe(true), { timeout: 5000 });
    expect(await isShown(staff, 'tickt')).toBe(false);
    await Promise.all([customer, staff].map((page) => page.context().close()));
  });
});
