import { definitionOf, isListDefinition } from '../list-around.ts';
import { DASHBOARD } from '../needed-text.ts';
import type { CheckContext, Rule } from '../rule.ts';
import { isAskable, textsOf } from '../texts.ts';
import { attributeOf, placeOfValue, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const unusedMessage: Rule = {
  code: 'unused-message',
  severity: 'info',
  about:
    'No element asks for the text, and no code can, so nobody ever reads it: it is left over, or its name is wrong.',
  *content(context) {
    const { written, slips, groupSlips } = textsOf(context);
    const told = new Set<string>();
    for (const [language, groups] of written) {
      for (const [group, keys] of groups) {
        if (groupSlips(language).has(group) || !isJudged(group, context)) continue;
        for (const [key, msg] of keys) {
          const name = attributeOf(msg, 'name');
          const isSlip = slips(language, group).has(key) || isMeant(key, group, context);
          if (!name || told.has(`${group} ${key}`) || isSlip || isAskable(group, key, context)) continue;
          told.add(`${group} ${key}`);
          yield {
            ...placeOfValue(name),
            message: `No element asks for the text ${quoted(key)} of ${quoted(group)}`,
            hint: 'Remove it in every language, or name the element as the text is named.',
            related: elsewhere(group, key, { language, written }),
          };
        }
      }
    }
  },
};

/** Lists that a file describes are drawn by the engine alone; forms and pages are helped by code, which may ask for any text. */
function isJudged(group: string, context: CheckContext): boolean {
  const metadata = definitionOf(group, context);
  return group === DASHBOARD || (metadata !== undefined && isListDefinition(metadata));
}

/** Whether an element lacks a text of nearly that name: one slip, which `missing-message` reports. */
function isMeant(key: string, group: string, context: CheckContext): boolean {
  return textsOf(context).isNearNeeded(group, key);
}

function elsewhere(
  group: string,
  key: string,
  { language, written }: { language: string; written: ReturnType<typeof textsOf>['written'] },
) {
  return [...written].flatMap(([other, groups]) => {
    const msg: XmlElement | undefined = other === language ? undefined : groups.get(group)?.get(key);
    return msg ? [{ source: msg.source, range: msg.nameRange, message: `the same in ${other}` }] : [];
  });
}
