import { timeOf } from '../formats.ts';
import { elementsNamed, having, type Rule } from '../rule.ts';
import { attributeOf, placeOfValue, type XmlAttribute } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const invalidPeriod: Rule = {
  code: 'invalid-period',
  severity: 'error',
  about:
    'A notice is shown from one date until another: both must exist, and the end must not come before the beginning.',
  isFor: elementsNamed('block'),
  needs: having('from', 'until'),
  *element({ node, faults }) {
    if (node.name !== 'block') return;
    const [from, until] = ['from', 'until'].map((name) => {
      const attribute = attributeOf(node, name);
      return faults.some(({ place }) => place === attribute) ? undefined : attribute;
    });
    const missing = [from, until].filter((one) => one !== undefined && !exists(one.value)) as XmlAttribute[];
    for (const attribute of missing) {
      yield {
        message: `There is no such date as ${quoted(attribute.value)}`,
        ...placeOfValue(attribute),
        hint: 'Write a date as 2026-03-14, or a moment as 2026-03-14T09:30Z.',
      };
    }
    if (missing.length > 0 || !from || !until || !isBefore(until.value, from.value)) return;
    yield {
      message: `The notice ends at ${quoted(until.value)}, before it begins`,
      ...placeOfValue(until),
      hint: `Write an "until" after ${from.value}, or leave it out.`,
      related: [{ ...placeOfValue(from), message: 'it begins here' }],
    };
  },
};

/** The 30th of February is read as the 2nd of March. */
function exists(text: string): boolean {
  const day = Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  const isDay = !Number.isNaN(day) && new Date(day).toISOString().startsWith(text.slice(0, 10));
  return isDay && !Number.isNaN(timeOf(text));
}

const HOUR = 3_600_000;

/** Whether a period that ends at `end` is empty in every time zone: there, days begin up to 14 hours earlier and end up to 12 later. */
function isBefore(end: string, start: string): boolean {
  if (end.length === 10 && start.length === 10) return end < start;
  const latest = end.length === 10 ? timeOf(end) + 36 * HOUR : timeOf(end);
  const earliest = start.length === 10 ? timeOf(start) - 14 * HOUR : timeOf(start);
  return latest <= earliest;
}
