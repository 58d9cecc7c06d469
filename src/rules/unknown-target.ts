import type { ContentDocument } from '../content-document.ts';
import type { Rule } from '../rule.ts';

export const unknownTarget: Rule = {
  code: 'unknown-target',
  severity: 'error',
  about: 'The overlay changes something that is not there (any more), so what it says has no effect.',
  document: ({ problems }, { structureOnly, documents }) =>
    structureOnly || problems.length === 0 || !documents.every(isComplete)
      ? []
      : problems.filter(({ code }) => code === 'unknown-target'),
};

// What a file would have held that cannot be read, or included, is one finding already.
function isComplete({ root, problems }: ContentDocument): boolean {
  return root !== undefined && problems.every(({ code }) => !code.endsWith('-include'));
}
