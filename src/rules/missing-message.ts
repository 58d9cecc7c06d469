import { isNoticeBlock, isToolbarBlock, listAround } from '../list-around.ts';
import type { Messages } from '../messages.ts';
import type { CheckContext, Rule } from '../rule.ts';
import { attributeOf, elementsOf, placeOfValue, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const missingMessage: Rule = {
  code: 'missing-message',
  severity: 'warning',
  about: 'A text that pages need is missing in a language, so its visitors see the default language or a bare name.',
  *element({ node }, context) {
    const name = attributeOf(node, 'name');
    if (!name || name.value === '' || !context.names) return;
    const need = neededBy(node, name.value, context);
    const lacking = need ? languagesWithout(need, context.names.messages) : [];
    if (!need || lacking.length === 0) return;
    yield {
      message: `The ${need.what} ${quoted(name.value)} has no text in ${lacking.join(', ')}`,
      ...placeOfValue(name),
      hint: howTo(need.texts[0], lacking),
    };
  },
};

/** A function without a title in a language has no texts in it at all: one finding, not one for each of its parts. */
function languagesWithout({ texts, part }: Need, { languages, has }: Messages): string[] {
  return languages.filter(
    (language) =>
      !texts.some(([group, key]) => has(language, group, key)) && (part === undefined || has(language, part, 'title')),
  );
}

type Text = readonly [group: string, key: string];

interface Need {
  readonly what: string;
  /** Any of them will do. */
  readonly texts: readonly [Text, ...Text[]];
  /** The function of which it is a part. */
  readonly part?: string;
}

const DASHBOARD = 'dashboard';

/** What a page needs for an element; a text of a list is asked for where the list is defined, not at each use. */
function neededBy(node: XmlElement, name: string, context: CheckContext): Need | undefined {
  const list = listAround(node, context);
  const func = list?.name ?? '';
  // What a file does not define has no place where its title is asked for.
  const part = list?.metadata && func;
  switch (node.name) {
    case 'metadata':
      return { what: 'function', texts: [[name, 'title']] };
    case 'block':
      return headingOf(node, name, context);
    case 'col':
      return isShown(node, name, context) ? { what: 'column', texts: [[func, name]], part } : undefined;
    case 'field':
      return isSeen(node) ? { what: 'field', texts: [[formOf(node), name]], part: formOf(node) } : undefined;
    case 'button':
      return /^(ok|cancel)$/.test(name)
        ? undefined
        : { what: 'button', texts: [[formOf(node), `button_${name}`]], part: formOf(node) };
    case 'toolbtn':
      return captionOf(node, name, func);
    default:
      return undefined;
  }
}

/** The function of the form around an element. */
function formOf(element: XmlElement): string {
  for (let at: XmlElement | undefined = element; at; at = at.parent) {
    if (at.name === 'metadata') return attributeOf(at, 'name')?.value ?? '';
  }
  return '';
}

/** Whether a field has a control that is not hidden. */
function isSeen(field: XmlElement): boolean {
  return elementsOf(field).some((control) => attributeOf(control, 'type')?.value !== 'hidden');
}

function captionOf({ parent }: XmlElement, name: string, func: string): Need | undefined {
  const what = 'button';
  if (parent?.name !== 'block') return func === '' ? undefined : { what, texts: [[func, `short_${name}`]], part: func };
  const block = isToolbarBlock(parent) ? attributeOf(parent, 'name')?.value : undefined;
  return block === undefined ? undefined : { what, texts: [[DASHBOARD, `${block}_${name}`]] };
}

/** Lists and pages in a frame have a heading, and a notice has a text. A list's title is a heading too, so it is asked for where a file defines it. */
function headingOf(block: XmlElement, name: string, context: CheckContext): Need | undefined {
  const has = (attribute: string) => attributeOf(block, attribute) !== undefined;
  const own: Text = [DASHBOARD, name];
  if (has('title')) return undefined;
  if (isNoticeBlock(block))
    return has('func') ? undefined : { what: 'notice', texts: [[DASHBOARD, `${name}_text`], own] };
  if (has('url')) return { what: 'block', texts: [own] };
  const list = listAround(block, context);
  return list && !list.metadata ? { what: 'block', texts: [own, [list.name, 'title']] } : undefined;
}

/** Whether a column has a heading that no other place answers for, and is one that its list can have. */
function isShown(col: XmlElement, name: string, context: CheckContext): boolean {
  const list = listAround(col, context);
  if (!list || /^(yes|on)$/.test(attributeOf(col, 'hidden')?.value ?? '')) return false;
  if (list.isDefinition) return list.fields?.includes(name) ?? true;
  const declared = list.columns.find((column) => column.name === name);
  const isAnswered = declared && !declared.hidden && list.metadata;
  return !isAnswered && (declared !== undefined || list.fields?.includes(name) === true);
}

function howTo([group, key]: Text, [language = '']: readonly string[]): string {
  return `Write <msg name="${key}"> into the messages ${quoted(group)} of the language ${quoted(language)}.`;
}
