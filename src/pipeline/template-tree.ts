/** Templates as trees: how nunjucks parses them, Lintel's own tags among them. */
import nunjucks from 'nunjucks';
import type { TemplateNode } from '../template.ts';
import { tags } from './tags.ts';

/** Not in the published types. */
const { parser } = nunjucks as unknown as {
  parser: { parse(source: string, extensions: readonly object[], options: object): TemplateNode };
};

interface Parser {
  nextToken(): { readonly value: string };
  parseSignature(tolerant: boolean, noParens: boolean): unknown;
  advanceAfterBlockEnd(name?: string): void;
  parseUntilBlocks(...names: string[]): unknown;
  skipSymbol(name: string): boolean;
  skip(type: string): boolean;
}

interface Nodes {
  CallExtension: new (extension: object, method: string, argument: unknown, bodies: unknown[]) => unknown;
}

const extensions = Object.entries(tags).map(([name, { encloses }]) => {
  const extension = {
    tags: [name],
    parse(parser: Parser, nodes: Nodes) {
      const token = parser.nextToken();
      const found = parser.parseSignature(true, true);
      parser.advanceAfterBlockEnd(token.value);
      const bodies: unknown[] = [];
      if (encloses) {
        bodies.push(parser.parseUntilBlocks('else', `end${name}`));
        if (parser.skipSymbol('else')) {
          parser.skip('block-end');
          bodies.push(parser.parseUntilBlocks(`end${name}`));
        }
        parser.advanceAfterBlockEnd();
      }
      return new nodes.CallExtension(extension, 'run', found, bodies);
    },
  };
  return extension;
});

/** The tree of a template; throws an error with `lineno` and `colno`, which count from 1. */
export function parseTemplate(text: string): TemplateNode {
  return parser.parse(text, extensions, { trimBlocks: true, lstripBlocks: true });
}

const environment = new nunjucks.Environment() as unknown as Record<'filters' | 'tests' | 'globals', object>;

/** The names of what nunjucks brings along. */
export const builtIn = {
  filters: new Set(Object.keys(environment.filters)),
  tests: new Set(Object.keys(environment.tests)),
};
