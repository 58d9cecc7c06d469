import { suggest } from '../diagnostics/suggest.ts';
import { definitionAround } from '../list-around.ts';
import { outlineQuery } from '../query.ts';
import { reportParameters } from '../report-description.ts';
import { type CheckContext, elementsNamed, type Rule } from '../rule.ts';
import { rootOf, strays } from '../strays.ts';
import { attributeOf, elementsOf, textOf, type XmlElement } from '../xml/node.ts';
import { ownText } from '../xml/own-text.ts';
import { quoted } from '../xml/problem.ts';

export const unknownParameter: Rule = {
  code: 'unknown-parameter',
  severity: 'error',
  about:
    'Nothing gives the parameter a value: neither the engine, nor the form of the report, nor a row of an outer band.',
  isFor: elementsNamed('band'),
  *element({ node }, context) {
    const [query] = node.name === 'band' ? elementsOf(node, 'query') : [];
    if (!query) return;
    const text = textOf(query);
    const outer = outerBands(node);
    const known = [...reportParameters(definitionAround(node)), ...outer.flatMap((band) => fieldsOf(band, context))];
    // What no database has described may return anything.
    const isOpen = outer.some((band) => elementsOf(band, 'query').length > 0 && !context.query(band));
    const { parameters } = outlineQuery(text);
    // A period that is misspelt or misplaced is one slip, and another rule reports it.
    const isLost = (word: string) => word.startsWith('period') && strays(rootOf(node), 'period', context).length > 0;
    const unknown = new Map(
      parameters
        .toReversed()
        .filter(({ word }) => !known.includes(word) && !isLost(word))
        .map((one) => [one.word, one]),
    );
    if (isOpen || unknown.size === 0) return;
    const { range } = ownText(query);
    for (const { word, at } of unknown.values()) {
      const written = /^'?\[\[.*?\]\]'?|^:\w+/.exec(text.slice(at))?.[0] ?? word;
      yield {
        message: `No parameter is named ${quoted(word)}`,
        source: query.source,
        range: range(at, written.length),
        hint: `${suggest(word, known)} A field of the report's <form> is a parameter too.`,
      };
    }
  },
};

function outerBands({ parent }: XmlElement): XmlElement[] {
  return parent?.name === 'band' ? [parent, ...outerBands(parent)] : [];
}

/** The fields of an outer row, by name and by `band__name`. */
function fieldsOf(band: XmlElement, context: CheckContext): string[] {
  const answer = context.query(band);
  const fields = answer && 'columns' in answer ? answer.columns : [];
  const name = attributeOf(band, 'name')?.value ?? '';
  return fields.flatMap((field) => [field, `${name}__${field}`]);
}
