import { type ContentDocument, layoutOf } from '../content-document.ts';
import type { Diagnostic, Finding } from '../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../diagnostics/diagnostic.ts';
import type { Source } from '../diagnostics/source.ts';
import { type ElementContract, ROOT, readAttributes } from '../element.ts';
import { isFamilyElement } from '../family.ts';
import { isPresent } from '../features.ts';
import type { HouseDocument } from '../house/read.ts';
import { isUnknownLanguage } from '../language.ts';
import type { CheckContext, CheckedElement, Fault, Rule } from '../rule.ts';
import type { TemplateContext } from '../template.ts';
import { isSchemaAttribute } from '../xml/names.ts';
import { attributeOf, elementsOf, type XmlElement } from '../xml/node.ts';
import type { Content } from './merge.ts';

/** Validates the attributes of an element against its contract; made by ajv from the contracts when Lintel is built. */
export type Validate = (values: unknown) => readonly SchemaError[];

export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Checks {
  readonly rules: readonly Rule[];
  readonly validators: Readonly<Record<string, Validate>>;
}

/** What is checked: the content, or of it the files of these paths. */
export interface Checked {
  readonly content: Pick<Content, 'documents' | 'overlaid'>;
  readonly only?: ReadonlySet<string> | undefined;
  readonly house?: readonly HouseDocument[];
  /** The names of the templates to check, and all that there are. */
  readonly templates?: { readonly names: readonly string[]; readonly context: TemplateContext } | undefined;
}

export interface Given extends Omit<CheckContext, 'documents' | 'overlays'> {
  /** What names referred to before overlays changed the definitions and texts. */
  readonly namesBefore?: CheckContext['names'];
}

/**
 * Every finding of every rule, sorted by place. Files are checked as they are, and once more as overlays have changed
 * them: what is wrong only since then is found at the change.
 */
export function check(checked: Checked, given: Given, checks: Checks): Diagnostic[] {
  const { content, only } = checked;
  const { documents, overlaid } = content;
  const isKnown = documents.every((document) => isRead(document, given.elements));
  const { namesBefore = given.names, ...common } = { ...given, overlays: overlaid.sources };
  const before: CheckContext = { ...common, names: isKnown ? namesBefore : undefined, documents };
  const context: CheckContext = { ...common, names: isKnown ? given.names : undefined, documents: overlaid.documents };
  const isWanted = ({ path }: Source) => !only || only.has(path);
  const pins = new Set(documents.filter(({ source }) => isWanted(source)).flatMap(pinsOf));
  const isOverlayWanted = [...overlaid.sources].some(isWanted);
  const diagnostics = [...otherFindings(checked, context, checks)];
  documents.forEach((document, index) => {
    const isAsked =
      [document.source, ...document.parts].some(isWanted) || document.problems.some(({ source }) => isWanted(source));
    const changed = overlaid.documents[index] ?? document;
    if (!isAsked && !(isOverlayWanted && changed !== document)) return;
    const isOverlay = overlaid.sources.has(document.source);
    const own = [...documentFindings(document, before, checks)];
    if (!isOverlay) own.push(...elementFindings(document, before, checks).map(({ diagnostic }) => diagnostic));
    diagnostics.push(...own);
    if (overlaid.sources.size === 0) return;
    const found = elementFindings(changed, context, checks);
    diagnostics.push(...changedFindings(found, own, overlaid));
  });
  for (const element of overlaid.unmerged) diagnostics.push(...partFindings(element, context, checks));
  // What is left over because of a slip is no finding of its own.
  const isBroken = diagnostics.some(({ severity }) => severity !== 'info');
  if (context.names && !only)
    for (const rule of checks.rules)
      if (!isBroken || rule.severity !== 'info') diagnostics.push(...stamp(rule, rule.content?.(context)));
  return sortDiagnostics(diagnostics.filter(({ source }) => isWanted(source) || pins.has(source)));
}

/** The file of pins of an overlay, where something is wrong with it. */
function pinsOf({ problems }: ContentDocument): Source[] {
  return problems.filter(({ code }) => code === 'invalid-pin').map(({ source }) => source);
}

