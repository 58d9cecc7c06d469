/** Templates as trees: how nunjucks parses them, Lintel's own tags among them. */
import nunjucks from 'nunjucks';
import type { TemplateNode } from '../template.ts';
import { type Nodes, type Parser, parseTag } from './tag-syntax.ts';
import { tags } from './tags.ts';

/** Not in the published types. */
const { parser } = nunjucks as unknown as {
  parser: { parse(source: string, extensions: readonly object[], options: object): TemplateNode };
};

const extensions = Object.entries(tags).map(([name, { encloses }]) => {
  const extension = {
    tags: [name],
    parse(parser: Parser, nodes: Nodes) {
      const { signature, bodies } = parseTag(parser, name, encloses);
      return new nodes.CallExtension(extension, 'run', signature, bodies);
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
