import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ContentFile } from '../../src/content.ts';
import type { Database } from '../../src/database.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { pretty } from '../../src/diagnostics/reporters/index.ts';
import type { Rule } from '../../src/rule.ts';
import * as rules from '../../src/rules/index.ts';
import { findingsWith, fixtureOf, openTables, surroundings } from './_content/compile.ts';

const here = import.meta.dirname;
const sources = join(here, '../../src/rules');
const layouts = join(here, '../../layouts');
const isUpdate = process.env.UPDATE === '1';

/** A fixture is one file, or a folder of content files. */
function filesOf(path: string): ContentFile[] {
  if (path.endsWith('.xml')) return [fixtureOf(readFileSync(path))];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(path, file).split(sep).join('/'), bytes: readFileSync(file) }));
}

const codes = readdirSync(sources)
  .filter((file) => file !== 'index.ts')
  .map((file) => file.replace(/\.ts$/, ''));
const fixturesOf = (code: string) =>
  existsSync(join(here, code)) ? readdirSync(join(here, code)).filter((file) => !file.endsWith('.out')) : [];
const fixtures = codes.flatMap((code) =>
  fixturesOf(code).map((file) => ({ code, name: file.replace(/\.xml$/, ''), path: join(here, code, file) })),
);

let tables: Awaited<ReturnType<typeof openTables>>;
let database: Database;
beforeAll(async () => {
  tables = await openTables();
  database = tables.database;
});
afterAll(() => tables.close());

// What a fixture leaves out of the company's content is left over, which is what these are about.
const isOfFixture = ({ code }: Diagnostic) => code !== 'unused-message' && code !== 'unused-function';

describe('a rule', () => {
  test.each(fixtures)('$code finds what $name.out says', async ({ code, path }) => {
    const all = await findingsWith(filesOf(path), database);
    const diagnostics = all.filter(
      (one) => one.code === code || !['unused-message', 'unused-function'].includes(one.code),
    );
    const report = pretty(diagnostics, { colour: false, files: 1 });
    const expected = `${path.replace(/\.xml$/, '')}.out`;
    if (isUpdate) writeFileSync(expected, report);
    expect(report).toBe(readFileSync(expected, 'utf8'));
    expect(diagnostics.filter((diagnostic) => diagnostic.code !== code)).toEqual([]);
  });

  test('finds nothing in the content around the fixtures', async () => {
    expect((await findingsWith([], database)).filter(isOfFixture)).toEqual([]);
  });

  test.each(fixtures)('$code / $name has nothing that rules miss by what they are for', async ({ path }) => {
    const files = filesOf(path);
    const all = Object.values(rules).map((rule) => ({ ...rule, isFor: undefined, needs: undefined }) as Rule);
    expect(await findingsWith(files, database, all)).toEqual(await findingsWith(files, database));
  });

  // What another file says is wrong only because of a slip here is not a finding of its own.
  test.each([
    ['a file that cannot be read', '<mgrdata><metadata</mgrdata>', ['invalid-syntax']],
    [
      'a file with an unknown outer element',
      '<mgrdat><metadata name="ticket" type="form"/></mgrdat>',
      ['unknown-element'],
    ],
    ['a definition without a name', '<mgrdata><metadata nam="ticket" type="form"/></mgrdata>', ['unknown-attribute']],
    [
      'a text without a name',
      '<mgrdata><lang name="en"><messages name="ticket"><msg>Tickets</msg></messages></lang></mgrdata>',
      ['missing-attribute'],
    ],
    ['a definition of an unknown type', '<mgrdata><metadata name="ticket" type="lst"/></mgrdata>', ['invalid-value']],
  ])('finds one thing in %s, however much refers to it', async (_, text, found) => {
    const layout = fixtureOf(readFileSync(join(here, 'unknown-button/clean.xml')));
    const forms =
      '<mgrdata><metadata name="ticket.new" type="form"/><metadata name="ticket.edit" type="form"/></mgrdata>';
    const files = [
      layout,
      { path: 'data/ticket.xml', bytes: Buffer.from(text) },
      { path: 'data/forms.xml', bytes: Buffer.from(forms) },
    ];
    const diagnostics = (await findingsWith(files, database)).filter(isOfFixture);
    expect(diagnostics.map(({ code }) => code)).toEqual(found);
  });

  test('reads past a definition whose parts have no names', async () => {
    const text =
      '<mgrdata><metadata name="ticket" type="list"><toolbar><toolbtn/></toolbar><coldata><col/></coldata></metadata></mgrdata>';
    const layout = fixtureOf(readFileSync(join(here, 'unknown-button/several.xml')));
    const findings = await findingsWith([layout, { path: 'data/ticket.xml', bytes: Buffer.from(text) }], undefined);
    const found = findings.filter(({ source }) => source.path === 'data/ticket.xml').map(({ code }) => code);
    expect(new Set(found)).toEqual(new Set(['missing-attribute', 'missing-query']));
    // Any of them may be the nameless one.
    expect(findings.filter(({ code }) => code === 'unknown-button')).toEqual([]);
  });
});

