/** A slip in a selector, an expression or a message, at its place in that text. */
export class Slip extends Error {
  readonly start: number;
  readonly end: number;
  readonly hint: string | undefined;

  constructor(message: string, place: { readonly start: number; readonly end: number }, hint?: string) {
    super(message);
    this.start = place.start;
    this.end = place.end;
    this.hint = hint;
  }
}

/** A name that a text speaks of, with its place. */
export interface Named {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** What the little languages of a rule share: words are taken from a text, one after the other. */
export class Scanner {
  readonly text: string;
  at = 0;
  private readonly last: number;

  constructor(text: string, start = 0, end = text.length) {
    this.text = text;
    this.at = start;
    this.last = end;
  }

  get isAtEnd(): boolean {
    return this.at >= this.last;
  }

  space(): boolean {
    return this.match(/\s+/y) !== undefined;
  }

  take(sign: string): boolean {
    if (this.at + sign.length > this.last || !this.text.startsWith(sign, this.at)) return false;
    this.at += sign.length;
    return true;
  }

  /** A word that stands by itself. */
  word(word: string): boolean {
    const start = this.at;
    if (this.match(/[A-Za-z]+/y) === word) return true;
    this.at = start;
    return false;
  }

  match(sticky: RegExp): string | undefined {
    sticky.lastIndex = this.at;
    const [found] = sticky.exec(this.text) ?? [];
    if (found === undefined || this.at + found.length > this.last) return undefined;
    this.at += found.length;
    return found;
  }

  name(): Named | undefined {
    const start = this.at;
    const name = this.match(/[A-Za-z_][\w.-]*/y);
    return name === undefined ? undefined : { name, start, end: this.at };
  }

  /** A text in single or double quotes; there is no way to write the quote itself in it. */
  quoted(): string | undefined {
    return this.match(/'[^']*'|"[^"]*"/y)?.slice(1, -1);
  }

  expect(sign: string): void {
    this.space();
    if (!this.take(sign)) throw this.slip(`"${sign}" is missing here`);
  }

  slip(message: string, hint?: string): Slip {
    const start = Math.min(this.at, this.text.length);
    return new Slip(message, { start, end: Math.min(start + 1, this.text.length) }, hint);
  }
}
