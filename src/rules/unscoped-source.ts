import type { Finding } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/suggest.ts';
import { BINDING } from '../placeholders.ts';
import { elementsNamed, type Rule } from '../rule.ts';
import { isForCustomers, isShared } from '../scoping.ts';
import { hostOf, placeOfPlaceholder, type SourceText, sourceTexts } from '../source-texts.ts';
import { attributeOf, placeOfValue, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const unscopedSource: Rule = {
  code: 'unscoped-source',
  severity: 'error',
  about:
    'Customers may call the list, but its source is not asked about the customer who asks: it could show the rows of others.',
  isFor: elementsNamed('source'),
  *element({ node }) {
    const { parent } = node;
    const address = attributeOf(node, 'address');
    // An address that is none is one slip, which another rule reports.
    if (node.name !== 'source' || parent?.name !== 'metadata' || !address || !hostOf(address.value)) return;
    if (!isForCustomers(parent)) return;
    // How it is shared is written wrong: one slip, which another rule reports.
    if (parent.attributes.some(({ name }) => name !== 'shared' && nearest(name, ['shared']) !== undefined)) return;
    const texts = sourceTexts(node);
    if (isShared(parent)) yield* boundToOne(texts, parent);
    else yield* bound(texts, node, parent);
  },
};

const nameOf = (metadata: XmlElement) => quoted(attributeOf(metadata, 'name')?.value ?? '');

/** What is read once for everybody cannot be the rows of one. */
function* boundToOne(texts: readonly SourceText[], metadata: XmlElement): Generator<Finding> {
  for (const { attribute, placeholders } of texts) {
    const binding = placeholders.find(({ word }) => BINDING.includes(word));
    if (!binding) continue;
    yield {
      message: `${nameOf(metadata)} is shared, so its source cannot use :${binding.word}`,
      ...placeOfPlaceholder(attribute, binding),
      hint: 'Have the rows name the customer they are for as customer_id, and nothing where they are for everybody; or remove shared="yes".',
    };
    return;
  }
}

function* bound(texts: readonly SourceText[], source: XmlElement, metadata: XmlElement): Generator<Finding> {
  const isPanel = attributeOf(source, 'type')?.value === 'billmgr';
  const su = attributeOf(source, 'su');
  // A panel is asked for the visitor unless somebody else is named.
  if (isPanel && !su) return;
  const asked = isPanel ? texts.filter(({ attribute }) => attribute === su) : texts;
  const words = asked.flatMap(({ placeholders }) => placeholders.map(({ word }) => word));
  // A placeholder that is written wrong is one slip, which `invalid-source` reports.
  if (words.some((word) => BINDING.includes(word) || nearest(word, BINDING) !== undefined)) return;
  const place = isPanel && su ? placeOfValue(su) : { source: source.source, range: source.nameRange };
  yield {
    message: isPanel
      ? `Customers may call ${nameOf(metadata)}, but its panel is asked for somebody else`
      : `Customers may call ${nameOf(metadata)}, but its source does not use :customer`,
    ...place,
    hint: isPanel
      ? 'Remove it: then the panel is asked for the login of the visitor.'
      : `Write :customer or :login into the address or a <param>, or give ${nameOf(metadata)} a level that no customer has, such as level="admin+".`,
  };
}
