import { PERIOD_PARAMETERS } from '../period.ts';
import { scopeParameters } from '../query.ts';
import { choicesOf, periodsOf } from '../report-description.ts';
import { elementsNamed, type Rule } from '../rule.ts';
import { attributeOf, placeOfValue } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const duplicateParameter: Rule = {
  code: 'duplicate-parameter',
  severity: 'error',
  about:
    'A field of a report has the name of a parameter that the engine fills in, so what is chosen in it never counts.',
  isFor: elementsNamed('metadata'),
  *element({ node }) {
    if (node.name !== 'metadata' || attributeOf(node, 'type')?.value !== 'report') return;
    const periods = periodsOf(node);
    const taken = [...Object.keys(scopeParameters), ...(periods.length > 0 ? ['period', ...PERIOD_PARAMETERS] : [])];
    for (const control of choicesOf(node)) {
      const name = attributeOf(control, 'name');
      if (!name || !taken.includes(name.value)) continue;
      const message = `The parameter ${quoted(name.value)} is filled in by the engine`;
      yield { message, ...placeOfValue(name), hint: 'Give the field another name.' };
    }
    for (const { source, nameRange } of periods.slice(1)) {
      yield { message: 'A report has one period, and this is another', source, range: nameRange, hint: 'Remove one.' };
    }
  },
};
