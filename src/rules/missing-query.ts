import { isListDefinition } from '../list-around.ts';
import { elementsNamed, type Rule } from '../rule.ts';
import { rootOf, strays } from '../strays.ts';
import { attributeOf, elementsOf } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const missingQuery: Rule = {
  code: 'missing-query',
  severity: 'warning',
  about: 'A list has neither a query nor code that gives its rows, so its page and its blocks fail.',
  isFor: elementsNamed('metadata'),
  *element({ node }, context) {
    const { names } = context;
    const name = attributeOf(node, 'name')?.value;
    if (!isListDefinition(node) || elementsOf(node, 'query').length > 0 || !names || name === undefined) return;
    if (names.functions.get(name)?.provider?.isEmpty !== true) return;
    if (strays(rootOf(node), 'query', context).length > 0) return;
    yield {
      message: `The list ${quoted(name)} has no query`,
      source: node.source,
      range: node.nameRange,
      hint: 'Write <query>select … from … where customer_id = :customer</query>, or give rows with defineProvider.',
    };
  },
};
