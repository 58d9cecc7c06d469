import { choice, defineElement, optional } from '../element.ts';

export const PERIODS = [
  'currentmonth',
  'lastmonth',
  'last3months',
  'last12months',
  'currentyear',
  'lastyear',
  'nolimit',
  'other',
] as const;

export const period = defineElement({
  name: 'period',
  about: 'The period of a report: a choice of months and years, or any two dates.',
  parents: ['form', 'field', 'metadata'],
  attributes: {
    default: optional(choice([...PERIODS], 'Period to begin with; `currentmonth` by default.')),
  },
});
