/** Where pages lead: the lists of the head of each page, the pages to begin with, and the trail above a form. */
import { addressOf, type FunctionDescription } from './function.ts';
import type { Revision } from './revision.ts';

/** The name of the home page among start pages. */
const HOME = 'home';

/** Kinds of blocks whose rows come to the visitor, who never looks for them. */
const COMES = ['notice', 'state'];

export interface Link {
  readonly address: string;
  readonly title: string;
}

/** The lists, then the reports, that the layout of a level leads to; without a layout, every one of the level. */
export function navigation(revision: Revision, level: number, language: string) {
  const blocks = revision.plans.get(level)?.blocks;
  const named = (blocks ?? []).flatMap(({ kind, list, band, links }) => [
    ...(list && !COMES.includes(kind) ? [list.address] : []),
    ...(band ? [band.address] : []),
    ...(links ?? []).map(({ address }) => address),
  ]);
  return [...listsOf(revision, level), ...reportsOf(revision, level)]
    .filter((list) => !blocks || named.includes(addressOf(list)))
    .map((list) => ({
      name: list.name,
      address: addressOf(list),
      icon: list.icon ?? 'menu',
      title: revision.content.messages.text(language, list.name, 'menu') ?? titleOf(revision, list.name, language),
    }));
}

/** The pages with which a level may begin: its home page, if it has one, then its lists. */
export function startPages(revision: Revision, level: number, language: string) {
  const { messages } = revision.content;
  const home = { name: HOME, address: '/home', title: messages.text(language, 'page', HOME) ?? HOME };
  const coming = (revision.plans.get(level)?.blocks ?? []).flatMap(({ kind, list }) =>
    list && COMES.includes(kind) ? [list.func] : [],
  );
  const pages = listsOf(revision, level).filter(({ name }) => !coming.includes(name));
  const lists = pages.map((list) => ({
    name: list.name,
    address: addressOf(list),
    title: titleOf(revision, list.name, language),
  }));
  return revision.plans.has(level) ? [home, ...lists] : lists;
}

/** Where a level begins: at the page it wants, if it may open that, else at the first one there is. */
export function startOf(revision: Revision, level: number, wanted: string | null): string {
  const pages = startPages(revision, level, '');
  return (pages.find(({ name }) => name === wanted) ?? pages[0])?.address ?? '/help';
}

/** The list to which a form belongs: the one it was opened from, else the one whose name its own begins with. */
export function listAbove(revision: Revision, level: number, form: { func: string; back: string; language: string }) {
  const { func, back, language } = form;
  const lists = listsOf(revision, level);
  const path = back.split(/[?#]/)[0];
  const before = lists.find((list) => addressOf(list) === path);
  const list = before ?? lists.find(({ name }) => name === func.replace(/\.[^.]*$/, ''));
  return list && { address: before ? back : addressOf(list), title: titleOf(revision, list.name, language) };
}

function listsOf({ functions }: Revision, level: number): readonly FunctionDescription[] {
  return [...functions.values()].filter(({ type, level: test }) => type === 'list' && test(level));
}

function reportsOf({ functions }: Revision, level: number): readonly FunctionDescription[] {
  return [...functions.values()].filter(({ type, level: test }) => type === 'report' && test(level));
}

function titleOf({ content }: Revision, func: string, language: string): string {
  return content.messages.text(language, func, 'title') ?? func;
}
