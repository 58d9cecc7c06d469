/** A text made of stretches of others, so that whatever is said of a place in it can be said of where that came from. */
import type { Range, Source } from '../diagnostics/source.ts';

interface Piece {
  readonly text: string;
  /** Where it stands in its source; undefined for what nobody wrote. */
  readonly from: { readonly source: Source; readonly start: number } | undefined;
}

export interface Origin {
  readonly source: Source;
  readonly range: Range;
}

export class Patchwork {
  private pieces: readonly Piece[];

  /** The whole of a source, or nothing. */
  constructor(source?: Source) {
    this.pieces = source ? [{ text: source.text, from: { source, start: 0 } }] : [];
  }

  get text(): string {
    return this.pieces.map(({ text }) => text).join('');
  }

  /** Takes a stretch away, and puts a text in its place. */
  replace({ start, end }: Range, text = ''): void {
    const [before] = split(this.pieces, start);
    const [, after] = split(this.pieces, end);
    this.pieces = [...before, ...(text === '' ? [] : [{ text, from: undefined }]), ...after];
  }

  /** Takes an element or attribute away: with its line when it has that alone, else with the space before it. */
  cut(range: Range): void {
    const { text } = this;
    const lead = /[ \t]*$/.exec(text.slice(0, range.start))?.[0].length ?? 0;
    const start = range.start - lead;
    const end = /^[ \t]*(?:\r\n|\n|\r)/.exec(text.slice(range.end))?.[0].length;
    const isAlone = end !== undefined && (start === 0 || /[\n\r]/.test(text.charAt(start - 1)));
    this.replace({ start, end: isAlone ? range.end + end : range.end });
  }

  /** Where a stretch came from; undefined when nobody wrote it. */
  origin({ start, end }: Range): Origin | undefined {
    let at = 0;
    for (const { text, from } of this.pieces) {
      const isIn = start < at + text.length || (start === end && start === at + text.length);
      if (isIn && from) {
        const first = from.start + Math.max(start - at, 0);
        return {
          source: from.source,
          range: { start: first, end: Math.max(first, from.start + Math.min(end - at, text.length)) },
        };
      }
      if (isIn) return undefined;
      at += text.length;
    }
    return undefined;
  }
}

function split(pieces: readonly Piece[], at: number): [Piece[], Piece[]] {
  const before: Piece[] = [];
  const after: Piece[] = [];
  let start = 0;
  for (const { text, from } of pieces) {
    const part = Math.min(Math.max(at - start, 0), text.length);
    if (part > 0) before.push({ text: text.slice(0, part), from });
    if (part < text.length)
      after.push({ text: text.slice(part), from: from && { source: from.source, start: from.start + part } });
    start += text.length;
  }
  return [before, after];
}
