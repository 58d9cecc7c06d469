import { styleText } from 'node:util';

type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'blue' | 'cyan' | 'green';

/** Puts a style on text, or leaves it as it is when no colour was asked for. */
export type Paint = (style: Style, text: string) => string;

/** Terminal colours, or none: whether they are wanted is decided by the caller alone, not by where the output goes. */
export function painter(colour: boolean): Paint {
  if (!colour) return plain;
  return (style, text) => styleText(style, text, { validateStream: false });
}

/** Leaves text as it is. */
export function plain(_style: Style, text: string): string {
  return text;
}
