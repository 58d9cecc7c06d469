import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { afterAll, describe, expect, test } from 'vitest';
import { validators } from '#validators';
import { billing } from '../../src/billing/index.ts';
import { createCatalogue } from '../../src/catalogue.ts';
import { type ContentFile, iconNames, PACKAGE, readContent } from '../../src/content.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { ElementContract } from '../../src/element.ts';
import * as elements from '../../src/elements/index.ts';
import { check } from '../../src/pipeline/check.ts';
import { merge } from '../../src/pipeline/merge.ts';
import { namesByKind, xsd } from '../../src/reference/index.ts';
import { compileContent } from '../../src/revision.ts';
import * as rules from '../../src/rules/index.ts';
import type { XmlElement } from '../../src/xml/node.ts';
import { readXml } from '../../src/xml/read.ts';
import { type Branch, branchOf, drawFrom, mutated, written } from './mutate.ts';

const contracts: readonly ElementContract[] = Object.values(elements);
const byName = new Map(contracts.map((contract) => [contract.name, contract]));

const RUNS = 3000;

/** What a schema can say too. Beyond it a rule knows what depends on other values, and what names mean. */
const STRUCTURE = [
  'unknown-element',
  'misplaced-element',
  'unknown-attribute',
  'missing-attribute',
  'invalid-value',
  'duplicate-name',
  'duplicate-element',
];

const given = {
  elements: byName,
  manager: 'billmgr',
  structureOnly: true,
  names: undefined,
  query: () => undefined,
};
const structural = Object.values(rules).filter(({ code }) => STRUCTURE.includes(code));

/** The slips of structure that `check --structure` finds in a layout. */
function slipsIn(text: string): string[] {
  const path = text.includes('<mgrdata') ? 'data/definition.xml' : 'layouts/billmgr_dashboard_5.xml';
  const document = readXml(path, Buffer.from(text));
  if (document.problems[0]) return [`not read: ${document.problems[0].message}`];
  const content = merge([{ ...document, path }], { manager: 'billmgr', elements: byName });
  return check({ content }, given, { rules: structural, validators })
    .filter((finding) => finding.severity === 'error' && !isBeyond(finding))
    .map(({ code, message }) => `${code}: ${message}`);
}

/** What XSD 1.0 cannot say: it knows no file names, no names across two groups or files, and no attribute that only some need. */
function isBeyond({ code, message, source, range, related = [] }: Diagnostic): boolean {
  if (code === 'misplaced-element') return message.endsWith('in a file of definitions');
  if (code === 'missing-attribute') return isConditional(message);
  const before = related[0]?.range.start ?? range.start;
  if (code === 'duplicate-name' && message.startsWith('Another <metadata>')) return true;
  return code === 'duplicate-name' && source.text.slice(before, range.start).includes('</messages>');
}

/** How often an element stands XSD 1.0 cannot say in any order; to the check it is one slip, whatever the second holds. */
function isStandingTwice(slips: readonly string[]): boolean {
  return slips.some((slip) => slip.startsWith('duplicate-element'));
}

/** An attribute that only some elements of a name need, which XSD 1.0 cannot say. */
function isConditional(message: string): boolean {
  const [, element = '', attribute] = /^<(.+)> needs the attribute "(.+)"$/.exec(message) ?? [];
  const required: readonly string[] = byName.get(element)?.attributes.required ?? [];
  return attribute === undefined || !required.includes(attribute);
}

const made: { dispose(): void }[] = [];
afterAll(() => {
  for (const thing of made) thing.dispose();
});

/** Says what a schema has against a text; empty when it is valid. */
function validatorOf(schema: string): (text: string) => string {
  const grammar = XmlDocument.fromString(schema);
  const validator = XsdValidator.fromDoc(grammar);
  made.push(validator, grammar);
  return (text) => {
    let document: XmlDocument | undefined;
    try {
      document = XmlDocument.fromString(text);
      validator.validate(document);
      return '';
    } catch (error) {
      return (error as Error).message.trim();
    } finally {
      document?.dispose();
    }
  };
}

const refusals = validatorOf(xsd(byName));

const filesIn = (folder: string) =>
  readdirSync(join(PACKAGE, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.xml'))
    .map((name) => [`${folder}/${name}`, readFileSync(join(PACKAGE, folder, name), 'utf8')] as const);
const files = [...filesIn('layouts'), ...filesIn('data'), ...filesIn('test/rules')];
const readable = files.filter(([path, text]) => readXml(path, Buffer.from(text)).root);
const seeds: readonly Branch[] = readable.flatMap(([path, text]) => {
  const found = readXml(path, Buffer.from(text)).root;
  // A long file is many elements and few kinds of them.
  return found && text.length < 8000 ? [branchOf(found)] : [];
});

describe('the schema', () => {
  test.each(readable)('says of %s what the check says', (_path, text) => {
    expect(isStandingTwice(slipsIn(text)) || refusals(text) !== '').toBe(slipsIn(text).length > 0);
  });

  test.each([
    ['doc', 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="lintel.xsd"'],
    ['mgrdata', 'xml:lang="en"'],
  ])('lets <%s> carry %s, and so does the check', (name, attributes) => {
    const text = `<?xml-model href="lintel.xsd"?><${name} ${attributes}/>`;
    expect([refusals(text), slipsIn(text)]).toEqual(['', []]);
  });

  test('and the check never disagree on the structure of a file', () => {
    let refused = 0;
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const draw = drawFrom(seed);
      const text = written(mutated(seeds[draw(seeds.length)] as Branch, contracts, draw));
      const [ours, theirs] = [slipsIn(text), refusals(text)];
      if (ours.length > 0) refused += 1;
      if (isStandingTwice(ours)) continue;
      const told = `${seed}: ${text}\ncheck: ${ours.join('\n') || 'valid'}\nschema: ${theirs || 'valid'}`;
      expect(ours.length > 0, told).toBe(theirs !== '');
    }
    expect(refused).toBeGreaterThan(RUNS / 3);
  });

  test('knows the functions and icons that the check knows', async () => {
    const files = readContent([PACKAGE]);
    const icons = iconNames(files);
    const catalogue = createCatalogue(billing);
    const context = { catalogue, manager: 'billmgr', icons, database: undefined };
    const { functions, content } = await compileContent(files, context);
    const refuses = validatorOf(xsd(byName, namesByKind(functions, icons, content.messages)));
    const layouts = files.documents.filter(({ path }) => /_dashboard_/.test(path));
    for (let seed = 1; seed <= RUNS / 10; seed += 1) {
      const draw = drawFrom(seed);
      const layout = layouts[draw(layouts.length)] as ContentFile;
      const { root } = readXml(layout.path, layout.bytes);
      const text = written(mutated(branchOf(root as XmlElement), contracts, draw));
      const documents = files.documents.filter((file) => file !== layout);
      const changed = { documents: [...documents, { path: layout.path, bytes: Buffer.from(text) }] };
      const { diagnostics } = await compileContent(changed, { ...context, only: new Set([layout.path]) });
      const slips = [...slipsIn(text), ...diagnostics.filter(isUnknownName).map(({ message }) => message)];
      expect(slips.length > 0, `${seed}: ${text}\n${slips.join('\n')}\n${refuses(text)}`).toBe(refuses(text) !== '');
    }
  });
});

/** A name that nothing has; whether it is the right kind of function at its place, XSD 1.0 cannot say. */
function isUnknownName({ code, message }: Diagnostic): boolean {
  return code === 'unknown-icon' || (code === 'unknown-function' && message.startsWith('No function is named'));
}
