/** What overlays are merged into: the layouts of a manager, the definitions and the texts. */
import { type ContentDocument, layoutOf, overlayOf } from '../content-document.ts';
import type { ElementContract } from '../element.ts';
import { attributeOf, elementsOf, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';
import { attributeText, type Draft, draftsIn, freeze, shellOf, thaw } from './draft.ts';
import type { Texts } from './merge-texts.ts';
import { isRemoved, isWhole, type Merging, mergeChildren, mergeInto, type Spot, type Target } from './overlay.ts';
import { Judgement } from './overlay-judgement.ts';

export interface Overlaid {
  /** The overlay with what it adds, and with what is to be said of it. */
  readonly document: ContentDocument;
  readonly unmerged: readonly XmlElement[];
  readonly targets: readonly Target[];
}

interface Options {
  readonly manager: string;
  readonly elements: ReadonlyMap<string, ElementContract>;
  readonly texts: Texts;
}

/** A document of the base that an overlay has changed, or may change. */
interface Thawed {
  readonly document: ContentDocument;
  readonly root: Draft;
}

export class Base {
  private readonly documents: readonly ContentDocument[];
  private readonly options: Options;
  private readonly thawed = new Map<string, Thawed>();
  /** What overlays have added themselves. */
  private readonly added: Thawed[] = [];

  constructor(documents: readonly ContentDocument[], options: Options) {
    this.documents = documents.filter(({ isPart, path }) => !isPart && !overlayOf(path));
    this.options = options;
  }

  /** Merges an overlay. One of another manager changes nothing here: of its changes, only the structure can be checked. */
  apply(document: ContentDocument): Overlaid {
    const { root } = document;
    if (!root) return { document, unmerged: [], targets: [] };
    const isOurs = overlayOf(document.path)?.manager === this.options.manager;
    if (!['mgrdata', 'doc'].includes(root.name)) return { document, unmerged: [], targets: [] };
    const shell = { ...shellOf(root), children: [] as Draft['children'] };
    if (!isOurs) return this.keep(document, root, shell);
    const { elements, texts } = this.options;
    const judgement = new Judgement(elements);
    const merging: Merging = { elements, judgement, targets: [] };
    const own = { document, root: shell };
    for (const change of elementsOf(root)) {
      if (!this.take(change, merging, own)) shell.children.push(thaw(change));
      if (change.name === 'lang') texts.overlay(change, judgement);
    }
    this.added.push(own);
    const problems = [...document.problems, ...judgement.problems];
    const unmerged = judgement.unmerged.filter(({ name }) => name !== 'msg');
    return { document: { ...document, root: freeze(shell, new Map()), problems }, unmerged, targets: merging.targets };
  }

  private keep(document: ContentDocument, root: XmlElement, shell: Draft): Overlaid {
    const merging: Merging = {
      elements: this.options.elements,
      judgement: new Judgement(this.options.elements),
      targets: [],
    };
    const isOwn = (change: XmlElement) =>
      change.name === 'metadata'
        ? !isDashboard(change) && isWhole(change, change, merging)
        : !/^(block|doc)$/.test(change.name);
    for (const change of elementsOf(root).filter(isOwn)) shell.children.push(thaw(change));
    const own = { ...document, root: freeze(shell, new Map()) };
    this.options.texts.add(own.root);
    return { document: own, unmerged: elementsOf(root).filter((change) => !isOwn(change)), targets: [] };
  }

  /** A document with all that overlays have made of it; itself when that is nothing. */
  changed(document: ContentDocument, changes: Map<XmlElement, XmlElement>): ContentDocument {
    const thawed = this.thawed.get(document.path) ?? this.added.find((own) => own.document.path === document.path);
    const before = changes.size;
    const root = thawed && freeze(thawed.root, changes);
    return root && changes.size > before ? { ...document, root } : document;
  }

  /** Whether an element of an overlay is merged, or is said to be lacking a target. */
  private take(change: XmlElement, merging: Merging, own: Thawed): boolean {
    if (change.name === 'block') this.takeBlocks([change], merging);
    else if (change.name === 'doc' || isDashboard(change)) this.takeBlocks(elementsOf(change, 'block'), merging);
    else if (change.name === 'metadata') return this.takeDefinition(change, merging, own);
    else return false;
    return true;
  }

  private takeBlocks(changes: readonly XmlElement[], merging: Merging): void {
    const layouts = this.layouts();
    for (const change of changes) {
      const name = attributeOf(change, 'name')?.value;
      const places = layouts.flatMap(({ document, root }) =>
        placesOfBlocks(root).map((draft): Spot => ({ draft, name: `${document.path}:`, isNew: false })),
      );
      const known = places.filter(({ draft }) =>
        draftsIn(draft, 'block').some((block) => attributeText(block, 'name') === name),
      );
      if (known.length > 0) for (const place of known) mergeChildren(place, [change], merging);
      else if (isWhole(change, change, merging) && !isRemoved(change))
        for (const { root, document } of layouts)
          mergeChildren(
            { draft: placesOfBlocks(root)[0] ?? root, name: `${document.path}:`, isNew: false },
            [change],
            merging,
          );
      if (known.length === 0 && (layouts.length === 0 || isRemoved(change) || !isWhole(change, change, merging)))
        merging.judgement.lacking(change, this.lackOfBlock(name ?? ''), this.blocks(places));
    }
  }

  private lackOfBlock(name: string): string {
    return `No layout of ${quoted(this.options.manager)} has a block named ${quoted(name)}`;
  }

  private blocks(places: readonly Spot[]): Map<string, XmlElement> {
    const blocks = places.flatMap(({ draft }) => draftsIn(draft, 'block'));
    return new Map(blocks.map((block) => [attributeText(block, 'name') ?? '', block.from]));
  }

  /** Merges a definition into that of its name; a whole one that is new stays in its overlay. */
  private takeDefinition(change: XmlElement, merging: Merging, own: Thawed): boolean {
    const name = attributeOf(change, 'name')?.value;
    const found = name === undefined ? undefined : this.definition(name);
    const target = found && definitionIn(found.root, name);
    if (found && target && found.root !== own.root) {
      mergeInto({ draft: found.root, name: `${found.document.path}:`, isNew: false }, target, { change, merging });
      return true;
    }
    if (name === undefined || (isWhole(change, change, merging) && !isRemoved(change))) return false;
    merging.judgement.lacking(change, `No function named ${quoted(name)} is defined`, this.definitions());
    return true;
  }

  private definition(name: string): Thawed | undefined {
    const document = this.documents.find(({ root }) => root && definesOne(root, name));
    const thawed = document && this.thaw(document);
    return [...(thawed ? [thawed] : []), ...this.added].find(({ root }) => definitionIn(root, name));
  }

  private definitions(): Map<string, XmlElement> {
    const all = this.documents.flatMap(({ root }) => (root?.name === 'mgrdata' ? elementsOf(root, 'metadata') : []));
    return new Map(all.reverse().map((metadata) => [attributeOf(metadata, 'name')?.value ?? '', metadata]));
  }

  private layouts(): Thawed[] {
    const { manager } = this.options;
    const ours = this.documents.filter(({ path, root }) => root?.name === 'doc' && layoutOf(path)?.manager === manager);
    return ours.flatMap((document) => this.thaw(document) ?? []);
  }

  private thaw(document: ContentDocument): Thawed | undefined {
    const known = this.thawed.get(document.path);
    if (known || !document.root) return known;
    const thawed = { document, root: thaw(document.root) };
    this.thawed.set(document.path, thawed);
    return thawed;
  }
}

function definesOne(root: XmlElement, name: string): boolean {
  return (
    root.name === 'mgrdata' && elementsOf(root, 'metadata').some((one) => attributeOf(one, 'name')?.value === name)
  );
}

function definitionIn(root: Draft, name: string | undefined): Draft | undefined {
  return draftsIn(root, 'metadata').find((one) => attributeText(one, 'name') === name);
}

function isDashboard(element: XmlElement): boolean {
  return element.name === 'metadata' && attributeOf(element, 'type')?.value === 'dashboard';
}

/** Where blocks stand in a layout: the outer element, or what it groups them with. */
function placesOfBlocks(root: Draft): Draft[] {
  const groups = draftsIn(root, 'metadata').filter((one) => attributeText(one, 'type') === 'dashboard');
  return groups.length > 0 ? [...groups, root] : [root];
}
