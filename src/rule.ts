/**
 * A rule finds one kind of thing that can be wrong. Its file in `rules/` is named for its code; `about` and the fixtures in
 * `test/rules/CODE/` are its manual. A rule only yields findings: code and severity are stamped on from here.
 */
import type { ContentDocument } from './content-document.ts';
import type { Finding, Severity } from './diagnostics/diagnostic.ts';
import type { Source } from './diagnostics/source.ts';
import type { ElementContract, Refers } from './element.ts';
import type { Features } from './features.ts';
import type { FunctionDescription } from './function.ts';
import type { HouseFindings } from './house/document.ts';
import type { Messages } from './messages.ts';
import type { Peer } from './peers.ts';
import type { CheckedTemplate, TemplateContext } from './template.ts';
import type { XmlAttribute, XmlElement } from './xml/node.ts';

export interface Rule {
  readonly code: string;
  readonly severity: Severity;
  /** One sentence: what is wrong, and why it matters. */
  readonly about: string;
  /** Whether `element` is called for misplaced elements too. */
  readonly anywhere?: boolean;
  /** Called for every document that was read. */
  document?(document: ContentDocument, context: CheckContext): Iterable<Finding>;
  /** Called for every element of every document, as far as `isFor` lets it. */
  element?(element: CheckedElement, context: CheckContext): Iterable<Finding>;
  /** Whether elements of a name can have what it finds; asked once for each name. Without it, all can. */
  isFor?(name: string, contract: ElementContract | undefined): boolean;
  /** Whether it has to be asked about an element at all: a quick look that spares most of the work. */
  needs?(element: CheckedElement, context: CheckContext): boolean;
  /** Called for every file of rules of the house. */
  house?(document: HouseFindings, context: CheckContext): Iterable<Finding>;
  /** Called for every template that is checked. */
  template?(template: CheckedTemplate, context: TemplateContext): Iterable<Finding>;
  /** Called once for all content, when all of it is checked and names are known. */
  content?(context: CheckContext): Iterable<Finding>;
}

export interface CheckedElement {
  readonly node: XmlElement;
  /** Undefined for an element the language does not know. */
  readonly contract: ElementContract | undefined;
  /** Whether it stands where its contract does not put it. */
  readonly isMisplaced: boolean;
  /** What the contract's schema says against its attributes. */
  readonly faults: readonly Fault[];
}

/** One thing a schema found wrong with an attribute (or with a missing one). */
export interface Fault {
  readonly kind: 'unknown' | 'missing' | 'invalid';
  readonly attribute: string;
  /** The attribute in the source; undefined when it is missing. */
  readonly place: XmlAttribute | undefined;
  /** What the schema wants of an invalid value. */
  readonly wanted: {
    readonly keyword: string;
    readonly limit?: number;
    readonly values?: readonly string[];
    readonly type?: string;
  };
}

export interface CheckContext {
  readonly elements: ReadonlyMap<string, ElementContract>;
  /** All documents of the check, read or not. */
  readonly documents: readonly ContentDocument[];
  /** The manager whose layouts are served. */
  readonly manager: string;
  /** The files that are overlays, or parts of overlays. */
  readonly overlays: ReadonlySet<Source>;
  /** The names in the files are registered elsewhere, and so may be the files that they name. */
  readonly structureOnly: boolean;
  /** What names may refer to; undefined when only structure is checked, or when a file that defines names could not be read. */
  readonly names: Names | undefined;
  /** What the database says of a definition's query; undefined when there is none to ask. */
  query(metadata: XmlElement): QueryAnswer | undefined;
  /** What is taken out of a text of Markdown before it is shown; undefined when nothing is. */
  removed?(text: string): readonly RemovedMarkup[] | undefined;
  /** When the check is made; undefined where that does not matter. */
  readonly now?: Date | undefined;
}

/** A part of a text, by its place in it. */
export interface RemovedMarkup {
  readonly at: number;
  readonly length: number;
  /** `<script>`, `onclick`, `javascript:alert(1)`. */
  readonly what: string;
  readonly kind: 'element' | 'attribute' | 'address' | 'image';
}

export interface Names {
  readonly functions: ReadonlyMap<string, FunctionDescription>;
  readonly icons: ReadonlySet<string>;
  readonly messages: Messages;
  readonly connections: ReadonlySet<string>;
  /** Sites whose pages may stand in a frame. */
  readonly frames: readonly string[];
  /** Hosts that sources of lists may call. */
  readonly peers: readonly Peer[];
  readonly features: Features;
}

export type QueryAnswer =
  | { readonly columns: readonly string[] }
  | { readonly problem: string; readonly near?: string };

/** What a contract says of one attribute, as far as rules ask. */
export interface AttributeSchema {
  readonly about?: string;
  readonly refers?: Refers;
  readonly type?: string;
  readonly enum?: readonly string[];
  /** Words that are among its values. */
  readonly examples?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

export function schemaOf({ contract }: CheckedElement, attribute: string): AttributeSchema | undefined {
  const schemas = (contract?.attributes.properties ?? {}) as Readonly<Record<string, AttributeSchema>>;
  return Object.hasOwn(schemas, attribute) ? schemas[attribute] : undefined;
}

/** The attributes whose values name a thing of the kind; those that `invalid-value` reports are left out. */
export function references({ node, contract, faults }: CheckedElement, refers: Refers): readonly XmlAttribute[] {
  const names = contract && referring(contract, refers);
  if (names === undefined || names.length === 0) return [];
  return node.attributes.filter(
    (attribute) => names.includes(attribute.name) && !faults.some(({ place }) => place === attribute),
  );
}

/** For `isFor`: the elements of these names. */
export const elementsNamed =
  (...names: readonly string[]) =>
  (name: string) =>
    names.includes(name);

/** For `isFor`: the elements that have attributes which name things of a kind. */
export const elementsReferring = (refers: Refers) => (_name: string, contract: ElementContract | undefined) =>
  contract !== undefined && referring(contract, refers).length > 0;

/** For `needs`: elements with an attribute that names a thing of a kind. */
export const naming =
  (refers: Refers) =>
  ({ node, contract }: CheckedElement): boolean => {
    const names = contract ? referring(contract, refers) : [];
    for (const { name } of node.attributes) if (names.includes(name)) return true;
    return false;
  };

/** For `needs`: elements with one of these attributes. */
export const having =
  (...names: readonly string[]) =>
  ({ node }: CheckedElement): boolean => {
    for (const { name } of node.attributes) if (names.includes(name)) return true;
    return false;
  };

/** For `needs`: elements that hold something. */
export const holding = ({ node }: CheckedElement): boolean => node.children.length > 0;

/** For `needs`: elements that their contract finds fault with. */
export const faulty = ({ faults }: CheckedElement): boolean => faults.length > 0;

/** Whether an attribute names a thing of a kind. */
export function refersTo(contract: ElementContract | undefined, attribute: string, refers: Refers): boolean {
  return contract !== undefined && referring(contract, refers).includes(attribute);
}

const known = new WeakMap<ElementContract, Map<Refers, readonly string[]>>();

/** The names of the attributes that name things of a kind. */
function referring(contract: ElementContract, refers: Refers): readonly string[] {
  let kinds = known.get(contract);
  if (kinds === undefined) known.set(contract, (kinds = new Map()));
  let names = kinds.get(refers);
  if (names === undefined) {
    const schemas = Object.entries(contract.attributes.properties as Readonly<Record<string, AttributeSchema>>);
    names = schemas.flatMap(([name, schema]) => (schema.refers === refers ? [name] : []));
    kinds.set(refers, names);
  }
  return names;
}
