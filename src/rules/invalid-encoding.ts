import type { Rule } from '../rule.ts';

export const invalidEncoding: Rule = {
  code: 'invalid-encoding',
  severity: 'error',
  about: 'The file is not UTF-8. Read as anything else, its texts would be guesses.',
  document: ({ problems }) => problems.filter(({ code }) => code === 'invalid-encoding'),
};
