import type { Finding } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { FunctionDescription } from '../function.ts';
import { definitionOf, isListBlock, isNoticeBlock, isReportBlock, isStateBlock } from '../list-around.ts';
import { fixFor } from '../near-name.ts';
import {
  type CheckContext,
  type CheckedElement,
  elementsReferring,
  type Names,
  type Rule,
  references,
  refersTo,
} from '../rule.ts';
import { isSlipAtHome } from '../slip-at-home.ts';
import { attributeOf, placeOfValue, textOf, type XmlElement } from '../xml/node.ts';
import { ownText } from '../xml/own-text.ts';
import { quoted } from '../xml/problem.ts';

const isReferring = elementsReferring('function');

export const unknownFunction: Rule = {
  code: 'unknown-function',
  severity: 'error',
  about: 'Nothing is registered under the name, so the block would have no rows, or the button nothing to open.',
  isFor: (name, contract) => contract?.text === true || isReferring(name, contract),
  needs: (element, { names }) => names !== undefined && !isAnswered(element, names.functions),
  *element(element, context) {
    const { names } = context;
    if (!names) return;
    const wanted = wantedBy(element.node);
    const isWanted = (found: FunctionDescription) => isOfKind(found, wanted);
    const known = () => [...names.functions.values()].filter(isWanted).map(({ name }) => name);
    for (const { name, value, place } of namesIn(element)) {
      if (isCode(value)) continue;
      const found = names.functions.get(value);
      if (!found && isSlipAtHome(value, names.functions.keys(), { context, text: (func) => [func, 'title'] })) continue;
      if (found && (isWanted(found) || isMisdefined(value, context) || name !== 'func')) continue;
      yield {
        message: found
          ? `${quoted(value)} is a ${found.type}, and a ${kindOf(element.node)} shows a ${wanted}`
          : `No function is named ${quoted(value)}`,
        ...place,
        hint: suggest(value, known()),
        ...(!found && fixFor({ value }, place.range, { known: known() })),
      };
    }
  },
};

/** Whether each function that its attributes name is there, and of the right kind. */
function isAnswered({ node, contract }: CheckedElement, functions: Names['functions']): boolean {
  if (node.name === 'action') return false;
  const wanted = wantedBy(node);
  for (const { name, value } of node.attributes) {
    if (!refersTo(contract, name, 'function')) continue;
    const found = functions.get(value);
    if (!found || !isOfKind(found, wanted)) return false;
  }
  return true;
}

function isOfKind(found: FunctionDescription, wanted: 'list' | 'report' | undefined): boolean {
  return wanted === undefined || (wanted === 'list' ? found.provider : found.report) !== undefined;
}

/** Whether a button calls JavaScript, which another rule tells of. */
const isCode = (func: string) => func.includes('(');

/** What kind of function an element needs; undefined when any will do. */
function wantedBy(node: XmlElement): 'list' | 'report' | undefined {
  if (isReportBlock(node)) return 'report';
  return isListBlock(node) || isNoticeBlock(node) || isStateBlock(node) || node.name === 'action' ? 'list' : undefined;
}

function kindOf(node: XmlElement): string {
  if (node.name === 'action') return 'band';
  return isReportBlock(node) ? 'report block' : isNoticeBlock(node) ? 'notice block' : 'list block';
}

interface Named {
  readonly name: string;
  readonly value: string;
  readonly place: Pick<Finding, 'source' | 'range'>;
}

/** The functions that an element names: in attributes, and an action in its text. */
function namesIn(element: CheckedElement): Named[] {
  const { node } = element;
  const attributes = references(element, 'function').map((one) => ({
    name: one.name,
    value: one.value,
    place: placeOfValue(one),
  }));
  if (node.name !== 'action' || attributes.length > 0 || textOf(node) === '') return attributes;
  return [{ name: 'func', value: textOf(node), place: { source: node.source, range: ownText(node).first } }];
}

/** Whether a definition does not say what it describes: one slip, which other rules report. */
function isMisdefined(func: string, context: CheckContext): boolean {
  const metadata = definitionOf(func, context);
  return metadata !== undefined && !['list', 'form', 'report'].includes(attributeOf(metadata, 'type')?.value ?? '');
}
