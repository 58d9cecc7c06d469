import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { billing } from '../../src/billing/index.ts';
import { createCatalogue } from '../../src/catalogue.ts';
import { iconNames, PACKAGE, readDocuments } from '../../src/content.ts';
import { type ImportContext, importFamily, type Target } from '../../src/import/index.ts';
import { compileContent } from '../../src/revision.ts';
import { xmlLimits } from '../../src/xml/limits.ts';
import { randomFrom } from '../fuzz/documents.ts';

const own = readDocuments([PACKAGE]);
const icons = iconNames(own);
const catalogue = createCatalogue(billing);
const context: ImportContext = { catalogue, documents: own.documents, icons, limits: xmlLimits };
const panel = join(import.meta.dirname, 'panel/etc/xml');
const files = readdirSync(panel)
  .sort()
  .map((name) => ({ path: name, text: readFileSync(join(panel, name), 'utf8') }));

/** The panel's files with some of their words and marks changed, moved or doubled. */
function bent(seed: number) {
  const random = randomFrom(seed);
  return files.map(({ path, text }) => {
    const words = text.split(/(?<=[\s<>"=/])|(?=[\s<>"=/])/);
    for (let count = Math.floor(random() * 3); count > 0; count--) {
      const [at, from] = [Math.floor(random() * words.length), Math.floor(random() * words.length)];
      words[at] = /^\w/.test(words[at] ?? '')
        ? (words.filter((word) => /^\w/.test(word))[from % 50] ?? '')
        : (words[at] ?? '');
    }
    return { path, bytes: Buffer.from(words.join('')) };
  });
}

async function problemsIn(targets: readonly Target[]) {
  const made = targets.map(({ path, work }) => ({ path, bytes: Buffer.from(work.text) }));
  const only = new Set(made.map(({ path }) => path));
  const documents = [...own.documents.filter(({ path }) => !only.has(path)), ...made];
  const checked = { catalogue, manager: 'billmgr', icons, database: undefined, structureOnly: true, only };
  const { diagnostics } = await compileContent({ documents }, checked);
  return diagnostics.filter(({ severity }) => severity !== 'info');
}

test('whatever is in the files, what is made of them passes the check of structure', async () => {
  for (let seed = 1; seed <= 15; seed++) {
    const given = bent(seed);
    const { targets, diagnostics } = await importFamily(given, context);
    expect(await problemsIn(targets), `seed ${seed}`).toEqual([]);
    const paths = new Set(given.map(({ path }) => path));
    for (const { source, range } of diagnostics) {
      expect(paths.has(source.path), `seed ${seed}`).toBe(true);
      expect(range.end).toBeLessThanOrEqual(source.text.length);
    }
  }
}, 120_000);
