import { readLevel } from '../level.ts';
import { copiesOf, levelsAround, levelsAroundAll, namedLevels } from '../levels.ts';
import { elementsReferring, naming, type Rule, references } from '../rule.ts';
import { placeOfValue } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const unusedLevel: Rule = {
  code: 'unused-level',
  severity: 'warning',
  about: 'The element is for a level that nobody has who gets what is around it, so nobody ever sees it.',
  isFor: elementsReferring('level'),
  needs: naming('level'),
  *element(element, context) {
    for (const level of references(element, 'level')) {
      const { node } = element;
      const test = readLevel(level.value);
      if (!test || !node.parent || levelsAround(node.parent).some(test)) continue;
      const around = levelsAroundAll(copiesOf(node, level, context).flatMap(({ parent }) => parent ?? []));
      // What is around it, and seen by nobody itself, is a finding there.
      if (around.length === 0 || around.some(test)) continue;
      const who = namedLevels(around);
      yield {
        ...placeOfValue(level),
        message: `Nobody of level ${quoted(level.value)} gets this`,
        hint: `What is around it is for ${who}. Remove the element, or give it one of these levels.`,
      };
    }
  },
};
