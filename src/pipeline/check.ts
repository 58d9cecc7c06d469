import { type ContentDocument, layoutOf } from '../content-document.ts';
import type { Diagnostic, Finding } from '../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../diagnostics/diagnostic.ts';
import type { Source } from '../diagnostics/source.ts';
import { type ElementContract, ROOT, readAttributes } from '../element.ts';
import { isFamilyElement } from '../family.ts';
import type { CheckContext, CheckedElement, Fault, Rule } from '../rule.ts';
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
}

export type Given = Omit<CheckContext, 'documents' | 'overlays'>;

/** Every finding of every rule, sorted by place. */
export function check({ content, only }: Checked, given: Given, checks: Checks): Diagnostic[] {
  const { documents, overlaid } = content;
  const names = documents.every((document) => isRead(document, given.elements)) ? given.names : undefined;
  const context: CheckContext = { ...given, names, documents, overlays: overlaid.sources };
  const isWanted = ({ path }: Source) => !only || only.has(path);
  const diagnostics: Diagnostic[] = [];
  for (const document of documents) {
    const changed = overlaid.documents.find(({ source }) => source === document.source) ?? document;
    const isAsked = [document.source, ...document.parts].some(isWanted);
    const isOverlaid = changed !== document && [...overlaid.sources].some(isWanted);
    if (!isAsked && !isOverlaid) continue;
    const own = [...documentFindings(document, context, checks)];
    if (document.root && !document.isPart)
      own.push(...elementFindings(document.root, context, checks).map(({ diagnostic }) => diagnostic));
    diagnostics.push(...own);
    if (changed !== document && changed.root && isOverlaid)
      diagnostics.push(...changedFindings(changed.root, own, { context, checks, overlaid }));
  }
  for (const element of overlaid.unmerged) diagnostics.push(...partFindings(element, context, checks));
  if (names && !only) for (const rule of checks.rules) diagnostics.push(...stamp(rule, rule.content?.(context)));
  return sortDiagnostics(diagnostics.filter(({ source }) => isWanted(source)));
}

function* stamp(rule: Rule, findings: Iterable<Finding> | undefined): Generator<Diagnostic> {
  for (const finding of findings ?? []) yield { ...finding, code: rule.code, severity: rule.severity };
}

function* documentFindings(document: ContentDocument, context: CheckContext, { rules }: Checks): Generator<Diagnostic> {
  for (const rule of rules) yield* stamp(rule, rule.document?.(document, context));
}

interface ElementFinding {
  readonly node: XmlElement;
  readonly diagnostic: Diagnostic;
}

function elementFindings(root: XmlElement, context: CheckContext, { rules, validators }: Checks): ElementFinding[] {
  const elementRules = rules.filter((rule) => rule.element);
  const found: ElementFinding[] = [];
  for (const node of everyElement(root)) {
    const element = examine(node, context.elements, validators);
    for (const rule of elementRules)
      for (const diagnostic of stamp(rule, rule.element?.(element, context))) found.push({ node, diagnostic });
  }
  return found;
}

interface Changed {
  readonly context: CheckContext;
  readonly checks: Checks;
  readonly overlaid: Content['overlaid'];
}

/** What is wrong in a document only since overlays have changed it, at the place of the change. */
function changedFindings(
  root: XmlElement,
  own: readonly Diagnostic[],
  { context, checks, overlaid }: Changed,
): Diagnostic[] {
  const known = new Set(own.map(identity));
  const merged = { ...context, documents: overlaid.documents };
  return elementFindings(root, merged, checks).flatMap(({ node, diagnostic }) => {
    if (overlaid.sources.has(diagnostic.source)) return diagnostic;
    const change = changeAt(node, overlaid.changes);
    if (!change || known.has(identity(diagnostic))) return [];
    const { source, range, related = [] } = diagnostic;
    const place = { source: change.source, range: change.nameRange };
    const base = { source, range, message: 'what this changes' };
    return { ...diagnostic, ...place, related: [base, ...related], fix: undefined };
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
  return elementFindings(element, { ...context, names: undefined }, { ...checks, rules }).map(
    ({ diagnostic }) => diagnostic,
  );
}

// A name that is missing because a part of a file could not be read is one finding already. A layout gives no names to
// other files, whatever is wrong with it.
function isRead({ path, root, source, isPart }: ContentDocument, elements: CheckContext['elements']): boolean {
  if (layoutOf(path)) return true;
  if (!root || isPart) return root !== undefined;
  const isNamed = (part: XmlElement) => elements.has(part.name) && attributeOf(part, 'name') !== undefined;
  const isWhole = (element: XmlElement): boolean =>
    elementsOf(element).every(
      (part) => isFamilyElement(part) || (isNamed(part) && (part.name === 'metadata' || isWhole(part))),
    );
  const isComplete =
    !source.text.includes('<include') || [...everyElement(root)].every(({ name }) => name !== 'include');
  return isComplete && elements.get(root.name)?.parents.includes(ROOT) === true && isWhole(root);
}

function* everyElement(root: XmlElement): Generator<XmlElement> {
  yield root;
  for (const child of elementsOf(root)) yield* everyElement(child);
}

function examine(
  node: XmlElement,
  elements: ReadonlyMap<string, ElementContract>,
  validators: Checks['validators'],
): CheckedElement {
  const contract = elements.get(node.name);
  if (!contract) return { node, contract, faults: [] };
  const errors = validators[node.name]?.(readAttributes(contract, node)) ?? [];
  const faults = errors.map((error) => faultOf(error, node)).filter(({ attribute }) => !isSchemaAttribute(attribute));
  return { node, contract, faults };
}

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
