/** Templates to segments, once per plan, language and theme; pages that are not kept, as markup. The only import of nunjucks. */
import { crc32 } from 'node:zlib';
import nunjucks from 'nunjucks';
import { compiled } from '#templates';
import type { BoundList } from '../list.ts';
import type { Outcome } from './load.ts';
import { isPlain } from './plain-template.ts';
import { createHoles, escapeText, type Holes, type Segment } from './segments.ts';
import type { Surroundings, Tag } from './tag.ts';
import { type Nodes, type Parser, parseTag } from './tag-syntax.ts';
import { tags } from './tags.ts';

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

/** Text as markup in which every character is Latin: a page with nothing else in it is half as long in memory. */
export function latinMarkup(text: string): nunjucks.runtime.SafeString {
  const markup = escapeText(text).replace(/[^\u0000-\u00ff]/gu, (character) => `&#${character.codePointAt(0)};`);
  return new nunjucks.runtime.SafeString(markup);
}

/** Names by which a template asks for the rows themselves; it is then rendered per request. */
const LIVE_NAMES = new Set(['rows', 'total']);

export interface Place extends Partial<Surroundings> {
  /** Whether each request fills it for one row. */
  readonly isInRow?: boolean;
  /** Told of each tag that asks for more than the cell. */
  onMore?(): void;
}

export interface Renderer {
  /** A template as a segment: rendered now, or, if it asks for rows, each time. */
  segment(template: string, context: object, place?: Place): Segment;
  /** Whether a template, or one that it includes, asks for rows. */
  isLive(template: string): boolean;
}

const OPTIONS = { autoescape: true, throwOnUndefined: true, trimBlocks: true, lstripBlocks: true };

/** What is being rendered. */
interface Current {
  readonly holes: Holes;
  readonly place: Place;
}

