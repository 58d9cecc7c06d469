/** Puts strange documents through reading, merging, checking, binding and reporting. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XmlDocument } from 'libxml2-wasm';
import { billing } from '../../src/billing/index.ts';
import { createCatalogue } from '../../src/catalogue.ts';
import { type ContentFile, PACKAGE } from '../../src/content.ts';
import { pretty } from '../../src/diagnostics/reporters/index.ts';
import { compileContent } from '../../src/revision.ts';
import { strangeDocument } from './documents.ts';

export interface FuzzOptions {
  readonly documents: number;
  /** The number of the first. */
  readonly from?: number;
  onProgress?(done: number): void;
}

export interface Verdict {
  documents: number;
  bytes: number;
  read: number;
  /** Those that were read, and that another reader of XML refuses. */
  readonly readAlone: number[];
  /** Numbers of the documents at which something was thrown. */
  readonly thrown: { number: number; message: string }[];
  readonly slow: { number: number; milliseconds: number }[];
  /** The longest time for one, and for 100 KB of a longer one. */
  slowest: number;
}

/** Milliseconds of processor time for a document, and for every 100 KB of a longer one. */
const LIMIT = 100;

/** So often one is tried that seems slow: what halts does so every time, whatever else the machine does. */
const ROUNDS = 20;

const PATHS = [
  'layouts/billmgr_dashboard_5.xml',
  'data/ticket.xml',
  'layouts/lang/xx.xml',
  'layouts/billmgr_mod_x.xml',
];

export async function fuzz({ documents, from = 0, onProgress }: FuzzOptions): Promise<Verdict> {
  const good = goodDocuments();
  const compile = compiler();
  const verdict: Verdict = { documents: 0, bytes: 0, read: 0, readAlone: [], thrown: [], slow: [], slowest: 0 };
  for (let number = from; number < from + documents; number++) {
    const bytes = strangeDocument(number, good);
    const files = [{ path: PATHS[number % PATHS.length] ?? '', bytes }];
    verdict.documents++;
    verdict.bytes += bytes.length;
    try {
      const times = Math.max(1, bytes.length / 100_000);
      const milliseconds = await bestOf(ROUNDS, LIMIT * times, () => compile(files, number));
      verdict.slowest = Math.max(verdict.slowest, milliseconds / times);
      if (milliseconds > LIMIT * times) verdict.slow.push({ number, milliseconds });
      if (await isRead(compile, files, number)) {
        verdict.read++;
        if (!isReadElsewhere(bytes)) verdict.readAlone.push(number);
      }
    } catch (error) {
      verdict.thrown.push({ number, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
    onProgress?.(number - from + 1);
  }
  return verdict;
}

type Compile = ReturnType<typeof compiler>;

/** With names looked up for every second document, as they are in `lintel check`, and without as with `--structure`. */
function compiler() {
  const catalogue = createCatalogue(billing);
  return async (documents: readonly ContentFile[], number: number) => {
    const structureOnly = number % 2 === 0;
    const context = {
      catalogue,
      manager: 'billmgr',
      icons: new Set(['mb-ticket']),
      database: undefined,
      structureOnly,
    };
    const revision = await compileContent({ documents }, context);
    pretty(revision.diagnostics.slice(0, 20), { colour: false, files: 1 });
    return revision;
  };
}

async function isRead(compile: Compile, files: readonly ContentFile[], number: number): Promise<boolean> {
  const { content } = await compile(files, number);
  return content.documents.some(({ root }) => root !== undefined);
}

function isReadElsewhere(bytes: Buffer): boolean {
  try {
    XmlDocument.fromBuffer(bytes).dispose();
    return true;
  } catch {
    return false;
  }
}

/** Milliseconds of processor time in the fastest of some rounds, the first that is fast enough. */
async function bestOf(rounds: number, enough: number, work: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds && best > enough; round++) {
    const start = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

/** The layouts, definitions and texts of the package. */
function goodDocuments(): Buffer[] {
  return ['layouts', 'layouts/lang', 'data'].flatMap((folder) =>
    readdirSync(join(PACKAGE, folder))
      .filter((name) => name.endsWith('.xml'))
      .map((name) => readFileSync(join(PACKAGE, folder, name))),
  );
}
