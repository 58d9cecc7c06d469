import { elementsNamed, type Rule } from '../rule.ts';
import { elementsOf } from '../xml/node.ts';

/** What there is one of in an element. A query is reported by `invalid-query`. */
const SINGLE: Readonly<Record<string, readonly string[]>> = {
  metadata: ['toolbar', 'coldata', 'form'],
  form: ['buttons'],
  input: ['else'],
  select: ['else'],
};

export const duplicateElement: Rule = {
  code: 'duplicate-element',
  severity: 'error',
  about: 'The element stands twice where there is one, so one of them would be lost, or mixed up with the other.',
  isFor: elementsNamed(...Object.keys(SINGLE)),
  *element({ node }) {
    for (const name of SINGLE[node.name] ?? []) {
      const [first, ...others] = elementsOf(node, name);
      if (!first) continue;
      for (const { source, nameRange: range } of others) {
        yield {
          message: `<${node.name}> has one <${name}>, and this is another`,
          source,
          range,
          hint: 'Put what it holds into the first, or remove it.',
          related: [{ message: `the first <${name}>`, source: first.source, range: first.nameRange }],
        };
      }
    }
  },
};
