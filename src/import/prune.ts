/** Takes out what the language does not have, until what stays passes the check of structure. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Range } from '../diagnostics/source.ts';
import { compileContent } from '../revision.ts';
import type { XmlAttribute, XmlElement } from '../xml/node.ts';
import { adviceOn } from './advice.ts';
import { contains, cutAll, type ImportContext, type Target, type Tell, treeOf } from './imported.ts';

/** What is found inside what was cut shows itself only in the next round. */
const ROUNDS = 30;

/** The targets that are left: one of which nothing can be kept is none. What only looks odd is told, and stays. */
export async function prune(targets: readonly Target[], context: ImportContext, tell: Tell): Promise<Target[]> {
  let left = [...targets];
  for (let round = 0; round < ROUNDS; round++) {
    const diagnostics = await findingsIn(left, context, true);
    const results = left.map((target) => {
      const own = diagnostics.filter(({ source }) => source.path === target.path);
      return { target, result: own.length === 0 ? 'whole' : pruneOne(target, own, context, tell) };
    });
    left = results.filter(({ result }) => result !== 'gone').map(({ target }) => target);
    if (results.every(({ result }) => result === 'whole')) break;
  }
  return left;
}

/** What a check says of the targets in the midst of the content they will stand in. */
export async function findingsIn(
  targets: readonly Target[],
  { catalogue, documents, icons, limits }: ImportContext,
  structureOnly: boolean,
): Promise<readonly Diagnostic[]> {
  const paths = new Set(targets.map(({ path }) => path));
  const own = targets.map(({ path, work }) => ({ path, bytes: Buffer.from(work.text) }));
  const all = [...documents.filter(({ path }) => !paths.has(path)), ...own].sort((a, b) => (a.path < b.path ? -1 : 1));
  const managers = new Set(targets.map(({ path }) => managerOf(path)).filter((name) => name !== undefined));
  const found = new Map<string, Diagnostic>();
  for (const manager of managers.size === 0 ? ['billmgr'] : managers) {
    const only = new Set([...paths].filter((path) => (managerOf(path) ?? manager) === manager));
    const context = { catalogue, manager, icons, database: undefined, structureOnly, limits, only };
    for (const one of (await compileContent({ documents: all }, context)).diagnostics) {
      found.set([one.source.path, one.range.start, one.range.end, one.code, one.message].join(' '), one);
    }
  }
  return [...found.values()];
}

export function managerOf(path: string): string | undefined {
  return /^layouts\/([^/]+?)_(?:dashboard|mod)_[^/]+\.xml$/.exec(path)?.[1];
}

function pruneOne(target: Target, findings: readonly Diagnostic[], context: ImportContext, tell: Tell): string {
  const root = treeOf(target, context);
  if (!root) return 'gone';
  const cuts: Range[] = [];
  for (const finding of findings) {
    const node = nodeAt(root, finding.range);
    const cut = cutFor(node, context);
    if (!isCut(finding, node, cut) || cuts.some((other) => overlaps(other, cut))) continue;
    cuts.push(cut);
    const place = target.work.origin(finding.range);
    const { code, severity, message, hint } = finding;
    const advice = 'value' in node ? undefined : adviceOn(node);
    if (place) tell(place, { code, severity, message, ...(hint !== undefined && { hint }), ...advice });
  }
  if (cuts.some(({ start }) => start === root.range.start)) return 'gone';
  cutAll(target, cuts);
  return cuts.length === 0 ? 'whole' : 'less';
}

/** What has no effect where it stands, and is therefore left out. */
const IDLE = ['unused-element', 'unused-attribute', 'unused-change', 'unused-placement'];

/** An error goes, and what is idle; of what is only odd, an attribute that has no effect. */
function isCut({ code, severity }: Diagnostic, node: Found, cut: Range): boolean {
  if (severity === 'error' || IDLE.includes(code)) return true;
  return severity === 'warning' && 'value' in node && cut.start === node.value.nameRange.start;
}

type Found = XmlElement | { readonly value: XmlAttribute; readonly of: XmlElement };

/** The attribute or element in whose name, value or text a range lies. */
export function nodeAt(element: XmlElement, range: Range): Found {
  for (const child of element.children) {
    if (child.kind === 'element' && contains(child.range, range)) return nodeAt(child, range);
  }
  const value = element.attributes.find(
    ({ nameRange, valueRange }) => contains(nameRange, range) || contains(valueRange, range),
  );
  return value ? { value, of: element } : element;
}

/** What has to go: an attribute that may be left out, or the whole element. */
export function cutFor(node: Found, { catalogue }: ImportContext): Range {
  if (!('value' in node)) return node.range;
  const { value, of } = node;
  const required = (catalogue.elements.get(of.name)?.attributes as { required?: readonly string[] } | undefined)
    ?.required;
  if (required?.includes(value.name)) return of.range;
  return { start: value.nameRange.start, end: value.valueRange.end + 1 };
}

const overlaps = (a: Range, b: Range) => a.start < b.end && b.start < a.end;
