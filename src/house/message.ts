import type { XmlElement } from '../xml/node.ts';
import { compileExpression, type Expression } from './expression.ts';
import { type Named, Slip } from './scanner.ts';

export interface Message {
  /** The text with what its expressions come to. */
  fill(element: XmlElement): string;
  readonly elements: readonly Named[];
  readonly attributes: readonly Named[];
}

/** A text in which `{…}` holds an expression; `{{` is a brace. Throws a Slip. */
export function compileMessage(text: string): Message {
  const parts: (string | Expression)[] = [];
  const pattern = /\{\{|\{([^{}]*)\}|[^{]+|\{/g;
  for (const { 0: found, 1: inside, index } of text.matchAll(pattern)) {
    if (inside !== undefined) parts.push(compileExpression(text, index + 1, index + 1 + inside.length));
    else if (found === '{')
      throw new Slip('The brace is not closed', { start: index, end: index + 1 }, 'Write {@name}, or {{ for a brace.');
    else parts.push(found === '{{' ? '{' : found);
  }
  const expressions = parts.filter((part) => typeof part === 'object');
  return {
    elements: expressions.flatMap(({ elements }) => elements),
    attributes: expressions.flatMap(({ attributes }) => attributes),
    fill: (element) =>
      parts.map((part) => (typeof part === 'string' ? part : String(part.evaluate(element) ?? ''))).join(''),
  };
}
