/// <reference lib="dom" />
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PSEUDO } from '../../src/pseudo.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Panel, startPanel } from '../support/panel.ts';
import { STATES } from './states.ts';
import { become, speak, tooWide, visit } from './visit.ts';

/** What is written by people, in their own words, and what is a name everywhere. */
const OWN_WORDS =
  'article, .prose, .notice h2, .thread, kbd, code, .demo dd, [lang]:not(html), :is([name=language], [name=zone]) option';
const NAMES = /^(?:Lintel|CSV|EUR|USD|RUB|Debian 12|Ubuntu .*|AlmaLinux 9|Rocky Linux 9|TLS|demo|[A-Z]{3})$/;
/** As `Intl` writes amounts, dates and distances. */
const WRITTEN =
  /^(?:[\d\s.,:%€$₽/+()–-]|RUB|EUR|USD|K|M|AM|PM|UTC|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*|(?:in|ago|days?|yesterday|today|tomorrow|and|to)\b)*$/;

let browser: Browser;
let panel: Panel;
const cookies = new Map<string, string>();
/** All text that the store holds: what stands on a page without being translated. */
let stored = '';

beforeAll(async () => {
  [browser, panel] = await Promise.all([launchChromium(), startPanel({ pseudo: true })]);
  for (const login of new Set(STATES.map((state) => state.login))) {
    if (login) cookies.set(login, await panel.signIn(login));
  }
  await speak(panel, PSEUDO, cookies.values());
  const { knex } = panel.database;
  for (const table of ['user', 'account', 'customer', 'service', 'ticket', 'payment', 'session', 'product', 'entry'])
    if (await knex.schema.hasTable(table)) stored += JSON.stringify(await knex(table).select());
});
afterAll(() => Promise.all([browser.close(), panel.stop()]));

/** The texts of a page, and those of its attributes that are read out, without what stands in brackets. */
async function unbracketed(page: Page): Promise<string[]> {
  const texts = await page.evaluate((ownWords) => {
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    const found: string[] = [document.title];
    const blocks = new Map<Element, string>();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const holder = node.parentElement;
      if (!holder || holder.closest(ownWords) || ['SCRIPT', 'STYLE', 'TITLE'].includes(holder.tagName)) continue;
      const block =
        holder.closest('p, li, dt, dd, td, th, label, legend, option, h1, h2, h3, button, a, summary, figcaption') ??
        holder;
      blocks.set(block, `${blocks.get(block) ?? ''}\n${node.textContent}`);
    }
    found.push(...blocks.values());
    for (const one of document.querySelectorAll('[title], [aria-label], [placeholder], [alt], [data-label]'))
      for (const name of ['title', 'aria-label', 'placeholder', 'alt', 'data-label'])
        if (!one.closest(ownWords)) found.push(one.getAttribute(name) ?? '');
    return found;
  }, OWN_WORDS);
  const left = texts.map((text) => {
    let rest = text;
    while (/\[[^[\]]*\]/.test(rest)) rest = rest.replace(/\[[^[\]]*\]/g, '\n');
    return rest.split(/[\n·]/).map((part) => part.trim());
  });
  return [...new Set(left.flat())].filter((text) => /\p{L}/u.test(text) && !isData(text));
}

function isData(text: string): boolean {
  if (NAMES.test(text) || WRITTEN.test(text)) return true;
  const quoted = JSON.stringify(text).slice(1, -1);
  // Names and packages are put together with a comma.
  return (
    stored.includes(quoted) ||
    quoted.split(/, | \(|\)|: /).every((part) => NAMES.test(part) || WRITTEN.test(part) || stored.includes(part))
  );
}

describe('in the pseudo-language', () => {
  const problems = new Map<string, { words: string[]; wide: string[] }>();
  beforeAll(async () => {
    const { page } = await visit(browser, panel, { viewport: { width: 320, height: 640 }, locale: PSEUDO });
    for (const { name, path, login, act } of STATES) {
      await become(page, panel, cookies.get(login ?? ''));
      await page.goto(path);
      await act?.(page);
      problems.set(name, { words: await unbracketed(page), wide: await tooWide(page) });
    }
    await page.context().close();
  }, 120_000);

  test.each(STATES)('$name has no text that nobody could translate', ({ name }) => {
    expect(problems.get(name)?.words).toEqual([]);
  });

  test.each(STATES)('$name scrolls nowhere sideways at 320 px', ({ name }) => {
    expect(problems.get(name)?.wide).toEqual([]);
  });
});
