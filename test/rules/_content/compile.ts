import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCatalogue } from '../../../src/catalogue.ts';
import { type ContentFile, PACKAGE, readTemplateFiles } from '../../../src/content.ts';
import { type Database, openDatabase } from '../../../src/database.ts';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { defineForm } from '../../../src/form.ts';
import { readPeers } from '../../../src/peers.ts';
import { defineProvider, type ProviderDefinition } from '../../../src/provider.ts';
import { compileContent } from '../../../src/revision.ts';
import type { Rule } from '../../../src/rule.ts';

/** A list in TypeScript, which no text of the content is about. */
const session = defineProvider({
  name: 'session',
  level: '5',
  key: 'id',
  owner: 'customer_id',
  columns: [{ name: 'seen', sorted: 'desc' }, { name: 'address' }],
  sample: [{ id: 1, customer_id: 1, seen: '2026-03-14T09:26:53Z', address: '192.0.2.7' }],
  rows: async () => [],
});
const icons = new Set(
  'mb-help mb-money mb-order mb-ticket p-off p-ok p-on p-wait t-edit t-new t-pay t-renew'.split(' '),
);
const messages = ['en.xml', 'ru.xml'];

/** The content of a small hosting company, into which every fixture is put. */
export const surroundings: readonly ContentFile[] = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.xml'))
  .map((name) => ({
    path: `${messages.includes(name) ? 'layouts/lang' : 'data'}/${name}`,
    bytes: readFileSync(join(import.meta.dirname, name)),
  }));

/** What acts for the company's forms, and for those of fixtures. */
const forms = [...surroundings.flatMap(formNames), 'invoice.pay', 'server.order'].map((name) =>
  defineForm({ name, open: async () => ({}), submit: async () => ({ done: 'done' }) }),
);
const catalogue = createCatalogue({ providers: [session as ProviderDefinition], forms, features: ['backup'] });

function formNames({ bytes }: ContentFile): string[] {
  return [
    ...Buffer.from(bytes)
      .toString()
      .matchAll(/<metadata name="([^"]+)" type="form"/g),
  ].map(([, name]) => name ?? '');
}

/** The findings in the content with other files in it; one of the same path stands for the company's own. */
export async function findingsWith(
  files: readonly ContentFile[],
  database: Database | undefined,
  rules: readonly Rule[] = catalogue.rules,
): Promise<readonly Diagnostic[]> {
  const all = new Map([...surroundings, ...files].map((file) => [file.path, file]));
  const sorted = [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const documents = sorted.filter(({ path }) => path.endsWith('.xml'));
  const pins = sorted.filter(({ path }) => path.endsWith('.pins.json'));
  const house = sorted.filter(({ path }) => path.startsWith('layouts/rules/'));
  const templates = templatesOf(sorted.filter(({ path }) => path.endsWith('.njk')));
  const frames = ['https://status.example.com', 'https://*.example.org'];
  const peers = readPeers('crm.example.com private:https://panel.example.com:1500');
  const context = {
    catalogue: { ...catalogue, rules },
    manager: 'billmgr',
    icons,
    database,
    frames,
    peers,
    templates,
    now: new Date('2026-03-14T09:26:53Z'),
  };
  const { diagnostics } = await compileContent({ documents, pins, house }, context);
  return diagnostics;
}

const brought = new Map(
  readTemplateFiles([PACKAGE]).files.map(({ path, bytes }) => [nameOf(path), Buffer.from(bytes).toString()]),
);

/** The company's templates, over those that Lintel brings along. */
function templatesOf(files: readonly ContentFile[]) {
  const own = files.map(({ path, bytes }) => [nameOf(path), Buffer.from(bytes).toString()] as const);
  return { all: new Map([...brought, ...own]), names: own.map(([name]) => name), own: new Set(brought.keys()) };
}

function nameOf(path: string): string {
  return path.replace('templates/', '');
}

/** A file of the content, under the path that its root element asks for. */
export function fixtureOf(bytes: Uint8Array): ContentFile {
  const isDefinition = /<mgrdata/.test(Buffer.from(bytes).toString('latin1'));
  return { path: isDefinition ? 'data/definition.xml' : 'layouts/billmgr_dashboard_5.xml', bytes };
}

/** A database with the company's tables and no rows. */
export async function openTables(): Promise<{ database: Database; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-rules-'));
  const tables = readFileSync(join(import.meta.dirname, 'tables.sql'), 'utf8')
    .split(';')
    .filter((sql) => sql.trim() !== '');
  const migration = {
    name: 'tables',
    async up(knex: { raw(sql: string): PromiseLike<unknown> }) {
      for (const table of tables) await knex.raw(table);
    },
  };
  const database = await openDatabase(`sqlite:${join(folder, 'company.sqlite')}`, { migrations: [migration] });
  await database.migrate();
  return {
    database,
    async close() {
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}
