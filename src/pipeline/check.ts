import type { Diagnostic, Finding } from '../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../diagnostics/diagnostic.ts';
import { type ElementContract, ROOT, readAttributes } from '../element.ts';
import { isFamilyElement } from '../family.ts';
import type { CheckContext, CheckedElement, Fault, Rule } from '../rule.ts';
import { isSchemaAttribute } from '../xml/names.ts';
import { attributeOf, elementsOf, type XmlElement } from '../xml/node.ts';
import type { XmlDocument } from '../xml/read.ts';

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

/** Of the context, `documents` are all that there are; without them, those that are checked. */
export type Given = Omit<CheckContext, 'documents'> & Partial<Pick<CheckContext, 'documents'>>;

/** Every finding of every rule in `documents`, sorted by place. */
export function check(documents: readonly XmlDocument[], given: Given, { rules, validators }: Checks): Diagnostic[] {
  const context = completeContext(documents, given);
  const diagnostics: Diagnostic[] = [];
  const report = (rule: Rule, findings: Iterable<Finding> | undefined) => {
    for (const finding of findings ?? []) diagnostics.push({ ...finding, code: rule.code, severity: rule.severity });
  };
  const elementRules = rules.filter((rule) => rule.element);
  for (const document of documents) {
    for (const rule of rules) report(rule, rule.document?.(document, context));
    for (const node of document.root ? everyElement(document.root) : []) {
      const element = examine(node, context.elements, validators);
      for (const rule of elementRules) report(rule, rule.element?.(element, context));
    }
  }
  if (context.names && documents.length === context.documents.length)
    for (const rule of rules) report(rule, rule.content?.(context));
  return sortDiagnostics(diagnostics);
}

// A name that is missing because a part of a file could not be read is one finding already.
function completeContext(checked: readonly XmlDocument[], given: Given): CheckContext {
  const { documents = checked, names } = given;
  return { ...given, documents, names: documents.every((document) => isRead(document, given)) ? names : undefined };
}

const LAYOUT = /_dashboard_\d+\.xml$/;

// A layout gives no names to other files, whatever is wrong with it.
function isRead({ source, root }: XmlDocument, { elements }: Pick<CheckContext, 'elements'>): boolean {
  if (LAYOUT.test(source.path)) return true;
  const isNamed = (part: XmlElement) => elements.has(part.name) && attributeOf(part, 'name') !== undefined;
  const isWhole = (element: XmlElement): boolean =>
    elementsOf(element).every(
      (part) => isFamilyElement(part) || (isNamed(part) && (part.name === 'metadata' || isWhole(part))),
    );
  return root !== undefined && elements.get(root.name)?.parents.includes(ROOT) === true && isWhole(root);
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
