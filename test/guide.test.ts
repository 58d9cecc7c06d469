import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PACKAGE } from '../src/content.ts';
import type { Engine } from '../src/engine.ts';
import { sectionsOf } from '../src/guide.ts';
import { type Bed, startBed } from './support/bed.ts';

const HELP = join(PACKAGE, 'templates/help');
const LANGUAGES = readdirSync(join(PACKAGE, 'layouts/lang')).map((file) => file.replace('.xml', ''));
const filesOf = (language: string) => readdirSync(join(HELP, language)).sort();
const anchorOf = (file: string) => (/^\d+-(.*)\.njk$/.exec(file)?.[1] ?? '').replaceAll('.', '-');

let bed: Bed;
let engine: Engine;
beforeAll(async () => {
  bed = await startBed();
  engine = await bed.engine();
});
afterAll(() => bed.stop());

const guideOf = async (login: string, language = 'en', from = engine) =>
  String(from.help(await bed.scopeOf(login, { language })).body);
const contentsOf = (html: string) => {
  const [contents = ''] = /<nav class="contents"[\s\S]*?<\/nav>/.exec(html) ?? [];
  return [...contents.matchAll(/href="#([^"]+)">([^<]+)</g)].map(([, name = '', title = '']) => ({ name, title }));
};
const idsOf = (html: string) => [...html.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id);

describe.each(LANGUAGES)('the guide in %s', (language) => {
  test('has every section', () => {
    expect(filesOf(language)).toEqual(filesOf('en'));
  });

  test.each(['alice', 'dana', 'admin'])('has a contents of titles that lead to its sections, for %s', async (login) => {
    const html = await guideOf(login, language);
    const contents = contentsOf(html);
    expect(contents.map(({ name }) => name)).toEqual(idsOf(html));
    expect(contents.length).toBeGreaterThan(5);
    for (const { name, title } of contents) expect(title.replaceAll('.', '-')).not.toBe(name);
  });

  test.each(['alice', 'dana', 'admin'])('leads only to where %s may go', async (login) => {
    const html = await guideOf(login, language);
    const scope = await bed.scopeOf(login);
    const [, article = ''] = html.split('<article>');
    for (const [, anchor = ''] of article.matchAll(/href="#([^"]+)"/g)) expect(idsOf(html)).toContain(anchor);
    for (const [, func = ''] of article.matchAll(/href="\/list\/([^"]+)"/g)) {
      expect(await engine.list(scope, func, new URLSearchParams()), func).toBeDefined();
    }
  });

  test('calls things as the panel does', () => {
    const words = readFileSync(join(PACKAGE, 'layouts/lang', `${language}.xml`), 'utf8');
    for (const file of filesOf(language)) {
      const template = readFileSync(join(HELP, language, file), 'utf8');
      for (const [whole, func = '', key = ''] of template.matchAll(/label\('([^']+)', '([^']+)'\)/g)) {
        const [group = ''] =
          new RegExp(`<messages name="${func.replace('.', '\\.')}">[\\s\\S]*?</messages>`).exec(words) ?? [];
        expect(group, `${file}: ${whole}`).toContain(`<msg name="${key}">`);
      }
    }
  });
});

describe('the guide', () => {
  test('tells nobody of what they may not do', async () => {
    expect(idsOf(await guideOf('alice'))).toEqual(
      filesOf('en')
        .map(anchorOf)
        .filter((name) => name !== 'ticket-queue'),
    );
    const dana = await guideOf('dana');
    expect(idsOf(dana)).not.toContain('payment');
    expect(dana).not.toMatch(/Add funds|\/list\/payment|\/list\/account/);
    expect(idsOf(await guideOf('admin'))).toEqual([
      'home',
      'lists',
      'ticket-queue',
      'usrparam',
      'session',
      'colleagues',
      'devices',
    ]);
  });

  test('says what the store does: when sign-ins end, how long a password is', async () => {
    const sessions = readFileSync(join(PACKAGE, 'src/store/sessions.ts'), 'utf8');
    const [, hours, days] = /idleHours = (\d+), absoluteDays = (\d+)/.exec(sessions) ?? [];
    const customer = readFileSync(join(PACKAGE, 'data/customer.xml'), 'utf8');
    const [, least] = /name="password" type="password" minlength="(\d+)"/.exec(customer) ?? [];
    expect(await guideOf('alice')).toContain(`${hours} hours after you last used it, and after ${days} days`);
    expect(await guideOf('alice', 'ru')).toContain(
      `через ${hours} часов после последнего запроса и в любом случае через ${days} дней`,
    );
    expect(await guideOf('alice')).toContain(`at least ${least} characters`);
  });

  test('is the host’s own where the host wrote a section', async () => {
    const own = await bed.engine({
      'templates/help/en/40-payment.njk': '<p>Pay at our desk.</p>',
      'templates/help/en/65-backups.njk': '<p>Ask for a copy.</p>',
    });
    const html = await guideOf('alice', 'en', own);
    expect(html).toContain('<p>Pay at our desk.</p>');
    expect(html).not.toContain('When the bank says nothing');
    expect(html).toMatch(/<section id="service-renew"[\s\S]*<section id="backups"[\s\S]*<section id="ticket"/);
    expect(await guideOf('alice', 'ru', own)).toMatch(/<section id="backups" lang="en" dir="auto">/);
  });

  test('is in the first language where its own says nothing', () => {
    const templates = ['help/en/10-a.njk', 'help/en/20-b.njk', 'help/ru/20-b.njk', 'pages/help.njk'];
    const sections = sectionsOf(templates, 'ru', ['en', 'ru']);
    expect(sections.map(({ name, language }) => `${name} ${language}`)).toEqual(['a en', 'b ru']);
    expect(sectionsOf(templates, 'de', ['en', 'ru']).map(({ language }) => language)).toEqual(['en', 'en']);
  });
});
