import type { Finding } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/suggest.ts';
import { definitionAround, hasQuery } from '../list-around.ts';
import { outlineQuery, scopeParameters } from '../query.ts';
import { type CheckContext, elementsNamed, type Rule } from '../rule.ts';
import { isForCustomers, isScoped, isShared, scopeIn } from '../scoping.ts';
import { attributeOf, elementsOf, textOf, type XmlElement } from '../xml/node.ts';
import { ownText } from '../xml/own-text.ts';
import { quoted } from '../xml/problem.ts';

export const unscopedQuery: Rule = {
  code: 'unscoped-query',
  severity: 'error',
  about:
    'Customers may call the list, but its query is not bound to the customer who asks: it could show the rows of others.',
  isFor: elementsNamed('metadata', 'band'),
  *element({ node, faults }, context) {
    const [query] = hasQuery(node) ? elementsOf(node, 'query') : [];
    // Whether it is shared is written wrong: one slip, which another rule reports.
    if (faults.some(({ attribute }) => nearest(attribute, ['shared']) !== undefined)) return;
    if (query && isShared(node)) {
      yield* boundToOne(query, node);
      return;
    }
    if (!query || textOf(query) === '' || !isForCustomers(node) || isScoped(query) || isMisspelt(node, query, context))
      return;
    const name = quoted(attributeOf(definitionAround(node), 'name')?.value ?? '');
    const whose =
      node.name === 'band' ? `the query of its band ${quoted(attributeOf(node, 'name')?.value ?? '')}` : 'its query';
    yield {
      message: `Customers may call ${name}, but ${whose} does not use :customer`,
      source: query.source,
      range: query.nameRange,
      hint: `Add "where customer_id = :customer" to it, or give ${name} a level that no customer has, such as level="admin+".`,
    };
  },
};

/** What is read once for everybody cannot be the rows of one. */
function* boundToOne(query: XmlElement, metadata: XmlElement): Generator<Finding> {
  const parameter = scopeIn(query);
  if (!parameter) return;
  yield {
    message: `${quoted(attributeOf(metadata, 'name')?.value ?? '')} is shared, so its query cannot use :${parameter.word}`,
    source: query.source,
    range: ownText(query).range(parameter.at, parameter.word.length + 1),
    hint: 'Return the customer a row is for as customer_id, and nothing where it is for everybody; or remove shared="yes".',
  };
}

const SCOPE = /^[^\w]?(customer|user)$/i;

/** Whether the parameter is there, but written wrong: one slip, which `invalid-query` reports. */
function isMisspelt(metadata: XmlElement, query: XmlElement, context: CheckContext): boolean {
  const { parameters } = outlineQuery(textOf(query));
  const names = Object.keys(scopeParameters);
  const answer = context.query(metadata);
  const near = answer && 'problem' in answer ? (answer.near ?? '') : '';
  return (
    SCOPE.test(near) || parameters.some(({ word }) => !names.includes(word) && SCOPE.test(nearest(word, names) ?? ''))
  );
}
