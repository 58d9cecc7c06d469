import type { Range } from '../diagnostics/source.ts';
import { attributeOf, elementsOf, type XmlElement } from '../xml/node.ts';
import { adviceOn } from './advice.ts';
import { elementsIn, type ImportContext, type Target, type Tell, treeOf, valueIn } from './imported.ts';
import { innermost } from './sort-files.ts';

/** Gives a file the form in which authors write it: what a running panel, or a print of its answer, has put around it goes. */
export function unwrap(target: Target, context: ImportContext): void {
  const outer = treeOf(target, context);
  const inner = outer && innermost(outer);
  if (!outer || !inner) return;
  if (inner !== outer) {
    target.work.replace({ start: inner.range.end, end: outer.range.end });
    target.work.replace({ start: outer.range.start, end: inner.range.start });
  }
  if (/_dashboard_\d+\.xml$/.test(target.path)) unwrapPage(target, context);
  indent(target, context);
}

function unwrapPage(target: Target, context: ImportContext): void {
  const root = treeOf(target, context);
  if (!root) return;
  const pages = elementsOf(root, 'metadata').filter((part) => attributeOf(part, 'type')?.value === 'dashboard');
  const hasTexts = elementsOf(root, 'messages').length > 0;
  const cuts = root.attributes
    .filter(({ name }) => root.name === 'doc' && !(hasTexts && name === 'lang') && !/^xml|^xsi:/.test(name))
    .map(({ nameRange, valueRange }) => ({ start: nameRange.start, end: valueRange.end + 1 }));
  const tags = [...pages, ...(root.name === 'doc' ? [] : [root])].flatMap(tagsOf);
  for (const range of [...cuts, ...tags].sort((a, b) => b.start - a.start)) target.work.cut(range);
  if (root.name === 'doc') return;
  const { text } = target.work;
  const start = /^(?:\s|<\?.*?\?>|<!--.*?-->)*/s.exec(text)?.[0].length ?? 0;
  target.work.replace({ start: text.trimEnd().length, end: text.length }, '\n</doc>\n');
  target.work.replace({ start, end: start }, '<doc>\n');
}

/** Moves what stands in the root, and its end tag, to where they stand in a file of their own. */
function indent(target: Target, context: ImportContext): void {
  const root = treeOf(target, context);
  if (!root) return;
  const { text } = root.source;
  const moves = elementsOf(root).flatMap(({ range }) => {
    const extra = indentOf(text, range.start) - 2;
    return extra > 0 && !text.slice(text.lastIndexOf('\n', range.start) + 1, range.start).includes('\t')
      ? linesOf(text, range).map((start) => ({ start, end: start + Math.min(extra, indentOf(text, start)) }))
      : [];
  });
  const end = text.lastIndexOf('\n', root.innerRange.end) + 1;
  const closing = { start: end, end: end + indentOf(text, end) };
  for (const range of [...moves, closing].sort((a, b) => b.start - a.start)) target.work.replace(range);
}

/** Spaces before what stands first on the line of an offset. */
function indentOf(text: string, at: number): number {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  return /^ */.exec(text.slice(start, start + 100))?.[0].length ?? 0;
}

/** Where the lines of a stretch begin that begin with markup: those within a text stay as they are. */
function linesOf(text: string, { start, end }: Range): number[] {
  const first = text.lastIndexOf('\n', start - 1) + 1;
  const lines = [...text.slice(first, end).matchAll(/^ *</gm)].map(({ index }) => first + index);
  return lines;
}

/** The start tag and the end tag of an element, or the whole of an empty one. */
function tagsOf({ range, innerRange }: XmlElement): Range[] {
  if (innerRange.start === range.end) return [range];
  return [
    { start: range.start, end: innerRange.start },
    { start: innerRange.end, end: range.end },
  ];
}

const CALL = /[^\w.-]/;

/** Takes out the buttons that call JavaScript of a page that is not Lintel's. */
export function cutScripts(target: Target, context: ImportContext, tell: Tell): void {
  const buttons = elementsIn(target, context).filter(({ name }) => name === 'toolbtn');
  for (const button of buttons.reverse()) {
    const func = attributeOf(button, 'func');
    if (!func || !CALL.test(func.value)) continue;
    const place = target.work.origin(func.valueRange);
    const message = `The button "${attributeOf(button, 'name')?.value ?? ''}" calls JavaScript of another page`;
    const hint = 'Let it open a form, a list or an address: form="…", list="…" or url="…".';
    if (place) tell(place, { code: 'unused-script', severity: 'warning', message, hint });
    target.work.cut(button.range);
  }
}

/** Takes out what their panel includes: it names its files in another way than by a path. One that is imported as well is read by itself. */
export function cutIncludes(target: Target, { targets, ...context }: ImportContext & All, tell: Tell): void {
  const names = targets.map(({ from }) => nameOf(from?.path ?? ''));
  for (const include of elementsIn(target, context).reverse()) {
    const advice = include.name === 'include' ? adviceOn(include) : undefined;
    const place = target.work.origin(include.nameRange);
    if (!advice) continue;
    const name = valueIn(include, 'name');
    if (place && names.includes(nameOf(name))) tell(place, needless(name));
    else if (place) tell(place, { code: 'unknown-include', ...advice });
    target.work.cut(include.range);
  }
}

interface All {
  readonly targets: readonly Target[];
}

const nameOf = (path: string) => (path.split('/').at(-1) ?? '').replace(/\.xml$/, '');

function needless(name: string) {
  const message = `The file "${name}" is read without being included`;
  return { code: 'unused-element', severity: 'info' as const, message, hint: 'Each file of layouts/ and data/ is.' };
}
