import type { Rule } from '../rule.ts';

export const unknownInclude: Rule = {
  code: 'unknown-include',
  severity: 'error',
  about: 'There is no file of that name, so what it should hold is missing here.',
  // Where only structure is checked, the file may lie elsewhere, like all that has a name.
  document: ({ problems }, { structureOnly }) =>
    structureOnly ? [] : problems.filter(({ code }) => code === 'unknown-include'),
};