function* stamp(rule: Rule, findings: Iterable<Finding> | undefined): Generator<Diagnostic> {
  for (const finding of findings ?? []) yield { ...finding, code: rule.code, severity: rule.severity };
}

function* documentFindings(document: ContentDocument, context: CheckContext, { rules }: Checks): Generator<Diagnostic> {
  for (const rule of rules) yield* stamp(rule, rule.document?.(document, context));
}

/** What is wrong in rules of the house, and in templates. */
function* otherFindings({ house = [], templates }: Checked, given: CheckContext, { rules }: Checks) {
  for (const rule of rules) for (const document of house) yield* stamp(rule, rule.house?.(document, given));
  if (!templates) return;
  const { names, context } = templates;
  const wanted = names.flatMap((name) => context.templates.get(name) ?? []);
  for (const rule of rules) {
    for (const template of wanted) yield* stamp(rule, rule.template?.(template, context));
  }
}

interface ElementFinding {
  readonly node: XmlElement;
  readonly diagnostic: Diagnostic;
}

function elementFindings(
  { root, isPart }: Pick<ContentDocument, 'root' | 'isPart'>,
  context: CheckContext,
  { rules, validators }: Checks,
): ElementFinding[] {
  const found: ElementFinding[] = [];
  const { names, elements } = context;
  const absent = new Set<XmlElement>();
  // What an absent element names may be absent as well.
  const unnamed = { ...context, names: undefined, query: () => undefined };
  const visit = (node: XmlElement) => {
    const element = examine(node, elements, validators);
    const { contract, isMisplaced } = element;
    if (names && ((node.parent && absent.has(node.parent)) || !isPresent(node, names.features))) absent.add(node);
    const around = absent.has(node) ? unnamed : context;
    for (const { rule, anywhere, needs, find } of rulesFor(node.name, contract, rules)) {
      // What its place means for an element that is misplaced is nothing: that is one slip.
      if ((isMisplaced && !anywhere) || !needs(element, around)) continue;
      for (const finding of find(element, around))
        found.push({ node, diagnostic: { ...finding, code: rule.code, severity: rule.severity } });
    }
    // What is read over is so with all that it holds.
    if (contract === undefined && isFamilyElement(node)) return;
    for (const child of node.children) if (child.kind === 'element') visit(child);
  };
  if (root && !isPart) visit(root);
  return found;
}

/** A rule as it is asked about elements of one name: all of one shape, which a loop over them reads at once. */
interface Asked {
  readonly rule: Rule;
  readonly anywhere: boolean;
  readonly needs: NonNullable<Rule['needs']>;
  readonly find: NonNullable<Rule['element']>;
}

interface Chosen {
  readonly known: Map<string, readonly Asked[]>;
  readonly unknown: Map<string, readonly Asked[]>;
}

const choices = new WeakMap<readonly Rule[], Chosen>();
const always = () => true;

/** The rules that concern elements of a name, which may have no contract at their place. */
function rulesFor(name: string, contract: ElementContract | undefined, rules: readonly Rule[]): readonly Asked[] {
  let chosen = choices.get(rules);
  if (chosen === undefined) choices.set(rules, (chosen = { known: new Map(), unknown: new Map() }));
  const ofKind = contract ? chosen.known : chosen.unknown;
  let own = ofKind.get(name);
  if (own === undefined) {
    own = rules.flatMap((rule) => {
      const { anywhere = false, needs = always, element: find } = rule;
      return find && (rule.isFor?.(name, contract) ?? true) ? [{ rule, anywhere, needs, find }] : [];
    });
    ofKind.set(name, own);
  }
  return own;
}

/** What is wrong only since overlays have changed the content, at the place of the change. */
function changedFindings(
  found: readonly ElementFinding[],
  own: readonly Diagnostic[],
  { sources, changes }: Content['overlaid'],
): Diagnostic[] {
  const known = new Set(own.map(identity));
  return found.flatMap(({ node, diagnostic }) => {
    if (known.has(identity(diagnostic))) return [];
    const change = sources.has(diagnostic.source) ? undefined : changeAt(node, changes);
    if (!change) return diagnostic;
    const { fix: _, ...finding } = diagnostic;
    const { source, range, related = [] } = finding;
    const base = { source, range, message: 'what this changes' };
    return { ...finding, source: change.source, range: change.nameRange, related: [base, ...related] };
  });
}

