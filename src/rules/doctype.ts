import type { Rule } from '../rule.ts';

export const doctype: Rule = {
  code: 'doctype',
  severity: 'error',
  about:
    'The file has a DOCTYPE. It is refused, because what it can declare makes small files huge and reads foreign ones.',
  document: ({ problems }) => problems.filter(({ code }) => code === 'doctype'),
};
