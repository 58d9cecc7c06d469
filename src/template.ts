/** A template as rules see it: its text, its parts, and its tree. */
import type { Finding } from './diagnostics/diagnostic.ts';
import type { Range, Source } from './diagnostics/source.ts';

/** What a name in a template holds: anything, nothing, an address that Lintel has made, an object with known members, or a list of one shape. */
export type Shape = 'any' | 'none' | 'address' | Members | readonly [Shape];
/** The member `*` stands for any name. */
export interface Members {
  readonly [name: string]: Shape;
}

/** A node of a template's tree, as nunjucks makes it; lines and columns count from 0. */
export interface TemplateNode {
  readonly typename: string;
  readonly lineno?: number;
  readonly colno?: number;
  readonly fields?: readonly string[];
  readonly [field: string]: unknown;
}

/** A stretch of a template: text as it is written out, `{{ … }}`, `{% … %}` or `{# … #}`. */
export interface Segment extends Range {
  readonly kind: 'text' | 'output' | 'tag' | 'comment';
  /** The first word of a tag. */
  readonly word?: string;
}

export interface CheckedTemplate {
  /** `blocks/list.njk`. */
  readonly name: string;
  readonly source: Source;
  readonly segments: readonly Segment[];
  /** Undefined when it cannot be read; `problem` says why. */
  readonly tree: TemplateNode | undefined;
  readonly problem?: Finding;
}

/** What is in a template beside its markup. */
export interface TemplateReading {
  /** Names and members that are read, and not there. */
  readonly unknown: readonly {
    readonly node: TemplateNode;
    readonly name: string;
    readonly of?: string;
    readonly known: readonly string[];
  }[];
  /** The names that it gives itself, outside of everything else. */
  readonly names: Members;
  /** What each `{{ … }}` holds, by the offset at which it begins. */
  readonly outputs: ReadonlyMap<number, Shape>;
  readonly filters: readonly { readonly node: TemplateNode; readonly name: string; readonly isFixed: boolean }[];
  readonly tests: readonly { readonly node: TemplateNode; readonly name: string }[];
  /** Other templates; `name` is undefined for one that is computed, a frame is one that it extends, `imports` are the names it takes from it. */
  readonly uses: readonly {
    readonly node: TemplateNode;
    readonly name: string | undefined;
    readonly gives: Members;
    readonly mayMiss: boolean;
    readonly isFrame: boolean;
    readonly imports: readonly TemplateNode[];
  }[];
}

export interface TemplateContext {
  /** All templates, by name. */
  readonly templates: ReadonlyMap<string, CheckedTemplate>;
  /** The names of those that Lintel asks for, or brings along. */
  readonly asked: ReadonlySet<string>;
  /** What a template reads of what it is given, by whoever uses it; undefined for one that cannot be read, or that nobody uses. */
  reading(name: string): TemplateReading | undefined;
  readonly filters: ReadonlySet<string>;
  readonly tests: ReadonlySet<string>;
}

/** The offset of a place that counts from 0. */
export function offsetOf({ text }: Source, line = 0, column = 0): number {
  let start = 0;
  for (let count = 0; count < line; count++) {
    const end = text.indexOf('\n', start);
    if (end < 0) break;
    start = end + 1;
  }
  return Math.min(text.length, start + column);
}

/** Where a word of a node stands: at its place, or the next time the word is there. */
export function wordAt(source: Source, node: TemplateNode, word: string): Range {
  const start = source.text.indexOf(word, offsetOf(source, node.lineno, node.colno));
  if (start < 0) return { start: 0, end: 0 };
  return { start, end: start + word.length };
}

/** The nodes directly in a node, in the order of its fields. */
export function partsOf(node: TemplateNode): TemplateNode[] {
  const fields = node.fields?.length ? node.fields : ['children'];
  return fields.flatMap((field) => node[field]).filter(isNode);
}

export function isNode(value: unknown): value is TemplateNode {
  return typeof value === 'object' && value !== null && 'typename' in value;
}

const PARTS =
  /\{#[\s\S]*?(?:#\}|$)|\{%-?\s*raw\s*-?%\}[\s\S]*?(?:\{%-?\s*endraw\s*-?%\}|$)|\{%[\s\S]*?(?:%\}|$)|\{\{[\s\S]*?(?:\}\}|$)/g;

/** A template as a row of its parts. What `raw` encloses is text. */
export function segmentsOf(text: string): Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  for (const { 0: part, index } of text.matchAll(PARTS)) {
    if (index > at) segments.push({ kind: 'text', start: at, end: index });
    at = index + part.length;
    const word = /^\{%-?\s*(\w+)/.exec(part)?.[1];
    const kind = part.startsWith('{#') ? 'comment' : part.startsWith('{{') ? 'output' : word === 'raw' ? 'text' : 'tag';
    segments.push({ kind, start: index, end: at, ...(kind === 'tag' && word !== undefined && { word }) });
  }
  if (at < text.length) segments.push({ kind: 'text', start: at, end: text.length });
  return segments;
}