describe('the catalogue of rules', () => {
  const known = Object.entries(rules);

  test.each(codes)('lists %s under its own name', (code) => {
    const camel = code.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    expect(known.find(([name]) => name === camel)?.[1].code).toBe(code);
  });

  test('lists nothing else', () => {
    expect(known.map(([, { code }]) => code).sort()).toEqual([...codes].sort());
  });

  test.each(known)('says of %s what is wrong, in a sentence', (_, { about }) => {
    expect(about).toMatch(/^[A-Z].+\.$/);
  });

  test.each(codes)('has a clean fixture of %s', (code) => {
    expect(outputOf(code, 'clean')).toBe('No problems in 1 file.\n');
  });

  // A file that cannot be read has one finding, for nothing behind it can be trusted.
  test.each(codes)('has a fixture of %s with two findings, or with two slips in one file', (code) => {
    const counts = fixturesOf(code).map(
      (file) => outputOf(code, file.replace(/\.xml$/, '')).split(`[${code}]`).length - 1,
    );
    const stopsReading = ['invalid-syntax', 'invalid-encoding', 'doctype', 'too-large'].includes(code);
    expect(Math.max(0, ...counts)).toBeGreaterThanOrEqual(stopsReading ? 1 : 2);
  });

  test.each(codes)('has a fixture of %s with a tab and Cyrillic before the place', (code) => {
    const isFound = fixturesOf(code).some((file) => {
      const texts = new Map(
        filesOf(join(here, code, file)).map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]),
      );
      const places = outputOf(code, file.replace(/\.xml$/, '')).matchAll(/^([^ ]+\.\w+):(\d+):/gm);
      return [...places].some(([, path = '', line]) => {
        const before = texts.get(path)?.split('\n').slice(0, Number(line)).join('\n') ?? '';
        return /\t/.test(before) && /\p{Script=Cyrillic}/u.test(before);
      });
    });
    expect(isFound).toBe(true);
  });

  function outputOf(code: string, name: string): string {
    return readFileSync(join(here, code, `${name}.out`), 'utf8');
  }
});

describe('a damaged file', () => {
  const layoutFiles = [layouts, join(layouts, 'lang')]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
    .filter((path) => path.endsWith('.xml'))
    .map((path) => readFileSync(path));
  const files = [
    ...fixtures.flatMap(({ path }) => filesOf(path)).filter(({ path }) => !path.endsWith('.njk')),
    ...layoutFiles.map(fixtureOf),
  ];
  const anyFile = fc.constantFrom(...[...files, ...surroundings].filter(({ bytes }) => bytes.length > 0));
  const anyPlace = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const anyByte = fc.oneof(fc.constantFrom(...Buffer.from('<>&"\'/=! -]:;\0\t\n')), fc.integer({ min: 0, max: 255 }));

  test('is never too much when it is cut off', async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, anyFile, anyPlace, ({ path, bytes }, other, place) =>
        hasSaneFindings({ path, bytes: bytes.subarray(0, Math.floor(bytes.length * place)) }, other),
      ),
      { numRuns: 250, seed: 1 },
    );
  });

  test('is never too much with one character changed', async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, anyFile, anyPlace, anyByte, ({ path, bytes }, other, place, byte) => {
        const damaged = Buffer.from(bytes);
        damaged[Math.floor(bytes.length * place)] = byte;
        return hasSaneFindings({ path, bytes: damaged }, other);
      }),
      { numRuns: 400, seed: 2 },
    );
  });

  test('is never too much with one character missing or twice', async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, anyFile, anyPlace, fc.boolean(), ({ path, bytes }, other, place, isTwice) => {
        const at = Math.floor(bytes.length * place);
        const damaged = Buffer.concat([
          bytes.subarray(0, isTwice ? at + 1 : at),
          bytes.subarray(isTwice ? at : at + 1),
        ]);
        return hasSaneFindings({ path, bytes: damaged }, other);
      }),
      { numRuns: 400, seed: 3 },
    );
  });

  test('is never too much when it is a template', async () => {
    const templates = fixtures.flatMap(({ path }) => filesOf(path)).filter(({ path }) => path.endsWith('.njk'));
    const anyTemplate = fc.constantFrom(...templates);
    await fc.assert(
      fc.asyncProperty(anyTemplate, anyPlace, anyByte, fc.boolean(), ({ path, bytes }, place, byte, isCut) => {
        const at = Math.floor(bytes.length * place);
        const damaged = Buffer.from(isCut ? bytes.subarray(0, at) : bytes);
        if (!isCut) damaged[at] = byte;
        return hasSaneFindings({ path, bytes: damaged }, { path: 'data/none.xml', bytes: Buffer.from('<mgrdata/>') });
      }),
      { numRuns: 40, seed: 4 },
    );
  });

  async function hasSaneFindings(damaged: ContentFile, other: ContentFile): Promise<void> {
    for (const { source, range, related = [] } of await findingsWith([other, damaged], database)) {
      for (const place of [{ source, range }, ...related]) {
        expect(place.range.start).toBeGreaterThanOrEqual(0);
        expect(place.range.end).toBeGreaterThanOrEqual(place.range.start);
        expect(place.range.end).toBeLessThanOrEqual(place.source.text.length);
      }
    }
  }
});
