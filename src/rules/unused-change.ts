import type { Rule } from '../rule.ts';

export const unusedChange: Rule = {
  code: 'unused-change',
  severity: 'info',
  about: 'The overlay says what the base says already, so the page is the same without it.',
  document: ({ problems }) => problems.filter(({ code }) => code === 'unused-change'),
};
