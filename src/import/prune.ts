/** Takes out what the language does not have, until what stays passes the check of structure. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Range } from '../diagnostics/source.ts';
import { compileContent } from '../revision.ts';
import type { XmlAttribute, XmlElement } from '../xml/node.ts';
import { adviceOn } from './advice.ts';
import { cutAll, type ImportContext, type Target, type Tell, treeOf } from './imported.ts';

/** What is found inside what was cut shows itself only in the next round. */
const ROUNDS = 30;

/** The targets that are left: one of which nothing can be kept is none. */
export async function prune(targets: readonly Target[], context: ImportContext, tell: Tell): Promise<Target[]> {
  let left = [...targets];
  for (let round = 0; round < ROUNDS; round++) {
    const diagnostics = (await findingsIn(left, context, true)).filter(isCut);
    if (diagnostics.length === 0) break;
    left = left.filter((target) => {
      const own = diagnostics.filter(({ source }) => source.path === target.path);
      return own.length === 0 || pruneOne(target, own, context, tell);
    });
  }
  return left;
}

/** What a check says of the targets in the midst of the content they will stand in. */
export async function findingsIn(
  targets: readonly Target[],
  { catalogue, documents, icons, limits }: ImportContext,
  structureOnly: boolean,
): Promise<readonly Diagnostic[]> {
  const only = new Set(targets.map(({ path }) => path));
  const own = targets.map(({ path, work }) => ({ path, bytes: Buffer.from(work.text) }));
  const all = [...documents.filter(({ path }) => !only.has(path)), ...own].sort((a, b) => (a.path < b.path ? -1 : 1));
  const managers = new Set(targets.map(({ path }) => managerOf(path)).filter((name) => name !== undefined));
  const found = new Map<string, Diagnostic>();
  for (const manager of managers.size === 0 ? ['billmgr'] : managers) {
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

/** Notes of what is read over are cut as errors are; other notes are about what works. */
function isCut({ severity, code }: Diagnostic): boolean {
  return severity !== 'info' || code.startsWith('unused-');
}

function pruneOne(target: Target, findings: readonly Diagnostic[], context: ImportContext, tell: Tell): boolean {
  const root = treeOf(target, context);
  const cuts: Range[] = [];
  let isKept = root !== undefined;
  for (const finding of findings) {
    const node = root && nodeAt(root, finding.range);
    const cut = node && cutFor(node, context);
    if (cut && cuts.some((other) => overlaps(other, cut))) continue;
    if (cut && cut.start !== root.range.start) cuts.push(cut);
    else isKept = false;
    const place = target.work.origin(finding.range);
    const { code, severity, message, hint } = finding;
    const advice = node && !('value' in node) ? adviceOn(node) : undefined;
    if (place) tell(place, { code, severity, message, ...(hint !== undefined && { hint }), ...advice });
  }
  cutAll(target, cuts);
  return isKept;
}

type Found = XmlElement | { readonly value: XmlAttribute; readonly of: XmlElement };

/** The attribute or element in whose name, value or text a range lies. */
function nodeAt(element: XmlElement, range: Range): Found {
  for (const child of element.children) {
    if (child.kind === 'element' && contains(child.range, range)) return nodeAt(child, range);
  }
  const value = element.attributes.find(
    ({ nameRange, valueRange }) => contains(nameRange, range) || contains(valueRange, range),
  );
  return value ? { value, of: element } : element;
}

/** What has to go: an attribute that may be left out, or the whole element. */
function cutFor(node: Found, { catalogue }: ImportContext): Range {
  if (!('value' in node)) return node.range;
  const { value, of } = node;
  const required = (catalogue.elements.get(of.name)?.attributes as { required?: readonly string[] } | undefined)
    ?.required;
  if (required?.includes(value.name)) return of.range;
  return { start: value.nameRange.start, end: value.valueRange.end + 1 };
}

const contains = (outer: Range, inner: Range) => outer.start <= inner.start && inner.end <= outer.end;
const overlaps = (a: Range, b: Range) => a.start < b.end && b.start < a.end;
