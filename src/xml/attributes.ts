/** What a start tag holds after its name; `end` is past its `>`, and `empty` says that it was `/>`. */
export interface StartTag {
  /** Four offsets for each attribute: where its name starts and ends, where its value starts and ends. */
  readonly places: readonly number[];
  readonly end: number;
  readonly empty: boolean;
}

const slash = 0x2f;
const equals = 0x3d;
const greater = 0x3e;

/** Scans a start tag of a well-formed document from past its name. In any other text it ends early, never astray. */
export function scanStartTag(text: string, from: number): StartTag {
  const places: number[] = [];
  let at = skipSpace(text, from);
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === greater) return { places, end: at + 1, empty: false };
    if (code === slash) return { places, end: at + 2, empty: true };
    const nameEnd = skipName(text, at);
    const quoteAt = skipSpace(text, skipSpace(text, nameEnd) + 1);
    const valueEnd = text.indexOf(text.charAt(quoteAt), quoteAt + 1);
    if (valueEnd <= quoteAt) break;
    places.push(at, nameEnd, quoteAt + 1, valueEnd);
    at = skipSpace(text, valueEnd + 1);
  }
  return { places, end: at, empty: false };
}

/** The first offset from `at` that holds no XML white space. */
export function skipSpace(text: string, at: number): number {
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

function skipName(text: string, at: number): number {
  while (at < text.length && text.charCodeAt(at) !== equals && !isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** Whether a character is white space as XML means it; JavaScript knows more kinds. */
export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The value that an attribute has in a well-formed document, of what stands between its quotes. */
export function decodedValue(raw: string): string {
  return raw.replace(/\r\n|[\t\r\n]|&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (written, hexadecimal, decimal, name) => {
    if (name) return named[name] ?? written;
    if (hexadecimal) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
    return decimal ? String.fromCodePoint(Number(decimal)) : ' ';
  });
}