function identity({ code, source, range, message }: Diagnostic): string {
  return `${code} ${source.path} ${range.start} ${message}`;
}

/** What of an overlay has changed an element, or else what is around it. */
function changeAt(node: XmlElement, changes: ReadonlyMap<XmlElement, XmlElement>): XmlElement | undefined {
  for (let at: XmlElement | undefined = node; at; at = at.parent) {
    const change = changes.get(at);
    if (change) return change;
  }
  return undefined;
}

/** Rules that hold for an element whatever it is a part of. */
const OF_PARTS = [
  'invalid-value',
  'misplaced-element',
  'unknown-attribute',
  'unknown-element',
  'unused-attribute',
  'unused-element',
];

function partFindings(element: XmlElement, context: CheckContext, checks: Checks): Diagnostic[] {
  const rules = checks.rules.filter(({ code }) => OF_PARTS.includes(code));
  return elementFindings({ root: element, isPart: false }, { ...context, names: undefined }, { ...checks, rules }).map(
    ({ diagnostic }) => diagnostic,
  );
}

const NAME = /^[A-Za-z_][\w.-]*$/;

// A name that is missing because a part of a file could not be read is one finding already. A layout gives no names to
// other files, whatever is wrong with it.
function isRead({ path, root, source, isPart, stored }: ContentDocument, elements: CheckContext['elements']): boolean {
  if (layoutOf(path) || stored) return true;
  if (!root || isPart) return root !== undefined;
  const isNamed = (part: XmlElement) =>
    elements.get(part.name)?.parents.includes(part.parent?.name ?? ROOT) === true &&
    NAME.test(attributeOf(part, 'name')?.value ?? '') &&
    !isUnknownLanguage(part);
  const isWhole = (element: XmlElement): boolean =>
    elementsOf(element).every(
      (part) => isFamilyElement(part) || (isNamed(part) && (part.name === 'metadata' || isWhole(part))),
    );
  const isComplete =
    !source.text.includes('<include') || [...everyElement(root, elements)].every(({ name }) => name !== 'include');
  return isComplete && elements.get(root.name)?.parents.includes(ROOT) === true && isWhole(root);
}

// What is read over is so with all that it holds.
function* everyElement(root: XmlElement, elements: CheckContext['elements']): Generator<XmlElement> {
  yield root;
  if (contractOf(root, elements) || !isFamilyElement(root))
    for (const child of elementsOf(root)) yield* everyElement(child, elements);
}

/** Undefined for a name that is none, and for one that is read over at its place. */
function contractOf(node: XmlElement, elements: CheckContext['elements']): ElementContract | undefined {
  const contract = elements.get(node.name);
  return contract?.parents.includes(node.parent?.name ?? ROOT) || !isFamilyElement(node) ? contract : undefined;
}

function examine(
  node: XmlElement,
  elements: ReadonlyMap<string, ElementContract>,
  validators: Checks['validators'],
): CheckedElement {
  const contract = contractOf(node, elements);
  if (!contract) return { node, contract, isMisplaced: false, faults: NONE };
  const isMisplaced = !contract.parents.includes(node.parent?.name ?? ROOT);
  const errors = validators[node.name]?.(readAttributes(contract, node)) ?? NONE;
  if (errors.length === 0) return { node, contract, isMisplaced, faults: NONE };
  const faults = errors.map((error) => faultOf(error, node)).filter(({ attribute }) => !isSchemaAttribute(attribute));
  return { node, contract, isMisplaced, faults };
}

const NONE: readonly never[] = [];

function faultOf({ keyword, instancePath, params }: SchemaError, node: XmlElement): Fault {
  const [attribute, kind]: [string, Fault['kind']] =
    keyword === 'required'
      ? [String(params.missingProperty), 'missing']
      : keyword === 'additionalProperties'
        ? [String(params.additionalProperty), 'unknown']
        : [instancePath.slice(1), 'invalid'];
  const wanted = {
    keyword,
    limit: params.limit as number | undefined,
    values: params.allowedValues as readonly string[] | undefined,
    type: params.type as string | undefined,
  };
  return { kind, attribute, place: attributeOf(node, attribute), wanted };
}
