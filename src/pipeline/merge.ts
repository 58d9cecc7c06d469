/** Puts the documents together: includes in their places, overlays over what they change, layouts by level, texts by language. */
import { type ContentDocument, layoutOf, overlayOf, type PlacedDocument } from '../content-document.ts';
import type { Source } from '../diagnostics/source.ts';
import type { ElementContract } from '../element.ts';
import { definitionsOf } from '../layout.ts';
import type { Messages } from '../messages.ts';
import type { XmlLimits } from '../xml/limits.ts';
import { attributeOf, type XmlElement } from '../xml/node.ts';
import { include } from './include.ts';
import { Texts } from './merge-texts.ts';
import type { Target } from './overlay.ts';
import { Base, type Overlaid } from './overlay-base.ts';

/** Everything the content folders say, as one value. */
export interface Content {
  /** Each file by itself, with what it includes in its place; an overlay with what it adds. */
  readonly documents: readonly ContentDocument[];
  /** Access level → the `doc` element of its layout. */
  readonly layouts: ReadonlyMap<number, XmlElement>;
  /** Function → its `metadata` element. */
  readonly definitions: ReadonlyMap<string, XmlElement>;
  readonly messages: Messages;
  readonly overlaid: OverlaidContent;
}

/** What overlays have made of the documents. */
export interface OverlaidContent {
  /** The documents with all changes; those that no overlay changes are the same as before. */
  readonly documents: readonly ContentDocument[];
  /** Element of a changed document → what of an overlay has changed it. */
  readonly changes: ReadonlyMap<XmlElement, XmlElement>;
  /** Elements of overlays that could not be merged, so that only their own structure can be checked. */
  readonly unmerged: readonly XmlElement[];
  /** The overlays, and the files that they include. */
  readonly sources: ReadonlySet<Source>;
  /** Path of an overlay → what it changes. */
  readonly targets: ReadonlyMap<string, readonly Target[]>;
  /** What definitions and texts were before, with those that overlays add. */
  readonly before: Pick<Content, 'definitions' | 'messages'>;
}

export interface MergeOptions {
  readonly manager: string;
  readonly elements: ReadonlyMap<string, ElementContract>;
  /** How large a document may be with all that it includes; missing for the usual limits. */
  readonly limits?: XmlLimits | undefined;
}

/** The first definition, layout or text of a name stays; overlays change them, in the order of their names. */
export function merge(documents: readonly PlacedDocument[], { manager, elements, limits }: MergeOptions): Content {
  const included = include(documents, elements, limits);
  const texts = textsOf(included.filter(({ path }) => !overlayOf(path)));
  const overlays = overlaysOf(included);
  const base = new Base(included, { manager, elements, texts });
  const results = new Map(overlays.map((overlay) => [overlay, base.apply(overlay)]));
  const own = included.map((document) => results.get(document)?.document ?? document);
  const before = overlays.length > 0 ? textsOf(own) : texts;
  const changes = new Map<XmlElement, XmlElement>();
  const changed = own.map((document) => base.changed(document, changes));
  const all = [...results.values()];
  const definitions = definitionsIn(changed);
  return {
    documents: own,
    layouts: layoutsIn(changed, manager),
    definitions,
    messages: texts.messages,
    overlaid: {
      documents: changed,
      changes,
      unmerged: all.flatMap(({ unmerged }: Overlaid) => unmerged),
      sources: new Set(overlays.flatMap(({ source, parts }) => [source, ...parts])),
      targets: new Map(all.map(({ document, targets }) => [document.path, targets])),
      before: { definitions: overlays.length > 0 ? definitionsIn(own) : definitions, messages: before.messages },
    },
  };
}

/** The texts of documents; those of overlays come last. */
function textsOf(documents: readonly ContentDocument[]): Texts {
  const texts = new Texts();
  for (const { root, isPart, stored } of ownFirst(documents)) {
    const kept = stored?.document.texts;
    if (stored && kept) texts.addStored(JSON.parse(stored.text(kept)));
    else if (root && !isPart) texts.add(root);
  }
  return texts;
}

/** What overlays add comes after what there is. */
function ownFirst(documents: readonly ContentDocument[]): ContentDocument[] {
  const isOverlay = ({ path }: ContentDocument) => overlayOf(path) !== undefined;
  return [...documents.filter((document) => !isOverlay(document)), ...documents.filter(isOverlay)];
}

function overlaysOf(documents: readonly ContentDocument[]): ContentDocument[] {
  const named = documents.flatMap((document) => {
    const overlay = document.isPart ? undefined : overlayOf(document.path);
    return overlay ? [{ document, name: `${overlay.manager} ${overlay.name}` }] : [];
  });
  return named.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ document }) => document);
}

function layoutsIn(documents: readonly ContentDocument[], manager: string): ReadonlyMap<number, XmlElement> {
  const layouts = new Map<number, XmlElement>();
  for (const { path, root } of documents) {
    const layout = layoutOf(path);
    if (root?.name === 'doc' && layout?.manager === manager) layouts.set(layout.level, root);
  }
  return layouts;
}

function definitionsIn(documents: readonly ContentDocument[]): ReadonlyMap<string, XmlElement> {
  const definitions = new Map<string, XmlElement>();
  for (const { root, isPart } of ownFirst(documents)) {
    for (const metadata of isPart ? [] : definitionsOf(root)) {
      const name = attributeOf(metadata, 'name')?.value;
      if (name !== undefined && !definitions.has(name)) definitions.set(name, metadata);
    }
  }
  return definitions;
}
