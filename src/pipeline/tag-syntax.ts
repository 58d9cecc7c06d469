/** How Lintel's tags are written: `{% name argument %}`, and `{% name %}…{% else %}…{% endname %}` around markup. */

/** What nunjucks parses with; not in its published types. Lines and columns count from 0. */
export interface Parser {
  nextToken(): { readonly value: string; readonly lineno: number; readonly colno: number };
  parseSignature(tolerant: boolean, noParens: boolean): { readonly children: unknown[] };
  advanceAfterBlockEnd(name?: string): void;
  parseUntilBlocks(...names: string[]): unknown;
  skipSymbol(name: string): boolean;
  skip(type: string): boolean;
}

export interface Nodes {
  CallExtension: new (extension: object, method: string, argument: unknown, bodies: unknown[]) => unknown;
  Literal: new (line: number, column: number, value: unknown) => unknown;
}

export interface ParsedTag {
  readonly lineno: number;
  readonly colno: number;
  /** Its arguments. */
  readonly signature: { readonly children: unknown[] };
  /** What it encloses, and what stands behind `{% else %}`. */
  readonly bodies: unknown[];
}

const LEXER_BLOCK_END = 'block-end';

export function parseTag(parser: Parser, name: string, encloses: boolean): ParsedTag {
  const { value, lineno, colno } = parser.nextToken();
  const signature = parser.parseSignature(true, true);
  parser.advanceAfterBlockEnd(value);
  if (!encloses) return { lineno, colno, signature, bodies: [] };
  const end = `end${name}`;
  const bodies = [parser.parseUntilBlocks('else', end)];
  if (parser.skipSymbol('else')) {
    parser.skip(LEXER_BLOCK_END);
    bodies.push(parser.parseUntilBlocks(end));
  }
  parser.advanceAfterBlockEnd();
  return { lineno, colno, signature, bodies };
}
