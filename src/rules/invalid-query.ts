import type { Finding } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { hasQuery } from '../list-around.ts';
import { outlineQuery, scopeParameters } from '../query.ts';
import { placeInQuery } from '../query-place.ts';
import { type CheckContext, elementsNamed, type Rule } from '../rule.ts';
import { attributeOf, elementsOf, placeOfValue, textOf, type XmlElement } from '../xml/node.ts';
import { ownText } from '../xml/own-text.ts';
import { quoted } from '../xml/problem.ts';

export const invalidQuery: Rule = {
  code: 'invalid-query',
  severity: 'error',
  about: 'A list has a query that its database does not take, so it has no rows.',
  isFor: elementsNamed('metadata', 'band'),
  *element({ node }, context) {
    if (!hasQuery(node)) return;
    const [query, ...others] = elementsOf(node, 'query');
    if (query) yield* problemsOf(query, node, context);
    for (const { source, nameRange } of others) {
      yield {
        message: `A ${node.name === 'band' ? 'band' : 'list'} has one query, and this is another`,
        source,
        range: nameRange,
        hint: 'Only the first is run; remove one.',
      };
    }
  },
};

const PATTERN = 'Write <query>select … from … where customer_id = :customer</query>.';
const VERBS = ['select', 'with', 'values'];

/** The first kind of problem that there is: the later ones may only follow from it. */
function problemsOf(query: XmlElement, metadata: XmlElement, context: CheckContext): Finding[] {
  const { source, nameRange } = query;
  const text = textOf(query);
  const { writing, second, verb } = outlineQuery(text);
  const connection = unknownConnection(query, context);
  if (connection) return [connection];
  if (text === '') return [{ message: 'The query is empty', source, range: nameRange, hint: PATTERN }];
  if (writing || second) return [];
  if (verb && !VERBS.includes(verb.word.toLowerCase())) {
    const range = ownText(query).range(verb.at, verb.word.length);
    return [{ message: `A query begins with "select", not with ${quoted(verb.word)}`, source, range, hint: PATTERN }];
  }
  const parameters = metadata.name === 'band' ? [] : unknownParameters(query, text);
  return parameters.length > 0 ? parameters : refusal(query, metadata, context);
}

function unknownConnection(query: XmlElement, { names }: CheckContext): Finding | undefined {
  const database = attributeOf(query, 'database');
  if (!database || !names || names.connections.has(database.value)) return undefined;
  const hint = `${suggest(database.value, names.connections)} The configuration gives it an address as DATABASE_URL_${database.value.toUpperCase()}.`;
  return {
    message: `No connection is named ${quoted(database.value)}`,
    ...placeOfValue(database),
    hint: hint.trim(),
  };
}

function unknownParameters(query: XmlElement, text: string): Finding[] {
  const known = Object.keys(scopeParameters);
  const unknown = new Map(
    outlineQuery(text)
      .parameters.toReversed()
      .filter(({ word }) => !known.includes(word))
      .map((found) => [found.word, found]),
  );
  const place = unknown.size > 0 ? ownText(query) : undefined;
  return [...unknown.values()].map(({ word, at }) => ({
    message: `No parameter is named ":${word}"`,
    source: query.source,
    range: place?.range(at, word.length + 1) ?? query.nameRange,
    hint: suggest(word, known),
  }));
}

/** What the database itself says. */
function refusal(query: XmlElement, metadata: XmlElement, context: CheckContext): Finding[] {
  const answer = context.query(metadata);
  if (!answer || 'columns' in answer) return [];
  const { text, range } = ownText(query);
  const { at, length } = placeInQuery(text, answer.near);
  return [
    { message: `The database refuses the query: ${answer.problem}`, source: query.source, range: range(at, length) },
  ];
}
