/** Puts what files include in its place: `<include name="parts/top"/>` becomes the children of that file's root. */
import { posix } from 'node:path';
import {
  type ContentDocument,
  folderOf,
  isDeep,
  layoutOf,
  overlayOf,
  type PlacedDocument,
  type Problem,
} from '../content-document.ts';
import type { Related } from '../diagnostics/diagnostic.ts';
import type { Source } from '../diagnostics/source.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { type ElementContract, ROOT } from '../element.ts';
import { type XmlLimits, xmlLimits } from '../xml/limits.ts';
import { attributeOf, elementsOf, placeOfValue, type XmlAttribute, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';
import { type Draft, freeze, thaw } from './draft.ts';

type Elements = ReadonlyMap<string, ElementContract>;

/** The documents with all that they include. One that only others need is a part, and no document of its own. */
export function include(
  documents: readonly PlacedDocument[],
  elements: Elements,
  limits: XmlLimits = xmlLimits,
): ContentDocument[] {
  const files = new Map(documents.map((document) => [document.path, document]));
  const parts = partsAmong(documents, files);
  return documents.map((document): ContentDocument => {
    const plain = { ...document, parts: [], isPart: parts.has(document.path) };
    const { root, problems } = document;
    if (plain.isPart || !root) return plain;
    if (isUnused(root, document.path, elements)) return { ...plain, isPart: true, problems: [unusedPart(root)] };
    if (!mentions(document)) return plain;
    const expansion = new Expansion(files, limits.elements);
    const draft = thaw(root);
    expansion.expand(draft, [{ document, at: root }]);
    return {
      ...plain,
      root: freeze(draft, new Map()),
      parts: [...expansion.parts],
      problems: [...problems, ...expansion.problems],
    };
  });
}

// Most files include nothing, and are not even looked through.
function mentions({ source, stored }: PlacedDocument): boolean {
  return !stored && source.text.includes('<include');
}

/** The paths of the files that others include. Of files in a circle the first is none, and neither are layouts and overlays. */
function partsAmong(documents: readonly PlacedDocument[], files: Files): ReadonlySet<string> {
  const targets = new Map(documents.filter(mentions).map((document) => [document.path, targetsOf(document, files)]));
  const parts = new Set([...targets.values()].flat());
  for (const path of parts) if (layoutOf(path) || overlayOf(path)) parts.delete(path);
  const reached = new Set<string>();
  const reach = (path: string) => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const target of targets.get(path) ?? []) reach(target);
  };
  for (const path of files.keys()) if (!parts.has(path)) reach(path);
  for (const path of [...parts].sort()) {
    if (reached.has(path)) continue;
    parts.delete(path);
    reach(path);
  }
  return parts;
}

type Files = ReadonlyMap<string, PlacedDocument>;

function targetsOf({ path, root }: PlacedDocument, files: Files): string[] {
  return (root ? includesIn(root) : []).flatMap((element) => {
    const target = files.get(pathOf(attributeOf(element, 'name')?.value ?? '', path) ?? '');
    return target && target.root?.name === element.parent?.name ? [target.path] : [];
  });
}

function includesIn(element: XmlElement): XmlElement[] {
  return elementsOf(element).flatMap((child) => (child.name === 'include' ? [child] : includesIn(child)));
}

/** The path that a name means in a file; undefined when it leads out of the content. */
function pathOf(name: string, from: string): string | undefined {
  if (/^[/\\]|^\w+:|\\/.test(name)) return undefined;
  const path = posix.join(posix.dirname(from), name.endsWith('.xml') ? name : `${name}.xml`);
  return folderOf(path) && path;
}

/** Files in folders of their own may wait for somebody to include them. */
function isUnused(root: XmlElement, path: string, elements: Elements): boolean {
  const contract = elements.get(root.name);
  return isDeep(path) && contract !== undefined && !contract.parents.includes(ROOT);
}

function unusedPart({ name, source, nameRange }: XmlElement): Problem {
  const hint = `Write <include name="…"/> into a <${name}> that is to have what it holds.`;
  return { code: 'unused-part', message: 'No file includes this part', source, range: nameRange, hint };
}

/** The file in which an include stands, and the include itself; of the outermost file, its root. */
interface Step {
  readonly document: PlacedDocument;
  readonly at: XmlElement;
}

const DEEPEST = 32;

