/** Follows the markup of a template from place to place, as a browser would: which attribute, in which element, with or without quotes. */
import type { Range } from './diagnostics/source.ts';
import type { Segment } from './template.ts';

/** An attribute, or an element, that begins in a template, and what the template puts into it. */
export type Mark =
  | {
      readonly kind: 'element';
      readonly name: string;
      readonly attributes: ReadonlyMap<string, string>;
      readonly range: Range;
    }
  | { readonly kind: 'attribute'; readonly name: string; readonly range: Range }
  | {
      readonly kind: 'value';
      readonly attribute: string;
      readonly before: string;
      readonly isQuoted: boolean;
      readonly segment: Segment;
    };

/** Tags that write something out; all others only choose or repeat. */
const WRITING = new Set(
  'value field linked key keyname cell said visitor incident tell mark nth sum sums shown total'.split(' '),
);

const NAME = /[^\s/>="'<]+/y;

/** Every element, attribute and written value in the markup of a template, in order. */
export function* marksOf(text: string, segments: readonly Segment[]): Generator<Mark> {
  const reader = new MarkupReader(text);
  for (const segment of segments) {
    if (segment.kind === 'text') yield* reader.text(segment);
    else if (segment.kind === 'output' || WRITING.has(segment.word ?? '')) yield* reader.written(segment);
  }
}

class MarkupReader {
  private readonly source: string;
  /** In text, in a start tag, in a value between quotes or without them. */
  private state: 'text' | 'tag' | 'before-value' | 'value' | 'bare' | 'comment' = 'text';
  private element = '';
  private elementAt: Range = { start: 0, end: 0 };
  private attributes = new Map<string, string>();
  private attribute = '';
  private quote = '';
  private value = '';

  constructor(source: string) {
    this.source = source;
  }

  *text({ start, end }: Segment): Generator<Mark> {
    for (let at = start; at < end; ) at = yield* this.step(at, end);
  }

  /** What a request or a variable writes here. */
  *written(segment: Segment): Generator<Mark> {
    if (this.state === 'value' || this.state === 'bare' || this.state === 'before-value') {
      const isQuoted = this.state === 'value';
      yield { kind: 'value', attribute: this.attribute, before: this.value, isQuoted, segment };
      if (this.state === 'before-value') this.state = 'bare';
    }
    this.value += '\u0000';
  }

  /** Takes what stands at `at`; gives where to go on. */
  private *step(at: number, end: number): Generator<Mark, number> {
    const { source } = this;
    const character = source[at] ?? '';
    switch (this.state) {
      case 'text':
        return this.inText(at, end);
      case 'comment': {
        const close = source.indexOf('-->', at);
        if (close < 0 || close >= end) return end;
        this.state = 'text';
        return close + 3;
      }
      case 'tag':
        return yield* this.inTag(at);
      case 'before-value':
        if (/\s/.test(character)) return at + 1;
        this.value = '';
        this.quote = /["']/.test(character) ? character : '';
        this.state = this.quote ? 'value' : 'bare';
        return this.quote ? at + 1 : at;
      default: {
        const isEnd = this.quote ? character === this.quote : /[\s>]/.test(character);
        if (!isEnd) this.value += character;
        else {
          this.attributes.set(this.attribute, this.value);
          this.state = 'tag';
        }
        return isEnd && !this.quote ? at : at + 1;
      }
    }
  }

  private inText(at: number, end: number): number {
    const open = this.source.indexOf('<', at);
    if (open < 0 || open >= end) return end;
    if (this.source.startsWith('<!--', open)) {
      this.state = 'comment';
      return open + 4;
    }
    const name = match(NAME, this.source, open + 1) ?? '';
    if (!/^[A-Za-z]/.test(name) && open + 1 < end) return open + 1 + name.length;
    this.state = 'tag';
    this.element = name.toLowerCase();
    this.elementAt = { start: open + 1, end: open + 1 + name.length };
    this.attributes = new Map();
    return open + 1 + name.length;
  }

  private *inTag(at: number): Generator<Mark, number> {
    const character = this.source[at] ?? '';
    if (character === '>') {
      this.state = 'text';
      yield { kind: 'element', name: this.element, attributes: this.attributes, range: this.elementAt };
      return at + 1;
    }
    if (character === '=') {
      this.state = 'before-value';
      this.value = '';
      this.quote = '';
      return at + 1;
    }
    const name = match(NAME, this.source, at);
    if (name === undefined) return at + 1;
    this.attribute = name.toLowerCase();
    this.attributes.set(this.attribute, '');
    yield { kind: 'attribute', name: this.attribute, range: { start: at, end: at + name.length } };
    return at + name.length;
  }
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
