/// <reference lib="dom" />
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Panel } from '../support/panel.ts';

export interface Visitor extends BrowserContextOptions {
  /** As `Panel.signIn` gives it. */
  readonly cookie?: string | undefined;
}

export interface Visit {
  readonly page: Page;
  /** What went wrong while the page was open: errors on the console, breaches of the policy, requests that failed. */
  readonly problems: string[];
}

/** An empty page in a browser profile of its own; close its context when done. Links are relative to the panel. */
export async function visit(browser: Browser, panel: Panel, { cookie, ...options }: Visitor = {}): Promise<Visit> {
  const context = await browser.newContext({ baseURL: panel.address, reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(10_000);
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`policy breached: ${violatedDirective} by ${blockedURI}`),
    );
  });
  const page = await context.newPage();
  await become(page, panel, cookie);
  const problems: string[] = [];
  page.on('console', (message) => {
    // A page that answers 404 is no problem; what it loads and does not get is seen below.
    const isKnown =
      ['log', 'info', 'debug', 'verbose'].includes(message.type()) || message.text().startsWith('Failed to load');
    if (!isKnown) problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('requestfailed', (request) => {
    // What a page is left before it has loaded is no problem.
    const why = request.failure()?.errorText ?? '';
    if (why !== 'net::ERR_ABORTED') problems.push(`${request.url()}: ${why}`);
  });
  page.on('response', (response) => {
    const isPage = response.request().isNavigationRequest();
    if (response.status() >= 400 && !isPage) problems.push(`${response.url()}: ${response.status()}`);
  });
  return { page, problems };
}

/** Makes the visitor of a page somebody else, or nobody: far cheaper than a new profile. */
export async function become(page: Page, panel: Panel, cookie: string | undefined): Promise<void> {
  // A page that is open would see that it is signed out, and load itself anew.
  await page.goto('about:blank');
  await page.context().clearCookies();
  const [name = '', value = ''] = cookie?.split('=') ?? [];
  if (cookie) await page.context().addCookies([{ name, value, url: panel.address }]);
}

/** The language of a visitor is a setting; before sign-in it is the browser's. */
export async function speak(panel: Panel, language: string, cookies: Iterable<string>): Promise<void> {
  for (const cookie of cookies) await panel.post('/settings', { language }, { cookie });
}

/** What scrolls sideways: the page, or a block in it. Empty when all fits. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, .block')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ localName, id, scrollWidth, clientWidth }) => `${localName} ${id}: ${scrollWidth} in ${clientWidth} px`),
  );
}
