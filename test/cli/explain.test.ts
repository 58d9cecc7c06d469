import { afterAll, describe, expect, test } from 'vitest';
import { PACKAGE } from '../../src/content.ts';
import { importCodes } from '../../src/import/codes.ts';
import { ruleExamples } from '../../src/reference/examples.ts';
import { createFolders, lintel } from '../support/command.ts';

const folders = createFolders();
afterAll(() => folders.remove());

const manuals = ruleExamples(PACKAGE);
const all = [...manuals, ...importCodes].sort((a, b) => (a.code < b.code ? -1 : 1));

describe('lintel explain', () => {
  test('lists every code with its severity and a sentence', async () => {
    const { code, stdout, stderr } = await lintel(['explain']);
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.pop()).toBe(`${all.length} codes; "lintel explain CODE" shows an example.`);
    expect(lines.map((line) => line.split(/ +/).slice(0, 2))).toEqual(
      all.map(({ code, severity }) => [code, severity]),
    );
    for (const line of lines) expect(line).toMatch(/\.$/);
  });

  test('shows of every code what is wrong, what is said about it, and what is right', async () => {
    const { code, stdout } = await lintel(['explain', ...manuals.map((manual) => manual.code)]);
    expect(code).toBe(0);
    for (const { code, about, bad, good } of manuals) {
      expect([code, bad?.output]).toEqual([code, expect.stringContaining(`[${code}]`)]);
      expect([code, good?.output]).toEqual([code, 'No problems in 1 file.\n']);
      expect(stdout).toContain(`${code} (`);
      expect(stdout).toContain(about);
    }
  });

  test('knows the codes of an import', async () => {
    const { stdout } = await lintel(['explain', 'unused-copy']);
    expect(stdout).toMatch(/^unused-copy \(info\)\n\nSaid by lintel import: /);
  });

  test('takes a code as the check prints it, and knows the nearest one', async () => {
    expect((await lintel(['explain', '[doctype]'])).stdout).toBe((await lintel(['explain', 'doctype'])).stdout);
    const { code, stderr } = await lintel(['explain', 'unknown-functon']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^lintel: No code is named "unknown-functon"\. Did you mean "unknown-function"\? Known: /);
  });

  test('knows the rules of a module', async () => {
    const cwd = await folders.make({
      'panel.mjs': `export const rules = [{ code: 'invalid-name', severity: 'info', about: 'Names are short.' }];`,
    });
    const { stdout } = await lintel(['explain', 'invalid-name', '--lintel-config', 'panel.mjs'], { cwd });
    expect(stdout).toBe('invalid-name (info)\n\nNames are short.\n');
  });
});
