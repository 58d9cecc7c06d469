import { readLevel } from '../level.ts';
import { levelsAround, namedLevels } from '../levels.ts';
import { elementsReferring, naming, type Rule, references } from '../rule.ts';
import { placeOfValue } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const unusedLevel: Rule = {
  code: 'unused-level',
  severity: 'warning',
  about: 'The element is for a level that nobody has who gets what is around it, so nobody ever sees it.',
  isFor: elementsReferring('level'),
  needs: naming('level'),
  *element(element) {
    for (const level of references(element, 'level')) {
      const { parent } = element.node;
      const around = parent ? levelsAround(parent) : [];
      const test = readLevel(level.value);
      // What is around it, and seen by nobody itself, is a finding there.
      if (!test || around.length === 0 || around.some(test)) continue;
      const who = namedLevels(around);
      yield {
        ...placeOfValue(level),
        message: `Nobody of level ${quoted(level.value)} gets this`,
        hint: `What is around it is for ${who}. Remove the element, or give it one of these levels.`,
      };
    }
  },
};
