import { nearest, suggest } from '../diagnostics/suggest.ts';
import { addressOf, isListBlock, isReportBlock, isStateBlock, isToolbarBlock } from '../list-around.ts';
import { type AttributeSchema, type Rule, schemaOf } from '../rule.ts';
import { attributeOf, type XmlElement } from '../xml/node.ts';

export const missingAttribute: Rule = {
  code: 'missing-attribute',
  severity: 'error',
  about: 'The element lacks an attribute without which it means nothing.',
  needs: ({ node, faults }) => faults.length > 0 || neededBy(node).length > 0 || opensNothing(node),
  *element(element) {
    const { node, faults } = element;
    const { name, source, nameRange: range } = node;
    const unknown = faults.filter(({ kind }) => kind === 'unknown').map(({ attribute }) => attribute);
    const missing = faults.filter(({ kind }) => kind === 'missing').map(({ attribute }) => attribute);
    for (const attribute of [...missing, ...neededBy(node)]) {
      // A misspelt attribute is one slip, and another rule reports it.
      if (unknown.some((word) => nearest(word, [attribute]))) continue;
      const hint = howTo(attribute, schemaOf(element, attribute));
      yield { message: `<${name}> needs the attribute "${attribute}"`, source, range, hint };
    }
    if (opensNothing(node) && unknown.length === 0) {
      const hint = `Add ${TARGETS.map((target) => `${target}="…"`).join(', ')} or window="help".`;
      yield { message: `<${name}> does not say what it opens`, source, range, hint };
    }
  },
};

const TARGETS = ['form', 'list', 'func', 'url'];

/** What an element needs at its place, beyond its contract. */
function neededBy(node: XmlElement): readonly string[] {
  if (node.name === 'block') return neededByBlock(node);
  const isDefinition = node.name === 'toolbtn' && (node.parent?.name === 'toolbar' || node.parent?.name === 'toolgrp');
  const isComplete = !isDefinition || TARGETS.some((target) => attributeOf(node, target));
  return isComplete || attributeOf(node, 'type')?.value === 'back' ? NOTHING : ['func'];
}

function neededByBlock(block: XmlElement): readonly string[] {
  if (attributeOf(block, 'func')) return NOTHING;
  if (isListBlock(block) || isReportBlock(block) || isStateBlock(block)) return ['func'];
  return isUrlBlock(block) && !addressOf(block) ? ['url'] : NOTHING;
}

const NOTHING: readonly never[] = [];

function isUrlBlock(node: XmlElement): boolean {
  return node.name === 'block' && attributeOf(node, 'type')?.value === 'url';
}

function opensNothing({ name, parent, attributes }: XmlElement): boolean {
  const isLink = name === 'toolbtn' && parent !== undefined && isToolbarBlock(parent);
  return isLink && !attributes.some((attribute) => attribute.name === 'window' || TARGETS.includes(attribute.name));
}

function howTo(attribute: string, schema: AttributeSchema | undefined): string {
  const meaning = schema?.enum ? suggest('', schema.enum) : (schema?.about ?? '');
  return `Add ${attribute}="…". ${meaning}`.trim();
}
