import { nearest } from '../diagnostics/suggest.ts';
import { isListDefinition } from '../list-around.ts';
import { outlineQuery, scopeParameters } from '../query.ts';
import type { CheckContext, Rule } from '../rule.ts';
import { isForCustomers, isScoped } from '../scoping.ts';
import { attributeOf, elementsOf, textOf, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const unscopedQuery: Rule = {
  code: 'unscoped-query',
  severity: 'error',
  about:
    'Customers may call the list, but its query is not bound to the customer who asks: it could show the rows of others.',
  *element({ node }, context) {
    const [query] = isListDefinition(node) ? elementsOf(node, 'query') : [];
    if (!query || textOf(query) === '' || !isForCustomers(node) || isScoped(query) || isMisspelt(node, query, context))
      return;
    const name = quoted(attributeOf(node, 'name')?.value ?? '');
    yield {
      message: `Customers may call ${name}, but its query does not use :customer`,
      source: query.source,
      range: query.nameRange,
      hint: `Add "where customer_id = :customer" to it, or give ${name} a level that no customer has, such as level="admin+".`,
    };
  },
};

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
