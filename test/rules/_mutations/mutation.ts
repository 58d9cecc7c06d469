/** One slip in one file, and what must be said of it. */
import type { Range } from '../../../src/diagnostics/source.ts';
import type { XmlAttribute, XmlElement } from '../../../src/xml/node.ts';
import type { MutatedFile } from './content.ts';
import type { Random } from './slip.ts';

export interface Mutation {
  readonly kind: string;
  readonly path: string;
  /** The file with the slip in it. */
  readonly text: string;
  /** What the slip turned into what, for people. */
  readonly about: string;
  readonly expected: Expected;
}

export interface Expected {
  readonly path: string;
  readonly range: Range;
  readonly codes: readonly string[];
  /** The name that was meant, where a hint can know it. */
  readonly meant?: string | undefined;
}

/** A place where a kind of slip can be made. */
export interface Site {
  /** Sites of a group are alike: each group is as likely as any other. */
  readonly group: string;
  readonly file: MutatedFile;
  mutate(random: Random): Omit<Mutation, 'kind'> | undefined;
}

/** An edit of a text: `text` in place of a range. */
export interface Edit extends Range {
  readonly text: string;
}

export function edited(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Where a range of a text stands once it is edited in front of it. */
export function shifted({ start, end }: Range, edits: readonly Edit[]): Range {
  const by = edits
    .filter((edit) => edit.end <= start && edit.start <= start)
    .reduce((sum, edit) => sum + edit.text.length - (edit.end - edit.start), 0);
  return { start: start + by, end: end + by };
}

export const lengthened = ({ start }: Range, text: string): Range => ({ start, end: start + text.length });

/** The whole line of an element that stands alone on it, else the element. */
export function lineOf({ range }: XmlElement, text: string): Range {
  const before = text.slice(0, range.start).match(/\n[ \t]*$/)?.[0] ?? '';
  return { start: range.start - before.length, end: range.end };
}

/** An attribute with the space before it. */
export function wholeOf({ nameRange, valueRange }: XmlAttribute, text: string): Range {
  const before = text.slice(0, nameRange.start).match(/\s+$/)?.[0] ?? '';
  return { start: nameRange.start - before.length, end: valueRange.end + 1 };
}

/** The attribute with another value, as an edit. */
export const valued = ({ valueRange }: XmlAttribute, value: string): Edit => ({ ...valueRange, text: value });
