import type { Rule } from '../rule.ts';

export const invalidSyntax: Rule = {
  code: 'invalid-syntax',
  severity: 'error',
  about:
    'The file is not well-formed XML. Nothing behind the first such place can be trusted, so there is one finding per file.',
  document: ({ problems }) => problems.filter(({ code }) => code === 'invalid-syntax'),
};
