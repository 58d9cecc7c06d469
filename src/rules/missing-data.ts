import { nearest } from '../diagnostics/suggest.ts';
import { elementsNamed, type Rule } from '../rule.ts';
import { rootOf, strays } from '../strays.ts';
import { attributeOf, elementsOf, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const missingData: Rule = {
  code: 'missing-data',
  severity: 'warning',
  about: 'The band shows columns or diagrams, but neither a query nor an action supplies its rows, so it stays empty.',
  isFor: elementsNamed('band'),
  *element({ node }, context) {
    if (node.name !== 'band' || !shows(node) || ['query', 'action'].some((name) => hasLike(node, name))) return;
    // One that got out of its band is one slip, too.
    if (['query', 'action'].some((lost) => strays(rootOf(node), lost, context).length > 0)) return;
    const name = quoted(attributeOf(node, 'name')?.value ?? '');
    yield {
      message: `Nothing supplies the rows of the band ${name}`,
      source: node.source,
      range: node.nameRange,
      hint: 'Write a <query>, or name a provider in <action>. What a plugin of the family supplies has to become one of them.',
    };
  },
};

function shows(band: XmlElement): boolean {
  return elementsOf(band, 'col').length > 0 || elementsOf(band, 'diagram').length > 0;
}

/** A misspelt element is one slip, and another rule reports it. */
function hasLike(band: XmlElement, name: string): boolean {
  return elementsOf(band).some((child) => child.name === name || nearest(child.name, [name]) !== undefined);
}
