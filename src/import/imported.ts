/** What an import is made from and what it makes. */
import type { Catalogue } from '../catalogue.ts';
import type { ContentFile } from '../content.ts';
import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts';
import type { Range, Source } from '../diagnostics/source.ts';
import type { XmlLimits } from '../xml/limits.ts';
import { attributeOf, elementsOf, type XmlElement } from '../xml/node.ts';
import { readXml } from '../xml/read.ts';
import type { Patchwork } from './patchwork.ts';

export interface ImportContext {
  readonly catalogue: Catalogue;
  /** The content that what is imported will stand before: Lintel's own. */
  readonly documents: readonly ContentFile[];
  readonly icons: ReadonlySet<string>;
  readonly limits: XmlLimits;
}

/** A file that is written, under its path in the content folder. */
export interface Target {
  readonly path: string;
  /** The file it was made from; undefined for a new one. */
  readonly from: Source | undefined;
  readonly work: Patchwork;
}

export interface Imported {
  readonly targets: readonly Target[];
  /** What does not carry over, or needs a hand, at its place in the files that were imported. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Says something of a place in a file that is imported. */
export type Tell = (
  place: { readonly source: Source; readonly range: Range },
  said: { readonly code: string; readonly severity: Severity; readonly message: string; readonly hint?: string },
) => void;

/** A target as it stands now; undefined when nothing is left of it that can be read. */
export function treeOf({ path, work }: Target, { limits }: Pick<ImportContext, 'limits'>): XmlElement | undefined {
  return readXml(path, Buffer.from(work.text), limits).root;
}

/** Cuts several stretches out of a target; one that lies in another goes with it. */
export function cutAll({ work }: Target, ranges: readonly Range[]): void {
  const outer = ranges.filter(
    (range, index) =>
      !ranges.some((other, at) => (at < index || !isSame(other, range)) && at !== index && contains(other, range)),
  );
  for (const range of [...outer].sort((a, b) => b.start - a.start)) work.cut(range);
}

const isSame = (a: Range, b: Range) => a.start === b.start && a.end === b.end;

/** Whether a stretch lies in another. */
export const contains = (outer: Range, inner: Range) => outer.start <= inner.start && inner.end <= outer.end;

/** All elements of a target, outer ones before those in them. */
export function elementsIn(target: Target, context: Pick<ImportContext, 'limits'>): XmlElement[] {
  const root = treeOf(target, context);
  return root ? everyElement(root) : [];
}

function everyElement(element: XmlElement): XmlElement[] {
  return [element, ...elementsOf(element).flatMap(everyElement)];
}

/** The value of an attribute, empty when there is none. */
export function valueIn(element: XmlElement, name: string): string {
  return attributeOf(element, name)?.value ?? '';
}
