import { describe, expect, test } from 'vitest';
import { passGate } from '../../src/xml/gate.ts';
import { xmlLimits } from '../../src/xml/limits.ts';
import { passPlain } from '../../src/xml/plain.ts';
import { buildTree } from '../../src/xml/tree.ts';

/** The tree of a text for which the gate saw another one. */
function built(text: string, seen: string, gate: typeof passGate | typeof passPlain) {
  const passed = gate({ path: 'a.xml', text: seen }, xmlLimits);
  if (!passed || passed.problem) throw new Error('The gate does not pass what was seen');
  return buildTree({ path: 'a.xml', text }, passed);
}

describe.each([
  ['saxes', passGate],
  ['the quick gate', passPlain],
])('what fast-xml-parser reads is compared with what %s saw', (_name, gate) => {
  test('the same is a tree', () => {
    const text = '<a>b<c d="e"/>f<g>h</g></a>';
    expect(built(text, text, gate).root?.children).toHaveLength(4);
  });

  test.each([
    ['another name', '<a><b/></a>', '<a><c/></a>'],
    ['an element more', '<a><b/><b/></a>', '<a><b/></a>'],
    ['an element more at the end', '<a><b/></a>', '<a></a>'],
    ['an element less', '<a><b/></a>', '<a><b/><b/></a>'],
    ['another order', '<a><b/><c/></a>', '<a><c/><b/></a>'],
    ['another nesting', '<a><b/><c/></a>', '<a><b><c/></b></a>'],
    ['another text', '<a>b</a>', '<a>c</a>'],
    ['a text more', '<a><b/>c</a>', '<a><b/></a>'],
    ['a text less', '<a><b/></a>', '<a><b/>c</a>'],
    ['a text in another element', '<a>b<c></c></a>', '<a><c>b</c></a>'],
  ])('%s is a problem', (_difference, text, seen) => {
    const { root, ...rest } = built(text, seen, gate);
    expect(root).toBeUndefined();
    expect(rest).toMatchObject({ problem: { message: 'Two readers of XML understand this differently' } });
  });
});
