import { peerAt } from '../peers.ts';
import { elementsNamed, type Rule } from '../rule.ts';
import { hostOf } from '../source-texts.ts';
import { attributeOf, placeOfValue } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const unsafeSource: Rule = {
  code: 'unsafe-source',
  severity: 'error',
  about:
    'A source calls only hosts that the setting LINTEL_SOURCES names: who writes definitions shall not look into the network behind the panel.',
  isFor: elementsNamed('source'),
  *element({ node }, { names }) {
    const address = attributeOf(node, 'address');
    const host = address && hostOf(address.value);
    if (node.name !== 'source' || !names || !host || peerAt(host, names.peers)) return;
    const word = host.protocol === 'https:' ? host.host : host.origin;
    const known = names.peers.map(({ origin }) => origin).join(', ');
    yield {
      message: `The host ${quoted(host.host)} may not be called`,
      ...placeOfValue(address),
      hint: `Add ${word} to the setting LINTEL_SOURCES, as private:${word} when it stands in your own network.${known && ` Known: ${known}.`}`,
    };
  },
};
