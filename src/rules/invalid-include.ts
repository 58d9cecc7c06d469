import type { Rule } from '../rule.ts';

export const invalidInclude: Rule = {
  code: 'invalid-include',
  severity: 'error',
  about: 'What is included cannot stand in this place: it includes this file in turn, or holds what belongs elsewhere.',
  document: ({ problems }) => problems.filter(({ code }) => code === 'invalid-include'),
};
