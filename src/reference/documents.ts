import { readDocuments } from '../content.ts';
import { readXml } from '../xml/read.ts';
import { type Part, type StoredDocument, storeDocument } from '../xml/stored.ts';

/** The documents of the package's own content by path, and the bytes of their parts, as `dist/documents.*` hold them. */
export function storedDocuments(folder: string): {
  readonly documents: Readonly<Record<string, StoredDocument>>;
  readonly bytes: Buffer;
} {
  const all: Uint8Array[] = [];
  let length = 0;
  const keep = (bytes: Uint8Array): Part => {
    all.push(bytes);
    return [length, (length += bytes.length)];
  };
  const documents = readDocuments([folder]).documents.flatMap(({ path, bytes }) => {
    const document = storeDocument(readXml(path, bytes), bytes, keep);
    return document ? [[path, document] as const] : [];
  });
  return { documents: Object.fromEntries(documents), bytes: Buffer.concat(all) };
}
