import type { Rule } from '../rule.ts';

export const invalidPin: Rule = {
  code: 'invalid-pin',
  severity: 'warning',
  about:
    'What an overlay changes is not what it was when it was pinned, or the file of pins cannot be read: somebody should look at it.',
  document: ({ problems }) => problems.filter(({ code }) => code === 'invalid-pin'),
};