class Expansion {
  readonly problems: Problem[] = [];
  readonly parts = new Set<Source>();
  private readonly files: Files;
  private readonly most: number;
  private size = 0;

  constructor(files: Files, most: number) {
    this.files = files;
    this.most = most;
  }

  expand(draft: Draft, way: readonly Step[]): void {
    draft.children = draft.children.flatMap((child) => {
      if (child.kind === 'text') return child;
      if (child.name === 'include') return this.childrenFor(child.from, draft.name, way) ?? child;
      this.expand(child, way);
      return child;
    });
  }

  /** What stands in the place of an include; undefined where it has to stay, for a rule to report. */
  private childrenFor(at: XmlElement, around: string, way: readonly Step[]): Draft['children'] | undefined {
    const name = attributeOf(at, 'name');
    const here = way.at(-1)?.document;
    if (!name || !here || at.attributes.length > 1 || elementsOf(at).length > 0) return undefined;
    const path = pathOf(name.value, here.path);
    if (path === undefined) return this.refuse(unsafe(name, here.path));
    const document = this.files.get(path);
    if (!document) return this.refuse(unknown(name, here.path, { around, files: this.files }));
    if (!document.root) return undefined;
    const circle = way.findIndex((step) => step.document === document);
    if (circle >= 0) return this.refuse(circular(name, way.slice(circle + 1)));
    if (document.root.name !== around) return this.refuse(unlike(name, around, document.root));
    this.size += 1 + sizeOf(document.root);
    if (this.size > this.most || way.length > DEEPEST) return this.refuse(tooMuch(name, this.most));
    this.parts.add(document.source);
    const draft = thaw(document.root);
    this.expand(draft, [...way, { document, at }]);
    return draft.children;
  }

  private refuse(problem: Problem): undefined {
    this.problems.push(problem);
  }
}

function sizeOf(element: XmlElement): number {
  return elementsOf(element).reduce((sum, child) => sum + sizeOf(child), 1);
}

function unsafe(name: XmlAttribute, from: string): Problem {
  const message = folderOf(from)
    ? `${quoted(name.value)} leads out of the content folder`
    : `${quoted(name.value)} is included by a file that lies in no content folder`;
  const hint = 'A file includes others in layouts/ or data/, by their path from its own folder.';
  return { code: 'unsafe-include', message, ...placeOfValue(name), hint };
}

/** What could be meant is what holds parts of the same element. */
function unknown(name: XmlAttribute, from: string, { around, files }: { around: string; files: Files }): Problem {
  const folder = posix.dirname(from);
  const known = [...files.values()]
    .filter(({ path, root }) => root?.name === around && path !== from && !layoutOf(path) && !overlayOf(path))
    .map(({ path }) => posix.relative(folder, path).replace(/\.xml$/, ''));
  const message = `No file is named ${quoted(pathOf(name.value, from) ?? name.value)}`;
  const hint = suggest(name.value.replace(/\.xml$/, ''), known) || 'The name is a path from the folder of this file.';
  return { code: 'unknown-include', message, ...placeOfValue(name), hint };
}

function circular(name: XmlAttribute, steps: readonly Step[]): Problem {
  const related = steps.flatMap(({ at }): Related[] => {
    const earlier = attributeOf(at, 'name');
    return earlier ? [{ ...placeOfValue(earlier), message: 'which this includes' }] : [];
  });
  const message =
    related.length > 0
      ? `${quoted(name.value)} includes this file in turn`
      : `${quoted(name.value)} is this file itself`;
  const hint = 'Remove one of the includes: a file cannot hold itself.';
  return { code: 'invalid-include', message, ...placeOfValue(name), hint, related };
}

function unlike(name: XmlAttribute, around: string, root: XmlElement): Problem {
  const message = `${quoted(name.value)} holds what stands in a <${root.name}>, and is included in a <${around}>`;
  const hint = `Include it in a <${root.name}>, or let the file begin with <${around}>.`;
  const related = [{ source: root.source, range: root.nameRange, message: `where it begins with <${root.name}>` }];
  return { code: 'invalid-include', message, ...placeOfValue(name), hint, related };
}

function tooMuch(name: XmlAttribute, most: number): Problem {
  const message = `With ${quoted(name.value)}, the file becomes larger than any may be`;
  const hint = `All that a file includes has at most ${most} elements, in chains of ${DEEPEST} files.`;
  return { code: 'invalid-include', message, ...placeOfValue(name), hint };
}
