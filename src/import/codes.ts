import type { Rule } from '../rule.ts';

/** What an import says by codes of its own; the others are those of the check. */
export const importCodes: readonly Pick<Rule, 'code' | 'severity' | 'about'>[] = [
  {
    code: 'duplicate-file',
    severity: 'warning',
    about:
      'Said by lintel import: two files would become one, as files of one name in several folders do, and the first was taken.',
  },
  {
    code: 'unknown-file',
    severity: 'warning',
    about:
      'Said by lintel import: neither the name nor the outer element of the file says what it is, so nothing was made of it.',
  },
  {
    code: 'unused-copy',
    severity: 'info',
    about:
      "Said by lintel import: a user's copy of a page differs from the page, and a layout here is one for all of its level. It is a warning where the copy has what no page has.",
  },
  {
    code: 'unused-script',
    severity: 'warning',
    about: 'Said by lintel import: a button calls JavaScript of a page that is not here, and was left out.',
  },
  {
    code: 'unused-texts',
    severity: 'info',
    about: 'Said by lintel import: texts belong to a function that is not here, and were left out.',
  },
];
