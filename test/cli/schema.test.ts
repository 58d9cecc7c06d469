import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { afterAll, describe, expect, test } from 'vitest';
import { PACKAGE } from '../../src/content.ts';
import { createFolders, lintel } from '../support/command.ts';

const LAYOUT = 'layouts/billmgr_dashboard_5.xml';
const folders = createFolders();
afterAll(() => folders.remove());

/** What a schema says against a layout; empty when it is valid. */
function refusals(schema: string, layout: string): string {
  const [grammar, document] = [schema, layout].map((text) => XmlDocument.fromString(text)) as [
    XmlDocument,
    XmlDocument,
  ];
  const validator = XsdValidator.fromDoc(grammar);
  try {
    validator.validate(document);
    return '';
  } catch (error) {
    return (error as Error).message;
  } finally {
    for (const thing of [validator, grammar, document]) thing.dispose();
  }
}

describe('lintel schema', () => {
  test('writes a schema that knows what is registered, own definitions included', async () => {
    const cwd = await folders.make({
      [LAYOUT]: '<doc/>',
      'data/invoice.xml': `<mgrdata><metadata name="invoice" type="list" level="5"><coldata><col name="number"/></coldata></metadata>
        <lang name="en"><messages name="invoice"><msg name="title">Invoices</msg></messages></lang></mgrdata>`,
    });
    const written = await lintel(['schema', '--out', 'own.xsd', '--lintel-content', '.'], { cwd });
    expect(written).toEqual({ code: 0, stdout: '', stderr: '' });
    const schema = await readFile(join(cwd, 'own.xsd'), 'utf8');
    const layout = (func: string) =>
      `<doc><block name="a" position="left" type="list" func="${func}"><col name="number"/></block></doc>`;
    expect(refusals(schema, layout('invoice'))).toBe('');
    expect(refusals(schema, layout('invoce'))).toContain('invoce');
    expect(schema).toContain('<xs:documentation>Invoices</xs:documentation>');
    expect(schema).toContain('<xs:enumeration value="number">');
  });

  test('knows no names with --structure', async () => {
    const { code, stdout } = await lintel(['schema', '--structure']);
    expect(code).toBe(0);
    const layout = await readFile(join(PACKAGE, LAYOUT), 'utf8');
    const foreign = layout.replace('func="ticket"', 'func="tickt"').replace('img="mb-help"', 'img="mb-hlp"');
    expect(foreign).not.toBe(layout);
    expect(refusals(stdout, foreign)).toBe('');
    expect(refusals(stdout, foreign.replace('<toolbtn', '<toolbutton'))).toContain('toolbutton');
  });
});
