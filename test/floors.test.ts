import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';

/** From the bottom up. A file imports from its own floor or a lower one; rooms on one floor are strangers to each other. */
const FLOORS: readonly (readonly string[])[] = [
  ['diagnostics/'],
  ['xml/'],
  ['element.ts'],
  ['elements/'],
  ['CONTRACTS'],
  ['definition.ts'],
  ['form-description.ts', 'report-description.ts', 'source-description.ts'],
  ['charts/'],
  ['blocks/', 'columns/', 'controls/', 'sources/', 'rules/', 'pipeline/', 'store/', 'billing/'],
  ['catalogue.ts', 'content.ts'],
  ['revision.ts', 'folded.ts', 'tones.ts'],
  ['navigation.ts'],
  ['frame.ts'],
  ['pages.ts'],
  ['trial.ts'],
  ['live-content.ts'],
  ['changes.ts', 'forms.ts', 'told.ts', 'lists.ts', 'notices.ts', 'reports.ts'],
  ['block-rows.ts', 'needs.ts'],
  ['parts.ts', 'customise-view.ts'],
  ['home.ts', 'why.ts', 'customise.ts'],
  ['engine.ts', 'reference/', 'import/'],
  ['index.ts', 'server/'],
  ['cli/'],
];

/** Where an npm package or a part of node may be imported. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  koa: ['server/'],
  '@koa/': ['server/'],
  nunjucks: ['pipeline/render.ts', 'pipeline/template-tree.ts'],
  knex: ['database.ts', 'database/', 'store/migrations/'],
  sqlite3: ['database.ts', 'database/'],
  pg: ['database.ts', 'database/'],
  'fast-xml-parser': ['xml/'],
  saxes: ['xml/'],
  typebox: ['element.ts', 'house/schema.ts', 'configuration-schema.ts', 'configuration.ts'],
  ajv: ['reference/', 'pipeline/form-check.ts'],
  'ajv-formats': ['pipeline/form-check.ts'],
  commander: ['cli/'],
  '@node-rs/argon2': ['password.ts'],
  'rate-limiter-flexible': ['server/', 'tries.ts'],
  'csv-stringify': ['pipeline/csv.ts'],
  'htmx.org': ['browser/'],
  sortablejs: ['browser/'],
  marked: ['pipeline/markdown.ts'],
  'sanitize-html': ['pipeline/markdown.ts'],
  'd3-array': ['charts/'],
  'd3-scale': ['charts/'],
  'd3-shape': ['charts/'],
  'prom-client': ['server/'],
  cockatiel: ['provider-limits.ts'],
  'lru-cache': ['keep.ts', 'database/', 'server/'],
  undici: ['sources/'],
  'ipaddr.js': ['sources/'],
  'node:fs': ['content.ts', 'cli/', 'server/', 'store/', 'database.ts', 'database/'],
};

const root = join(import.meta.dirname, '../src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((path) => path.split('\\').join('/'))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'));
const sources = new Map(files.map((path) => [path, readFileSync(join(root, path), 'utf8')]));

function importsOf(path: string): string[] {
  const source = sources.get(path) ?? '';
  return [...source.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, name]) => name ?? '');
}

function ownImports(path: string): string[] {
  return importsOf(path)
    .filter((name) => name.startsWith('.') && !name.endsWith('generated.d.ts'))
    .map((name) => posix.join(posix.dirname(path), name));
}

const isIn = (path: string, room: string) => (room.endsWith('/') ? path.startsWith(room) : path === room);

function floorOf(path: string): number {
  const floor = FLOORS.findIndex((rooms) => rooms.some((room) => isIn(path, room)));
  return floor === -1 ? FLOORS.findIndex(([room]) => room === 'CONTRACTS') : floor;
}

function roomOf(path: string): string {
  return FLOORS.flat().find((room) => isIn(path, room)) ?? 'CONTRACTS';
}

describe('imports', () => {
  test.each(files)('%s imports only downwards, and no stranger', (path) => {
    for (const used of ownImports(path)) {
      expect(floorOf(used), `${path} imports ${used}`).toBeLessThanOrEqual(floorOf(path));
      if (floorOf(used) === floorOf(path)) expect(roomOf(used), `${path} imports ${used}`).toBe(roomOf(path));
    }
  });

  test('a file in a catalogue folder imports no sibling', () => {
    const catalogues = [
      'elements/',
      'blocks/',
      'columns/',
      'controls/',
      'rules/',
      'diagnostics/reporters/',
      'cli/commands/',
    ];
    for (const path of files.filter((file) => !file.endsWith('/index.ts'))) {
      const folder = catalogues.find((name) => path.startsWith(name));
      if (!folder) continue;
      for (const used of ownImports(path)) {
        const isSibling = used.startsWith(folder) && !used.slice(folder.length).includes('/');
        expect(isSibling, `${path} imports ${used}`).toBe(false);
      }
    }
  });

  test('no file imports itself round a circle', () => {
    const done = new Set<string>();
    const visit = (path: string, way: readonly string[]) => {
      expect(way, 'a circle of imports').not.toContain(path);
      if (done.has(path)) return;
      for (const used of ownImports(path)) visit(used, [...way, path]);
      done.add(path);
    };
    for (const path of files) visit(path, []);
  });

  test('each package stays in its home', () => {
    for (const path of files) {
      for (const name of importsOf(path)) {
        const [key] = Object.keys(HOMES).filter(
          (home) => name === home || name.startsWith(home.endsWith('/') ? home : `${home}/`),
        );
        const homes = key === undefined ? undefined : HOMES[key];
        if (homes)
          expect(
            homes.some((home) => isIn(path, home)),
            `${path} imports ${name}`,
          ).toBe(true);
      }
    }
  });
});

describe('the surroundings', () => {
  test('only the command line speaks to the console and the process', () => {
    for (const [path, source] of sources) {
      if (path.startsWith('cli/')) continue;
      expect(/\b(console|process)\./.test(source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')), path).toBe(false);
    }
  });

  test('clock and randomness are passed in', () => {
    for (const [path, source] of sources) {
      if (path.startsWith('cli/')) continue;
      expect(/Math\.random|Date\.now\(\)|new Date\(\)/.test(source), path).toBe(false);
    }
  });

  test('no file is over its ceiling of lines', () => {
    for (const [path, source] of sources) {
      const ceiling = /^(elements|blocks|columns|rules|cli\/commands)\//.test(path) ? 120 : 300;
      expect(source.split('\n').length, path).toBeLessThanOrEqual(ceiling + 1);
    }
  });
});
