import type { Rule } from '../rule.ts';

export const invalidPlacement: Rule = {
  code: 'invalid-placement',
  severity: 'error',
  about: 'An element of an overlay asks for two places at once, or for one beside itself.',
  document: ({ problems }) => problems.filter(({ code }) => code === 'invalid-placement'),
};
