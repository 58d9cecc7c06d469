/** JSON text to a value in which the place of each part is known. */
import type { Range, Source } from './diagnostics/source.ts';

export interface JsonDocument {
  readonly source: Source;
  /** Undefined when the text is no JSON; `problem` says why, and where. */
  readonly value: unknown;
  readonly problem?: { readonly message: string; readonly range: Range };
  /** The place of a part by its pointer (`/rules/0/name`), or of the nearest part around it. */
  place(pointer: string): Range;
  /** The place of the name of a member. */
  nameOf(pointer: string): Range;
}

/** Deeper than this nobody writes by hand. */
const DEEPEST = 64;

/** Reads a JSON text; never throws, whatever it holds. */
export function readJson(path: string, bytes: Uint8Array): JsonDocument {
  const source = { path, text: new TextDecoder().decode(bytes) };
  const places = new Map<string, Range>();
  const names = new Map<string, Range>();
  const place = (pointer: string): Range =>
    places.get(pointer) ?? (pointer === '' ? { start: 0, end: 0 } : place(pointer.slice(0, pointer.lastIndexOf('/'))));
  const nameOf = (pointer: string) => names.get(pointer) ?? place(pointer);
  try {
    const value = new Reader(source.text, places, names).document();
    return { source, value, place, nameOf };
  } catch (error) {
    if (!(error instanceof JsonSlip)) throw error;
    return { source, value: undefined, problem: { message: error.message, range: error.range }, place, nameOf };
  }
}

class JsonSlip extends Error {
  readonly range: Range;

  constructor(message: string, range: Range) {
    super(message);
    this.range = range;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const WORDS: readonly (readonly [string, unknown])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

class Reader {
  private at = 0;
  private readonly text: string;
  private readonly places: Map<string, Range>;
  private readonly names: Map<string, Range>;

  constructor(text: string, places: Map<string, Range>, names: Map<string, Range>) {
    this.text = text;
    this.places = places;
    this.names = names;
  }

  document(): unknown {
    const value = this.value('', 0);
    this.space();
    if (this.at < this.text.length) throw this.slip('Nothing may follow the value');
    return value;
  }

  private value(pointer: string, depth: number): unknown {
    this.space();
    const start = this.at;
    if (depth > DEEPEST) throw this.slip(`Values are nested more than ${DEEPEST} deep`);
    const value = this.plain() ?? this.nested(pointer, depth);
    this.places.set(pointer, { start, end: this.at });
    return value === NULL ? null : value;
  }

  private plain(): unknown {
    const text = this.match(STRING);
    if (text !== undefined) return JSON.parse(text);
    const number = this.match(NUMBER);
    if (number !== undefined) return Number(number);
    for (const [word, value] of WORDS) if (this.take(word)) return value ?? NULL;
    return undefined;
  }

  private nested(pointer: string, depth: number): unknown {
    if (this.take('[')) {
      const list: unknown[] = [];
      this.parts(']', () => list.push(this.value(`${pointer}/${list.length}`, depth + 1)));
      return list;
    }
    if (!this.take('{')) throw this.slip('A value is missing here');
    const members: [string, unknown][] = [];
    this.parts('}', () => members.push(this.member(pointer, members, depth)));
    return Object.fromEntries(members);
  }

  private member(pointer: string, before: readonly (readonly [string, unknown])[], depth: number): [string, unknown] {
    this.space();
    const start = this.at;
    const text = this.match(STRING);
    if (text === undefined) throw this.slip('A name in double quotes is missing here');
    const name = JSON.parse(text) as string;
    const range = { start, end: this.at };
    if (before.some(([known]) => known === name)) throw new JsonSlip(`The name "${name}" is here twice`, range);
    this.space();
    if (!this.take(':')) throw this.slip('A colon is missing here');
    const inside = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    this.names.set(inside, range);
    return [name, this.value(inside, depth + 1)];
  }

  /** Parts with commas between them, until `end`. */
  private parts(end: string, part: () => void): void {
    this.space();
    if (this.take(end)) return;
    for (;;) {
      part();
      this.space();
      if (this.take(end)) return;
      if (!this.take(',')) throw this.slip(`A comma or "${end}" is missing here`);
      const range = { start: this.at - 1, end: this.at };
      this.space();
      if (this.text.startsWith(end, this.at)) throw new JsonSlip('Nothing follows this comma', range);
    }
  }

  private space(): void {
    while (/[ \t\r\n]/.test(this.text[this.at] ?? '')) this.at++;
  }

  private take(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.text) ?? [];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private slip(message: string): JsonSlip {
    return new JsonSlip(message, { start: this.at, end: Math.min(this.at + 1, this.text.length) });
  }
}

/** Stands for `null` while it is read. */
const NULL = Symbol('null');
