import { domainToASCII, domainToUnicode } from 'node:url';

/** A name of the DNS as it is read: in lower case and its own script. `EXAMPLE.com` is `example.com`, `xn--e1afmkfd.xn--p1ai` is `пример.рф`. */
export function readable(name: string): string {
  return domainToUnicode(domainToASCII(name));
}

/** What domains of a product end with: `.com` for `Domain .com`; undefined for a product that names no ending. */
export function endingOf(product: string): string | undefined {
  const [, ending] = /\s(\.\S+)$/.exec(product) ?? [];
  return ending && `.${readable(ending.slice(1))}`;
}

/** Why a domain cannot be registered under an ending: it has another one, or is not directly under it. */
export function misfit(domain: string, ending: string): 'domain_ending' | 'domain_inner' | undefined {
  if (!domain.endsWith(ending)) return 'domain_ending';
  return domain.slice(0, -ending.length).includes('.') ? 'domain_inner' : undefined;
}
