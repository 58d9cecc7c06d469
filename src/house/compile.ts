import type { Finding } from '../diagnostics/diagnostic.ts';
import type { Source } from '../diagnostics/source.ts';
import { levelTest } from '../level.ts';
import type { Rule } from '../rule.ts';
import { placeOfValue, type XmlElement } from '../xml/node.ts';
import type { NamedInRule, RulePart } from './document.ts';
import { compileExpression, isTrue, readAttribute } from './expression.ts';
import { compileMessage } from './message.ts';
import type { HouseRule } from './schema.ts';
import { compileSelector } from './selector.ts';

/** Makes a part; undefined when there is a slip in it. */
type Make = <T>(part: RulePart, work: () => T) => T | undefined;

/** A rule of the house as one like Lintel's own; undefined when a part of it could not be made. */
export function compileRule(
  rule: HouseRule,
  isOwn: (source: Source) => boolean,
  make: Make,
): { readonly rule: Rule | undefined; readonly named: readonly NamedInRule[] } {
  const { name, severity = 'warning', about } = rule;
  const selector = make('select', () => compileSelector(rule.select));
  const assertion = make('assert', () => compileExpression(rule.assert ?? "''"));
  const message = make('message', () => compileMessage(rule.message));
  const hint = make('hint', () => compileMessage(rule.hint ?? ''));
  const parts = [
    ['select', selector],
    ['assert', assertion],
    ['message', message],
    ['hint', hint],
  ] as const;
  const named = parts.flatMap(([part, made]) => [
    ...(made?.elements ?? []).map((one) => ({ ...one, part, kind: 'element' as const })),
    ...(made?.attributes ?? []).map((one) => ({ ...one, part, kind: 'attribute' as const })),
  ]);
  if (!selector || !assertion || !message || !hint) return { rule: undefined, named };
  const isMeant = filterOf(rule);
  const finding = (node: XmlElement): Finding => {
    const attribute = readAttribute(assertion, node);
    const isSeen = attribute && attribute.valueRange.end > attribute.valueRange.start;
    const advice = hint.fill(node);
    return {
      message: message.fill(node),
      ...(isSeen ? placeOfValue(attribute) : { source: node.source, range: node.nameRange }),
      ...(advice !== '' && { hint: advice }),
    };
  };
  return {
    named,
    rule: {
      code: `house/${name}`,
      severity,
      about: about ?? `A rule of the house: ${rule.message}.`,
      *element({ node }) {
        const isWritten = isOwn(node.source) || node.attributes.some(({ source }) => isOwn(source));
        if (isWritten && isMeant(node) && selector.matches(node) && !isTrue(assertion.evaluate(node)))
          yield finding(node);
      },
    },
  };
}

const LEVEL = /_dashboard_(\d+)\.xml$/;

/** Whether an element stands in a file that the rule is about. */
function filterOf({ level, path }: HouseRule): (element: XmlElement) => boolean {
  const test = path === undefined ? undefined : pathTest(path);
  const isLevel = level === undefined ? undefined : levelTest(level);
  return (element) => {
    if (test && !test.test(element.source.path)) return false;
    if (!isLevel) return true;
    const [, number] = LEVEL.exec(rootOf(element).source.path) ?? [];
    return number !== undefined && isLevel(Number(number));
  };
}

function rootOf(element: XmlElement): XmlElement {
  let root = element;
  while (root.parent) root = root.parent;
  return root;
}

/** `*` stands for anything within a folder, `**` for anything at all. */
function pathTest(path: string): RegExp {
  const parts = path
    .split(/(\*{1,2})\**/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('')}$`);
}
