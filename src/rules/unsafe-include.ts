import type { Rule } from '../rule.ts';

export const unsafeInclude: Rule = {
  code: 'unsafe-include',
  severity: 'error',
  about: 'A file includes what lies in the content folder; anything else on the disk is out of its reach.',
  document: ({ problems }) => problems.filter(({ code }) => code === 'unsafe-include'),
};
