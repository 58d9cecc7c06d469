/** Templates to segments, once per plan, language and theme; pages that are not kept, as markup. The only import of nunjucks. */
import nunjucks from 'nunjucks';
import type { BoundColumn, BoundList } from '../list.ts';
import type { Outcome } from './load.ts';
import { createHoles, type Holes, type Segment } from './segments.ts';
import { type Surroundings, type Tag, tags } from './tags.ts';

/** A template that cannot be used, with its place. */
export class TemplateError extends Error {
  readonly template: string;
  readonly line: number;
  readonly column: number;

  constructor(template: string, line: number, column: number, message: string) {
    super(message);
    this.template = template;
    this.line = line;
    this.column = column;
  }
}

/** Names by which a template asks for the rows themselves; it is then rendered per request. */
const LIVE_NAMES = new Set(['rows', 'total']);

export interface Place {
  readonly list?: BoundList;
  readonly column?: BoundColumn;
  readonly cell?: Surroundings['cell'];
  cellOf?(column: unknown): Segment;
  blockOf?(block: unknown): Segment;
  strip?: Segment;
}

export interface Renderer {
  /** A template as a segment: rendered now, or, if it asks for rows, each time. */
  segment(template: string, context: object, place?: Place): Segment;
  /** Whether a template, or one that it includes, asks for rows. */
  isLive(template: string): boolean;
}