/** `templates`: name (`blocks/list.njk`) → source. */
export function createRenderer(templates: ReadonlyMap<string, string>): Renderer {
  let current: Current | undefined;
  // Nunjucks wraps what a tag throws and loses where it came from: the first failure is the one to tell.
  let failure: TemplateError | undefined;
  const environment = new nunjucks.Environment(loaderOf(templates), OPTIONS);
  const within = <T>(next: Current, work: () => T): T => {
    const outer = current;
    current = next;
    try {
      return work();
    } finally {
      current = outer;
    }
  };
  const telling = <T>(template: string, work: () => T): T => {
    if (!current) failure = undefined;
    try {
      return work();
    } catch (error) {
      failure ??= templateError(error, template);
      throw failure;
    }
  };
  const extensions = Object.entries(tags).map(([name, tag]) => {
    const extension = tagExtension(name, tag, {
      now() {
        if (!current) throw new Error(`{% ${name} %} was used while nothing is rendered`);
        return current;
      },
      within,
    });
    environment.addExtension(name, extension as unknown as nunjucks.Extension);
    return extension;
  });
  const live = new Map<string, boolean>();

  const render = (template: string, context: object, place: Place): Segment =>
    telling(template, () => {
      const holes = createHoles();
      return holes.segment(within({ holes, place }, () => environment.render(template, context)));
    });
  const isLive = (template: string): boolean => {
    let known = live.get(template);
    if (known === undefined) {
      live.set(template, false); // a template may include itself
      known = telling(template, () => asksForRows(template, templates, extensions, isLive));
      live.set(template, known);
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

/** What a live template sees of the rows: one object of field values per row, where nothing is empty text. */
function rowsOf(outcome: Outcome, list: BoundList | undefined): { rows: object[]; total: number } {
  if (outcome.state !== 'ready' || !list) return { rows: [], total: 0 };
  const rows = outcome.rows.map((row) => ({
    key: row[list.at.key] ?? '',
    ...Object.fromEntries(list.columns.map((column) => [column.name, row[column.at] ?? ''])),
  }));
  return { rows, total: outcome.total };
}

/** Tells one text of a template from another. */
export const sumOf = (text: string): number => crc32(text);

/** Templates that are Lintel's own, and as they were when it was built, are compiled already. */
function loaderOf(templates: ReadonlyMap<string, string>): nunjucks.ILoader {
  return {
    getSource(name: string) {
      const text = templates.get(name);
      // Nothing found is nunjucks' to tell, for it knows who asked.
      if (text === undefined) return null as unknown as nunjucks.LoaderSource;
      const ready = Object.hasOwn(compiled, name) ? compiled[name] : undefined;
      const src = ready?.sum === sumOf(text) ? { type: 'code', obj: ready.make() } : text;
      return { src: src as string, path: name, noCache: false };
    },
  };
}

/** The JavaScript that nunjucks makes of a template: the body of a function that gives its functions. */
export function compileTemplate(name: string, text: string): string {
  const nothing = () => {
    throw new Error('Nothing is rendered where templates are compiled');
  };
  const extensions = Object.entries(tags).map(([tag, one]) =>
    tagExtension(tag, one, { now: nothing, within: nothing }),
  );
  return compiler.compile(text, [], extensions, name, OPTIONS);
}

interface Extension {
  readonly tags: readonly string[];
  /** What compiled templates know it by. */
  readonly __name: string;
}

interface Rendering {
  now(): Current;
  within<T>(next: Current, work: () => T): T;
}

/** A tag as nunjucks wants it: parsed with its optional argument and body, run while the template is rendered. */
function tagExtension(name: string, tag: Tag, { now, within }: Rendering): Extension {
  const extension = {
    tags: [name],
    __name: name,
    parse(parser: Parser, nodes: Nodes) {
      const { lineno, colno, signature, bodies } = parseTag(parser, name, tag.encloses);
      signature.children.unshift(...[lineno, colno].map((number) => new nodes.Literal(lineno, colno, number)));
      return new nodes.CallExtension(extension, 'run', signature, bodies);
    },
    run(_context: unknown, line: number, column: number, ...given: unknown[]) {
      const { holes, place } = now();
      const bodies = given.filter((value): value is () => string => typeof value === 'function');
      const [argument] = given.filter((value) => typeof value !== 'function');
      const inside = { holes, place: tag.row === 'gives' ? { ...place, isInRow: true } : place };
      if (!tag.ofCell) place.onMore?.();
      const segments = within(inside, () => bodies.map((body) => holes.segment(String(body()))));
      try {
        if (tag.row === 'needs' && !place.isInRow) throw new Error(`{% ${name} %} stands outside of {% rows %}`);
        const hole = tag.segment(surround(place), argument, segments[0] ?? empty, segments[1] ?? empty);
        return new nunjucks.runtime.SafeString(holes.mark(hole));
      } catch (error) {
        if (error instanceof TemplateError) throw error;
        // Told in the way of nunjucks, which knows the template; what is told counts from 1.
        throw new lib.TemplateError(error instanceof Error ? error.message : String(error), line + 1, column + 1);
      }
    },
  };
  return extension;
}

const empty: Segment = () => '';

function surround(place: Place): Surroundings {
  const missing = (what: string) => () => {
    throw new Error(`There is no ${what} here`);
  };
  return {
    cellOf: missing('cell'),
    blockOf: missing('block'),
    controlOf: missing('control'),
    figureOf: missing('chart'),
    strip: empty,
    ...place,
  };
}

/** Not in the published types. */
const { lib, parser, compiler } = nunjucks as unknown as {
  compiler: {
    compile(
      text: string,
      filters: readonly string[],
      extensions: readonly Extension[],
      name: string,
      options: object,
    ): string;
  };
  lib: { TemplateError: new (message: string, line: number, column: number) => Error };
  parser: { parse(source: string, extensions: readonly Extension[], options: object): TemplateNode };
};

/** Lines and columns count from 0. */
interface Token {
  readonly value: string;
  readonly lineno: number;
  readonly colno: number;
}

interface TemplateNode extends Omit<Token, 'value'> {
  readonly typename?: string;
  readonly value?: unknown;
  readonly template?: TemplateNode;
  readonly withContext?: boolean | null;
  readonly ignoreMissing?: boolean;
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
  if (source === undefined) throw new TemplateError(template, 1, 1, missing(template));
  if (isPlain(source, templates, isLive)) return false;
  const tree = parser.parse(source, extensions, { trimBlocks: true, lstripBlocks: true });
  const asksThrough = (used: TemplateNode, { typename, withContext, ignoreMissing }: TemplateNode): boolean => {
    if (used.typename !== 'Literal') return true;
    const name = String(used.value);
    if (!templates.has(name)) {
      if (ignoreMissing) return false;
      throw new TemplateError(template, used.lineno + 1, used.colno + 1, missing(name));
    }
    // A macro sees what is around its import only "with context".
    const isApart = (typename === 'Import' || typename === 'FromImport') && !withContext;
    return isLive(name) && !isApart;
  };
  const visit = (node: unknown): boolean => {
    if (typeof node !== 'object' || node === null) return false;
    if (Array.isArray(node)) return node.some(visit);
    const { typename, value, template: used, fields, children } = node as TemplateNode;
    if (typename === 'Symbol' && LIVE_NAMES.has(String(value))) return true;
    if (typename === 'Pair') return visit(value); // its key is a name of its own
    if (used && asksThrough(used, node as TemplateNode)) return true;
    return (fields ?? []).some((field) => visit((node as TemplateNode)[field])) || visit(children);
  };
  return visit(tree);
}

const missing = (template: string) => `There is no template named "${template}"`;

/**
 * Nunjucks puts name, line and column into its message, of the template that failed last:
 * `(page.njk) [Line 9, Column 2]\n  Template render error: (blocks/list.njk) [Line 3, Column 5]\n  unexpected token`. An
 * error of the parser has them as fields.
 */
function templateError(error: unknown, template: string): TemplateError {
  if (error instanceof TemplateError) return error;
  const { message, lineno, colno } = error as Error & Partial<Token>;
  const [last] = [...message.matchAll(/\(([^()\s]+\.njk)\)(?: \[Line (\d+), Column (\d+)\])?\n/g)].slice(-1);
  const words = (message.split('\n').at(-1) ?? message).trim();
  const [, thrown, said = words] = /^(Error: )?(.*)$/.exec(words) ?? [];
  const reason = said.startsWith('attempted to output') ? 'What is written here has no value' : said;
  // What a function throws stands at a line and column that count from 0.
  const first = thrown ? 1 : 0;
  const place = (written: string | undefined, field = 1) => (written === undefined ? field : Number(written) + first);
  return new TemplateError(last?.[1] ?? template, place(last?.[2], lineno), place(last?.[3], colno), reason);
}
