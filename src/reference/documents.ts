import { type KeptDocument, readDocuments } from '../content.ts';
import { readXml } from '../xml/read.ts';
import { storeDocument } from '../xml/stored.ts';

/** The documents of the package's own content by path, and their bytes, as `dist/documents.*` hold them. */
export function storedDocuments(folder: string): {
  readonly documents: Readonly<Record<string, KeptDocument>>;
  readonly bytes: Buffer;
} {
  const all: Uint8Array[] = [];
  let start = 0;
  const documents = readDocuments([folder]).documents.flatMap(({ path, bytes }) => {
    const document = storeDocument(readXml(path, bytes));
    if (!document) return [];
    all.push(bytes);
    const kept: KeptDocument = { start, end: (start += bytes.length), document };
    return [[path, kept] as const];
  });
  return { documents: Object.fromEntries(documents), bytes: Buffer.concat(all) };
}
