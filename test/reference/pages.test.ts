/** The files that are made from contracts, rules and fixtures: `npm run reference` writes them, and here they are compared. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createCatalogue } from '../../src/catalogue.ts';
import { PACKAGE } from '../../src/content.ts';
import { ruleExamples } from '../../src/reference/examples.ts';
import { diagnosticsPage, elementTables } from '../../src/reference/index.ts';
import { lintel } from '../support/command.ts';

const read = (path: string) => readFileSync(join(PACKAGE, path), 'utf8');
const MARKED = /(<!-- reference: [^\n]*-->\n)[\s\S]*(<!-- end of the reference -->)/;

/** Path → how it is made. */
const PAGES: Readonly<Record<string, () => string | Promise<string>>> = {
  'layouts/lintel.xsd': async () => (await lintel(['schema'])).stdout,
  'layouts/DIAGNOSTICS.md': () => diagnosticsPage(ruleExamples(PACKAGE)),
  'layouts/README.md': () =>
    read('layouts/README.md').replace(
      MARKED,
      (_whole, begin: string, end: string) => `${begin}\n${elementTables(createCatalogue().elements)}\n${end}`,
    ),
};

describe('what is made from the contracts', () => {
  test.each(Object.keys(PAGES))('is in %s as `npm run reference` writes it', async (path) => {
    const made = (await PAGES[path]?.()) ?? '';
    if (process.env.UPDATE === '1') writeFileSync(join(PACKAGE, path), made);
    expect(read(path)).toBe(made);
  });

  test('says something of every element and attribute', () => {
    const page = read('layouts/README.md');
    for (const { name, attributes } of createCatalogue().elements.values()) {
      expect(page).toContain(`\n### \`${name}\`\n`);
      for (const attribute of Object.keys(attributes.properties)) expect(page).toContain(`\n| \`${attribute}\` |`);
    }
  });

  test('explains every code with an example that is wrong and one that is right', () => {
    const page = read('layouts/DIAGNOSTICS.md');
    for (const { code, bad } of ruleExamples(PACKAGE)) {
      const [, section = ''] = page.split(`\n## ${code}\n`);
      expect(section).toContain('\nWrong:\n');
      expect(section).toContain('\nRight:\n');
      expect([code, bad?.output]).toEqual([code, expect.stringContaining(`[${code}]`)]);
    }
  });
});
