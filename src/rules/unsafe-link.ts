import { safeLink } from '../link.ts';
import { elementsReferring, naming, type Rule, references } from '../rule.ts';
import { placeOfValue } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const unsafeLink: Rule = {
  code: 'unsafe-link',
  severity: 'error',
  about:
    'A page links to http, https, mailto, tel and paths of its own site; anything else could run as a script, or lead elsewhere than it says.',
  isFor: elementsReferring('link'),
  needs: naming('link'),
  *element(element) {
    for (const attribute of references(element, 'link')) {
      const { name, value } = attribute;
      if (safeLink(value) !== undefined) continue;
      const message =
        value.trim() === '' ? `"${name}" is empty` : `${quoted(value)} is not an address that a page may link to`;
      yield { message, ...placeOfValue(attribute), hint: howTo(value) };
    }
  },
};

function howTo(value: string): string {
  const rule = 'An address begins with https://, http://, mailto:, tel: or, on this site, with one "/".';
  const host = /^(?:\/\/|(?=www\.))(\S+)$/.exec(value)?.[1];
  return host && safeLink(`https://${host}`) ? `Did you mean ${quoted(`https://${host}`)}? ${rule}` : rule;
}
