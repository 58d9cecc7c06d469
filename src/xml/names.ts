import { quoted } from './problem.ts';

const plain = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
const prefixed = /^(?:xml|xmlns|xsi):[A-Za-z_][A-Za-z0-9_.-]*$/;
// A property of one of these names would reach into the objects of the parser and of whoever reads the tree.
const reserved: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** Why a name is refused, or undefined when it is good: Latin letters, digits, `_`, `-`, `.`. */
export function slipInName(
  name: string,
  kind: 'element' | 'attribute',
): { message: string; hint?: string } | undefined {
  if (reserved.includes(name)) return { message: `The name ${quoted(name)} is reserved` };
  if (plain.test(name) || (kind === 'attribute' && prefixed.test(name))) return undefined;
  const foreign = Array.from(name).find((character) => !/[A-Za-z0-9_.-]/.test(character)) ?? name;
  if (foreign === ':') {
    const message = `The name ${quoted(name)} has a prefix`;
    return { message, hint: 'Only attributes may have one, and only xml:, xmlns: or xsi:' };
  }
  const code = (foreign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const message = `The name ${quoted(name)} holds the character "${foreign}" (U+${code})`;
  return { message, hint: 'A name is made of Latin letters, digits, "_", "-" and "."' };
}
