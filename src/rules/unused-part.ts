import type { Rule } from '../rule.ts';

export const unusedPart: Rule = {
  code: 'unused-part',
  severity: 'info',
  about: 'The file holds a part of a file, and no file includes it.',
  document: ({ problems }) => problems.filter(({ code }) => code === 'unused-part'),
};
