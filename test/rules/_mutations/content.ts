/** The content that is mutated: the demo panel's own, and a layout and definitions that use what it does not. */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { billing } from '../../../src/billing/index.ts';
import { createCatalogue } from '../../../src/catalogue.ts';
import { type ContentFile, iconNames, PACKAGE, readDocuments } from '../../../src/content.ts';
import { type Database, openDatabase } from '../../../src/database.ts';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { defineForm } from '../../../src/form.ts';
import { compileContent } from '../../../src/revision.ts';
import { migrations } from '../../../src/store/index.ts';
import type { XmlElement } from '../../../src/xml/node.ts';
import { readXml } from '../../../src/xml/read.ts';
import { type Part, storeDocument } from '../../../src/xml/stored.ts';

export interface MutatedFile {
  readonly path: string;
  readonly text: string;
  readonly root: XmlElement;
}

export interface MutatedContent {
  readonly files: readonly MutatedFile[];
  readonly icons: ReadonlySet<string>;
  /** The findings with one file changed; with none, those of the content as it is. */
  findings(path?: string, text?: string): Promise<readonly Diagnostic[]>;
  close(): Promise<void>;
}

const FORMS = ['backup.order', 'backup.edit', 'backup.delete'].map((name) =>
  defineForm({ name, open: async () => ({}), submit: async () => ({ done: 'done' }) }),
);

/** `own` holds the files of `layouts/`, `data/` and `layouts/lang/`, by their paths. */
export async function openContent(own = join(import.meta.dirname, 'content')): Promise<MutatedContent> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-mutations-'));
  const database = await openDatabase(`sqlite:${join(folder, 'panel.sqlite')}`, { migrations });
  await database.migrate();
  const { documents, assets } = readDocuments([PACKAGE]);
  const icons = iconNames({ assets });
  // The content of the mutations is in two languages.
  const isOther = ({ path }: ContentFile) => /^layouts\/lang\/(ar|de)\.xml$/.test(path);
  const all = new Map(
    [...documents, ...ownFiles(own)].filter((file) => !isOther(file)).map((file) => [file.path, file]),
  );
  let kept = Buffer.alloc(0);
  const keep = (bytes: Uint8Array): Part => {
    const from = kept.length;
    kept = Buffer.concat([kept, bytes]);
    return [from, kept.length];
  };
  const text = ([from, to]: Part) => kept.toString('utf8', from, to);
  const read = [...all.values()].map(({ path, bytes }) => {
    const document = readXml(path, bytes);
    const stored = storeDocument(document, bytes, keep);
    return { path, bytes, stored: stored && { document: stored, text }, document };
  });
  const catalogue = createCatalogue({ providers: billing.providers, forms: [...billing.forms, ...FORMS] });
  const context = { catalogue, manager: 'billmgr', icons, database: remembering(database) };
  return {
    icons,
    files: read.flatMap(({ path, document: { root, source } }) => (root ? [{ path, root, text: source.text }] : [])),
    async findings(path, text = '') {
      const files = read.map(
        (file): ContentFile => (file.path === path ? { path, bytes: Buffer.from(text) } : { ...file }),
      );
      return (await compileContent({ documents: files }, context)).diagnostics;
    },
    async close() {
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}

function ownFiles(own: string): ContentFile[] {
  return readdirSync(own, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.xml'))
    .map((path) => ({ path: path.split('\\').join('/'), bytes: readFileSync(join(own, path)) }));
}

/** The database, asked once for each query: most of them stay the same from one mutation to the next. */
function remembering(database: Database): Database {
  const answers = new Map<string, ReturnType<Database['describe']>>();
  const describe: Database['describe'] = (select, parameters) => {
    const key = JSON.stringify([select, parameters]);
    let answer = answers.get(key);
    if (answer === undefined) answers.set(key, (answer = database.describe(select, parameters)));
    return answer;
  };
  return Object.create(database, { describe: { value: describe } }) as Database;
}