/** `templates`: name (`blocks/list.njk`) → source. */
export function createRenderer(templates: ReadonlyMap<string, string>): Renderer {
  let current: { holes: Holes; place: Place } | undefined;
  // Nunjucks wraps what a tag throws and loses where it came from: the first failure is the one to tell.
  let failure: TemplateError | undefined;
  const environment = new nunjucks.Environment(loaderOf(templates), {
    autoescape: true,
    throwOnUndefined: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  const extensions = Object.entries(tags).map(([name, tag]) => {
    const extension = tagExtension(name, tag, () => {
      if (!current) throw new Error(`{% ${name} %} was used while nothing is rendered`);
      return current;
    });
    environment.addExtension(name, extension as nunjucks.Extension);
    return extension;
  });
  const live = new Map<string, boolean>();

  const render = (template: string, context: object, place: Place): Segment => {
    const outer = current;
    const holes = createHoles();
    current = { holes, place };
    if (!outer) failure = undefined;
    try {
      return holes.segment(environment.render(template, context));
    } catch (error) {
      failure ??= templateError(error, template);
      throw failure;
    } finally {
      current = outer;
    }
  };
  const isLive = (template: string): boolean => {
    let known = live.get(template);
    if (known === undefined) {
      live.set(template, false); // a template may include itself
      try {
        live.set(template, (known = asksForRows(template, templates, extensions, isLive)));
      } catch (error) {
        failure ??= templateError(error, template);
        throw failure;
      }
    }
    return known;
  };
  return {
    isLive,
    segment(template, context, place = {}) {
      if (!isLive(template)) return render(template, context, place);
      return (frame) => render(template, { ...context, ...rowsOf(frame.outcome, place.list) }, place)(frame);
    },
  };
}

/** What a live template sees of the rows: one object of field values per row. */
function rowsOf(outcome: Outcome, list: BoundList | undefined): { rows: object[]; total: number } {
  if (outcome.state !== 'ready' || !list) return { rows: [], total: 0 };
  const rows = outcome.rows.map((row) => ({
    key: row[list.at.key],
    ...Object.fromEntries(list.columns.map((column) => [column.name, row[column.at]])),
  }));
  return { rows, total: outcome.total };
}

function loaderOf(templates: ReadonlyMap<string, string>): nunjucks.ILoader {
  return {
    getSource(name: string) {
      const src = templates.get(name);
      if (src === undefined) throw new TemplateError(name, 1, 1, `There is no template named "${name}"`);
      return { src, path: name, noCache: false };
    },
  };
}

interface Extension {
  readonly tags: readonly string[];
}

/** A tag as nunjucks wants it: parsed with its optional argument and body, run while the template is rendered. */
function tagExtension(name: string, tag: Tag, now: () => { holes: Holes; place: Place }): Extension {
  const end = `end${name}`;
  const extension = {
    tags: [name],
    parse(parser: Parser, nodes: Nodes) {
      const token = parser.nextToken();
      const found = parser.parseSignature(true, true);
      parser.advanceAfterBlockEnd(token.value);
      if (!tag.encloses) return new nodes.CallExtension(extension, 'run', found, []);
      const body = parser.parseUntilBlocks('else', end);
      let otherwise: unknown = null;
      if (parser.skipSymbol('else')) {
        parser.skip(LEXER_BLOCK_END);
        otherwise = parser.parseUntilBlocks(end);
      }
      parser.advanceAfterBlockEnd();
      return new nodes.CallExtension(extension, 'run', found, otherwise ? [body, otherwise] : [body]);
    },
    run(_context: unknown, ...given: unknown[]) {
      const { holes, place } = now();
      const bodies = given.filter((value): value is () => string => typeof value === 'function');
      const [argument] = given.filter((value) => typeof value !== 'function');
      const segments = bodies.map((body) => holes.segment(String(body())));
      const surroundings = surround(place);
      const hole = tag.segment(surroundings, argument, segments[0] ?? empty, segments[1] ?? empty);
      return new nunjucks.runtime.SafeString(holes.mark(hole));
    },
  };
  return extension;
}

const LEXER_BLOCK_END = 'block-end';
const empty: Segment = () => '';

function surround(place: Place): Surroundings {
  const missing = (what: string) => () => {
    throw new Error(`There is no ${what} here`);
  };
  return { cellOf: missing('cell'), blockOf: missing('block'), strip: empty, ...place };
}

/** The parser is not in the published types. */
const { parser } = nunjucks as unknown as {
  parser: { parse(source: string, extensions: readonly Extension[], options: object): TemplateNode };
};

interface Parser {
  nextToken(): { value: string };
  parseSignature(tolerant: boolean, noParens: boolean): unknown;
  advanceAfterBlockEnd(name?: string): void;
  parseUntilBlocks(...names: string[]): unknown;
  skipSymbol(name: string): boolean;
  skip(type: string): boolean;
}

interface Nodes {
  CallExtension: new (extension: object, method: string, argument: unknown, bodies: unknown[]) => unknown;
}

interface TemplateNode {
  readonly typename?: string;
  readonly value?: unknown;
  readonly template?: TemplateNode;
  readonly fields?: readonly string[];
  readonly children?: readonly TemplateNode[];
  readonly [field: string]: unknown;
}

/** Whether the tree of a template reads `rows` or `total`. An include whose name is computed counts as live. */
function asksForRows(
  template: string,
  templates: ReadonlyMap<string, string>,
  extensions: readonly Extension[],
  isLive: (template: string) => boolean,
): boolean {
  const source = templates.get(template);
  if (source === undefined) throw new TemplateError(template, 1, 1, `There is no template named "${template}"`);
  let tree: TemplateNode;
  try {
    tree = parser.parse(source, extensions, { trimBlocks: true, lstripBlocks: true });
  } catch (error) {
    throw templateError(error, template);
  }
  const visit = (node: unknown): boolean => {
    if (typeof node !== 'object' || node === null) return false;
    if (Array.isArray(node)) return node.some(visit);
    const { typename, value, template: used, fields, children, args, contentArgs } = node as TemplateNode;
    if (typename === 'Symbol' && LIVE_NAMES.has(String(value))) return true;
    if (used && typename !== 'FromImport' && typename !== 'Import') {
      if (used.typename !== 'Literal') return true;
      if (isLive(String(used.value))) return true;
    }
    if (visit(args) || visit(contentArgs)) return true;
    return (fields ?? []).some((field) => visit((node as TemplateNode)[field])) || visit(children);
  };
  return visit(tree);
}

/** Nunjucks puts name, line and column into its message: `(blocks/list.njk) [Line 3, Column 5]\n  unexpected token`. */
function templateError(error: unknown, template: string): TemplateError {
  if (error instanceof TemplateError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const [, name] = /\(([^()\s]+\.njk)\)/.exec(message) ?? [];
  const [, line, column] = /\[Line (\d+), Column (\d+)\]/.exec(message) ?? [];
  const [last] = message.split('\n').slice(-1);
  const words = (last ?? message).replace(/^\s*(Template render error: )?(Error: )?/, '').trim();
  return new TemplateError(name ?? template, Number(line ?? 1), Number(column ?? 1), words);
}
