import { isToolbarBlock, listAround } from '../list-around.ts';
import type { CheckContext, Rule } from '../rule.ts';
import { attributeOf, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const missingMessage: Rule = {
  code: 'missing-message',
  severity: 'warning',
  about: 'A text that pages need is missing in a language, so its visitors see the default language or a bare name.',
  *element({ node }, context) {
    const name = attributeOf(node, 'name');
    const need = name && name.value !== '' && context.names ? neededBy(node, name.value, context) : undefined;
    if (!name || !need || !context.names) return;
    const { languages, has } = context.names.messages;
    const lacking = languages.filter((language) => !need.texts.some(([group, key]) => has(language, group, key)));
    if (lacking.length === 0) return;
    yield {
      message: `The ${need.what} ${quoted(name.value)} has no text in ${lacking.join(', ')}`,
      source: node.source,
      range: name.valueRange,
      hint: howTo(need.texts[0], lacking),
    };
  },
};

type Text = readonly [group: string, key: string];

interface Need {
  readonly what: string;
  /** Any of them will do. */
  readonly texts: readonly [Text, ...Text[]];
}

const DASHBOARD = 'dashboard';

/** What a page needs for an element; a text of a list is asked for where the list is defined, not at each use. */
function neededBy(node: XmlElement, name: string, context: CheckContext): Need | undefined {
  const func = listAround(node, context)?.name ?? '';
  switch (node.name) {
    case 'metadata':
      return { what: 'function', texts: [[name, 'title']] };
    case 'block':
      return headingOf(node, name, context);
    case 'col':
      return isShown(node, name, context) ? { what: 'column', texts: [[func, name]] } : undefined;
    case 'toolbtn':
      return captionOf(node, name, func);
    default:
      return undefined;
  }
}

function captionOf({ parent }: XmlElement, name: string, func: string): Need | undefined {
  const what = 'button';
  if (parent?.name !== 'block') return func === '' ? undefined : { what, texts: [[func, `short_${name}`]] };
  return isToolbarBlock(parent) ? { what, texts: [[DASHBOARD, `${blockName(parent)}_${name}`]] } : undefined;
}

function blockName(block: XmlElement): string {
  return attributeOf(block, 'name')?.value ?? '';
}

/** Only lists have a heading. Their title is one too, so of a list that a file defines it is asked for there. */
function headingOf(block: XmlElement, name: string, context: CheckContext): Need | undefined {
  const list = attributeOf(block, 'title') ? undefined : listAround(block, context);
  if (!list || list.metadata) return undefined;
  const own: Text = [DASHBOARD, name];
  return { what: 'block', texts: [own, [list.name, 'title']] };
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
