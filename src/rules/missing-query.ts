import { isListDefinition } from '../list-around.ts';
import { elementsNamed, type Rule } from '../rule.ts';
import { rootOf, strays } from '../strays.ts';
import { attributeOf, elementsOf, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const missingQuery: Rule = {
  code: 'missing-query',
  severity: 'warning',
  about: 'A list has neither a query, nor a source, nor code that gives its rows, so its page and its blocks fail.',
  isFor: elementsNamed('metadata'),
  *element({ node }, context) {
    const { names } = context;
    const name = attributeOf(node, 'name')?.value;
    if (!isListDefinition(node) || elementsOf(node).some(isSource) || !names || name === undefined) return;
    if (names.functions.get(name)?.provider?.isEmpty !== true) return;
    if (['query', 'source'].some((lost) => strays(rootOf(node), lost, context).length > 0)) return;
    yield {
      message: `The list ${quoted(name)} has no query`,
      source: node.source,
      range: node.nameRange,
      hint: 'Write <query>select … from … where customer_id = :customer</query>, or give rows with defineProvider.',
    };
  },
};

const isSource = ({ name }: XmlElement) => name === 'query' || name === 'source';
