import { readLevel } from '../level.ts';
import { copiesOf, levelsAround, levelsAroundAll, namedLevels } from '../levels.ts';
import { definitionOf, isToolbarBlock } from '../list-around.ts';
import { elementsReferring, naming, type Rule, references } from '../rule.ts';
import { attributeOf, placeOfValue, type XmlAttribute, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const unusedButton: Rule = {
  code: 'unused-button',
  severity: 'warning',
  about: 'A button or block names a function that nobody who gets it may call, so it is never shown.',
  isFor: elementsReferring('function'),
  needs: naming('function'),
  *element(element, context) {
    const { node } = element;
    const target = targetOf(node, references(element, 'function'));
    const found = context.names?.functions.get(target?.value ?? '');
    const isFor = (levels: readonly number[]) => levels.some((level) => found?.level(level));
    if (!target || !found || isFor(levelsAround(node))) return;
    const levels = levelsAroundAll(copiesOf(node, target, context));
    if (levels.length === 0 || isFor(levels)) return;
    // A level that is none is one slip, and another rule reports it.
    const definition = definitionOf(target.value, context);
    if (definition && !readLevel(attributeOf(definition, 'level')?.value)) return;
    const who = namedLevels(levels);
    yield {
      ...placeOfValue(target),
      message: `The ${node.name === 'block' ? 'block' : 'button'} is never shown, because ${quoted(target.value)} is not for ${who}`,
      hint: `Give ${quoted(target.value)} that level in its definition, or remove the <${node.name}>.`,
    };
  },
};

/** What decides whether it is shown: a large link opens its form first, then its list. */
function targetOf(node: XmlElement, named: readonly XmlAttribute[]): XmlAttribute | undefined {
  const of = (name: string) => named.find((attribute) => attribute.name === name);
  if (node.name === 'block' || node.name === 'button') return of('func');
  if (node.name !== 'toolbtn' || !node.parent) return undefined;
  return isToolbarBlock(node.parent) ? (of('form') ?? of('list') ?? of('func')) : of('func');
}
