import type { Finding } from '../diagnostics/diagnostic.ts';
import type { Source } from '../diagnostics/source.ts';
import { nearest, question } from '../diagnostics/suggest.ts';
import { isFamilyElement } from '../family.ts';
import { readFeatures } from '../features.ts';
import { wordIn } from '../near-name.ts';
import type { CheckContext, Rule } from '../rule.ts';
import { attributeOf, elementsOf, type XmlAttribute, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

/** Asked of documents and not of elements: what an absent element names is not looked up. */
export const unknownFeature: Rule = {
  code: 'unknown-feature',
  severity: 'info',
  about: 'No feature has that name, while one of nearly that name is known, so what depends on it is never there.',
  document: ({ root, isPart, source, parts }, context) =>
    root && !isPart && [source, ...parts].some(hasConditions) ? slipsIn([root], context) : [],
  // Here it is merged as well what overlays change.
  content: (context) =>
    context.documents.some(({ source }) => hasConditions(source)) ? slipsIn(rootsOf(context), context) : [],
};

const hasConditions = ({ text }: Source) => /\sif\s*=/.test(text);

function* slipsIn(roots: readonly XmlElement[], context: CheckContext): Generator<Finding> {
  const { names } = context;
  if (!names) return;
  const uses = usesOf(context);
  const known = [...names.features, ...[...uses].filter(([, all]) => all.size > 1).map(([word]) => word)];
  for (const condition of roots.flatMap((root) => conditionsIn(root, context))) {
    for (const word of readFeatures(condition.value)) {
      const meant = known.includes(word) ? undefined : nearest(word, known);
      if (meant === undefined) continue;
      const { source } = condition;
      const message = `No feature is named ${quoted(word)}`;
      yield { message, source, range: wordIn(word, condition), hint: question(meant).join('') };
    }
  }
}

function rootsOf({ documents }: CheckContext): XmlElement[] {
  return documents.flatMap(({ root, isPart }) => (root && !isPart ? [root] : []));
}

type Uses = ReadonlyMap<string, ReadonlySet<XmlAttribute>>;

const known = new WeakMap<CheckContext['documents'], Uses>();

/** Word → where it is written; what several elements depend on is no slip, though the feature may be off. */
function usesOf(context: CheckContext): Uses {
  const made = known.get(context.documents);
  if (made) return made;
  const uses = new Map<string, Set<XmlAttribute>>();
  for (const condition of rootsOf(context).flatMap((root) => conditionsIn(root, context)))
    for (const word of readFeatures(condition.value)) uses.set(word, (uses.get(word) ?? new Set()).add(condition));
  known.set(context.documents, uses);
  return uses;
}

function conditionsIn(element: XmlElement, context: CheckContext): XmlAttribute[] {
  if (isFamilyElement(element)) return [];
  const condition = attributeOf(element, 'if');
  const isRead = condition && 'if' in (context.elements.get(element.name)?.attributes.properties ?? {});
  return [...(isRead ? [condition] : []), ...elementsOf(element).flatMap((child) => conditionsIn(child, context))];
}
