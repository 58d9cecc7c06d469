/** Texts: those of the page and of functions that are here stay, those of the menu move to their functions. */
import { attributeOf, elementsOf, type XmlElement } from '../xml/node.ts';
import { type ImportContext, type Target, type Tell, treeOf } from './imported.ts';

/** Groups of texts that belong to no function. */
const GENERAL = new Set(['dashboard', 'common', 'page']);

export function carryTexts(
  targets: readonly Target[],
  functions: ReadonlySet<string>,
  context: ImportContext,
  tell: Tell,
) {
  for (const target of targets) {
    const root = treeOf(target, context);
    const languages = root?.name === 'mgrdata' ? elementsOf(root, 'lang') : [];
    const groups = languages.flatMap((lang) => elementsOf(lang, 'messages'));
    for (const group of groups.reverse()) carryGroup(target, group, functions, tell);
  }
}

function carryGroup({ work }: Target, group: XmlElement, functions: ReadonlySet<string>, tell: Tell): void {
  const name = attributeOf(group, 'name');
  if (!name || GENERAL.has(name.value) || functions.has(name.value)) return;
  const place = work.origin(name.valueRange);
  const isMenu = name.value === 'desktop';
  const message = isMenu
    ? 'Of the texts of the desktop, those of menu entries are taken over'
    : `"${name.value}" is no function here, and its texts are left out`;
  const hint = isMenu ? 'A list stands in the menu with the text "menu" of its function.' : undefined;
  if (place) tell(place, { code: 'unused-texts', severity: 'info', message, ...(hint !== undefined && { hint }) });
  const entries = isMenu ? elementsOf(group, 'msg').flatMap((msg) => menuText(msg, functions)) : [];
  if (entries.length === 0) work.cut(group.range);
  else work.replace(group.range, entries.join('\n    '));
}

/** `menu_ticket` of the desktop is the text `menu` of `ticket`. */
function menuText(msg: XmlElement, functions: ReadonlySet<string>): string[] {
  const [, func] = /^(?:modern)?menu_(.+)$/.exec(attributeOf(msg, 'name')?.value ?? '') ?? [];
  if (func === undefined || !functions.has(func)) return [];
  const inner = msg.source.text.slice(msg.innerRange.start, msg.innerRange.end);
  return [`<messages name="${func}"><msg name="menu">${inner}</msg></messages>`];
}
