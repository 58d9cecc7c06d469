/** Namespaces in XML 1.0: what makes a document whose names have a prefix, or that declares one, well-formed or not. */
import { quoted, type Slip } from './problem.ts';
import { isName } from './slip-in-tag.ts';

/** The address for each prefix that is declared at a place; that of the default namespace stands under `''`. */
export type Prefixes = ReadonlyMap<string, string>;

/** A slip in the name of the element, or of its attribute of that index. */
export interface NamespaceSlip extends Pick<Slip, 'message' | 'hint'> {
  readonly attribute?: number;
}

interface StartTag {
  readonly name: string;
  readonly names: readonly string[];
  readonly values: readonly string[];
}

const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';

/** The prefixes that exist outside of every document. */
export const noPrefixes: Prefixes = new Map([['xml', XML]]);

/** The prefixes that may be used in an element, and what is wrong with the names in its start tag. */
export function readPrefixes(tag: StartTag, around: Prefixes): { prefixes: Prefixes; slip?: NamespaceSlip } {
  const { prefixes, slip } = declared(tag, around);
  const found = slip ?? slipInUse(tag.name, prefixes) ?? slipInAttributes(tag, prefixes);
  return { prefixes, ...(found && { slip: found }) };
}

function declared({ names, values }: StartTag, around: Prefixes): { prefixes: Prefixes; slip?: NamespaceSlip } {
  let prefixes: Map<string, string> | undefined;
  for (const [index, name] of names.entries()) {
    const prefix = name === 'xmlns' ? '' : name.startsWith('xmlns:') ? name.slice(6) : undefined;
    if (prefix === undefined) continue;
    const address = values[index] ?? '';
    const message = slipInDeclaration(prefix, address);
    if (message !== undefined) return { prefixes: around, slip: { message, attribute: index } };
    prefixes ??= new Map(around);
    prefixes.set(prefix, address);
  }
  return { prefixes: prefixes ?? around };
}

function slipInDeclaration(prefix: string, address: string): string | undefined {
  if (prefix === 'xmlns') return 'The prefix "xmlns" cannot be declared';
  if ((prefix === 'xml') !== (address === XML)) {
    return prefix === 'xml' ? 'The prefix "xml" cannot be declared anew' : `The namespace of "xml" has no other prefix`;
  }
  if (address === XMLNS) return `The namespace ${quoted(address)} cannot be declared`;
  if (prefix !== '' && address === '') return `The prefix ${quoted(prefix)} is declared without a namespace`;
  return undefined;
}

function slipInAttributes({ names }: StartTag, prefixes: Prefixes): NamespaceSlip | undefined {
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    if (!name.includes(':')) continue;
    const slip = name.startsWith('xmlns:') ? slipInParts(name) : slipInUse(name, prefixes);
    if (slip) return { ...slip, attribute: index };
    const [prefix = '', local] = name.split(':');
    const whole = JSON.stringify([prefixes.get(prefix) ?? prefix, local]);
    if (seen.has(whole))
      return { message: `Attribute ${quoted(name)} stands twice under two prefixes`, attribute: index };
    seen.add(whole);
  }
  return undefined;
}

function slipInUse(name: string, prefixes: Prefixes): NamespaceSlip | undefined {
  const colon = name.indexOf(':');
  if (colon === -1) return undefined;
  const slip = slipInParts(name);
  if (slip) return slip;
  const prefix = name.slice(0, colon);
  if (prefixes.has(prefix)) return undefined;
  const hint = `Write ${quoted(name.slice(colon + 1))} without a prefix, or declare it with xmlns:${prefix}="…"`;
  return { message: `The prefix ${quoted(prefix)} of ${quoted(name)} is not declared`, hint };
}

function slipInParts(name: string): NamespaceSlip | undefined {
  const parts = name.split(':');
  if (parts.length === 2 && parts.every(isName)) return undefined;
  return { message: `The ":" in the name ${quoted(name)} does not part a prefix from a name` };
}
