import { readDocuments } from '../content.ts';
import { readXml } from '../xml/read.ts';
import { type StoredDocument, storeDocument } from '../xml/stored.ts';

/** The documents of the package's own content, by path, as `dist/documents.json` holds them. */
export function storedDocuments(folder: string): Readonly<Record<string, StoredDocument>> {
  const stored = readDocuments([folder]).documents.map(({ path, bytes }) => [
    path,
    storeDocument(readXml(path, bytes)),
  ]);
  return Object.fromEntries(stored.filter(([, document]) => document !== undefined));
}
