import type { Rule } from '../rule.ts';

export const tooLarge: Rule = {
  code: 'too-large',
  severity: 'error',
  about: 'The file is beyond a limit: its bytes, the depth or number of its elements, the length of a value or text.',
  document: ({ problems }) => problems.filter(({ code }) => code === 'too-large'),
};
