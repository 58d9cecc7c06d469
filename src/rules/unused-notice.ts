import { timeOf } from '../formats.ts';
import { elementsNamed, having, type Rule } from '../rule.ts';
import { attributeOf, placeOfValue } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const unusedNotice: Rule = {
  code: 'unused-notice',
  severity: 'info',
  about: 'The notice is over everywhere, so nobody will see it again: its block and its texts can go.',
  isFor: elementsNamed('block'),
  needs: having('until'),
  *element({ node }, { now }) {
    const until = attributeOf(node, 'until');
    if (!now || !until || node.name !== 'block' || !(endOf(until.value) <= now.getTime())) return;
    yield {
      message: `The notice was over at ${quoted(until.value)}`,
      ...placeOfValue(until),
      hint: 'Remove the block and its texts, or give it another "until".',
    };
  },
};

const HOUR = 3_600_000;

/** A day ends last twelve hours behind UTC. */
function endOf(text: string): number {
  return text.length === 10 ? timeOf(text) + 36 * HOUR : timeOf(text);
}
