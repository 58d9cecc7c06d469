import { quoted } from './problem.ts';

const foreign = /[^A-Za-z0-9_.:-]/u;
const schemaAttribute = /^(?:xmlns$|xmlns:|xsi:)/;
// A property of one of these names would reach into the objects of the parser and of whoever reads the tree.
const reserved: readonly string[] = ['__proto__', 'constructor', 'prototype'];
// Letters to XML, and white space to JavaScript, so that readers of XML differ about them.
const invisible = /[\u1680\ufeff]/;

/** Why a good XML name is refused all the same, or undefined. */
export function slipInName(name: string): { message: string; hint?: string } | undefined {
  if (reserved.includes(name)) return { message: `The name ${quoted(name)} is reserved` };
  const [character] = invisible.exec(name) ?? [];
  if (character === undefined) return undefined;
  return {
    message: `The name ${quoted(name)} holds the invisible character ${numberOf(character)}`,
    hint: 'Remove it',
  };
}

/** What to say of a name that no vocabulary has because of a letter of another alphabet; undefined when all are Latin. */
export function foreignLetter(name: string): string | undefined {
  const [character] = foreign.exec(name) ?? [];
  if (character === undefined) return undefined;
  return `It holds the character "${character}" (${numberOf(character)}), and names are made of Latin letters.`;
}

/** Whether an attribute is for readers of XML and schemas, not for the vocabulary: `xmlns:xsi`, `xsi:schemaLocation`. */
export function isSchemaAttribute(name: string): boolean {
  return schemaAttribute.test(name);
}

function numberOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
