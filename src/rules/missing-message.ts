import type { Finding } from '../diagnostics/diagnostic.ts';
import { nearest, question } from '../diagnostics/suggest.ts';
import { languagesOfHouse } from '../language.ts';
import { isToolbarBlock } from '../list-around.ts';
import type { Messages } from '../messages.ts';
import { DASHBOARD, type NeededText, neededText, type Text } from '../needed-text.ts';
import { type CheckContext, elementsNamed, type Fault, type Rule } from '../rule.ts';
import { textsOf } from '../texts.ts';
import { attributeOf, elementsOf, placeOfValue, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const missingMessage: Rule = {
  code: 'missing-message',
  severity: 'warning',
  about: 'A text that pages need is missing in a language, so its visitors see the default language or a bare name.',
  isFor: elementsNamed('metadata', 'block', 'page', 'band', 'text', 'col', 'field', 'button', 'val', 'toolbtn'),
  needs: ({ node }, context) => isToolbarBlock(node) || neededText(node, context) !== undefined,
  *element({ node, faults }, context) {
    const { names } = context;
    if (names && isToolbarBlock(node) && isUntold(node, names.messages)) yield* untold(node, faults, names.messages);
    const need = names && neededText(node, context);
    // A toolbar of which no button has a text is one slip.
    if (names && node.parent && isToolbarBlock(node.parent) && isUntold(node.parent, names.messages)) return;
    // What a misspelt attribute was to hide, or to make needless, is one slip, too.
    const isBlurred = ({ kind, attribute, place }: Fault) =>
      place === need?.name ||
      (kind === 'unknown' && nearest(attribute, ['hidden', 'func', 'url', 'title']) !== undefined);
    if (!need || faults.some(isBlurred)) return;
    const without = languagesWithout(need, names.messages);
    const asked = languagesOfHouse(context, names.messages);
    const lacking = without.filter((one) => asked.has(one) && !isMisspelt(need.texts, one, context));
    if (lacking.length === 0) return;
    const isNowhere = without.length === names.messages.languages.length;
    yield {
      ...placeOfValue(need.name),
      message: `The ${need.what} ${quoted(need.name.value)} has no text in ${lacking.join(', ')}`,
      hint: [...question(isNowhere ? leftover(need, node, context) : undefined), howTo(need.texts[0], lacking)].join(
        ' ',
      ),
    };
  },
};

const nameOf = (element: XmlElement) => attributeOf(element, 'name')?.value ?? '';

/** Whether a toolbar has several buttons, and no language a text for any. */
function isUntold(toolbar: XmlElement, { languages, has }: Messages): boolean {
  const keys = elementsOf(toolbar, 'toolbtn').map((button) => `${nameOf(toolbar)}_${nameOf(button)}`);
  return keys.length > 1 && !keys.some((key) => languages.some((language) => has(language, DASHBOARD, key)));
}

function* untold(toolbar: XmlElement, faults: readonly Fault[], messages: Messages): Generator<Finding> {
  const name = attributeOf(toolbar, 'name');
  if (!name || faults.some(({ place }) => place === name)) return;
  const buttons = elementsOf(toolbar, 'toolbtn').map(nameOf);
  const blocks = messages
    .keys(DASHBOARD)
    .flatMap((key) => buttons.filter((one) => key.endsWith(`_${one}`)).map((one) => key.slice(0, -one.length - 1)));
  yield {
    ...placeOfValue(name),
    message: `No button of the block ${quoted(name.value)} has a text`,
    hint: [
      ...question(nearest(name.value, blocks)),
      howTo([DASHBOARD, `${name.value}_${buttons[0]}`], messages.languages),
    ].join(' '),
  };
}

/** A function without a title in a language has no texts in it at all: one finding, not one for each of its parts. */
function languagesWithout({ texts, part }: NeededText, { languages, has }: Messages): string[] {
  return languages.filter(
    (language) =>
      !texts.some(([group, key]) => has(language, group, key)) && (part === undefined || has(language, part, 'title')),
  );
}

/** Whether the text is there under a name with a slip in it, which another rule reports. */
function isMisspelt(texts: readonly Text[], language: string, context: CheckContext): boolean {
  const { slips, groupSlips, written } = textsOf(context);
  return texts.some(
    ([group, key]) =>
      [...slips(language, group).values()].includes(key) ||
      [...groupSlips(language)].some(
        ([slip, meant]) => meant === group && written.get(language)?.get(slip)?.has(key) === true,
      ),
  );
}

/** The name that the texts know in place of this one. */
function leftover({ what, name, texts }: NeededText, node: XmlElement, context: CheckContext): string | undefined {
  const { leftoverGroup, leftover } = textsOf(context);
  return what === 'function' ? leftoverGroup(name.value) : leftover(texts[0], name.value, namesakes(node));
}

/** The names that others of its kind have, in the same definition or block. */
function namesakes(node: XmlElement): string[] {
  let owner = node;
  while (owner.parent && !/^(metadata|block|select)$/.test(owner.name)) owner = owner.parent;
  const kinds = node.name === 'field' || node.name === 'page' ? ['field', 'page'] : [node.name];
  const namesIn = (element: XmlElement): string[] =>
    elementsOf(element).flatMap((part) => [
      ...(kinds.includes(part.name) ? [attributeOf(part, part.name === 'val' ? 'key' : 'name')?.value ?? ''] : []),
      ...namesIn(part),
    ]);
  return namesIn(owner);
}

function howTo([group, key]: Text, [language = '']: readonly string[]): string {
  return `Write <msg name="${key}"> into the messages ${quoted(group)} of the language ${quoted(language)}.`;
}
