import { isUtf8 } from 'node:buffer';
import type { Source } from '../diagnostics/source.ts';
import type { XmlLimits } from './limits.ts';
import { problemOf, quoted, type Slip, type XmlProblem } from './problem.ts';

export interface Decoded {
  readonly source: Source;
  readonly problem?: XmlProblem;
}

const byteOrderMark = '\ufeff';
const declaredEncoding = /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([^"'<>]*)["']/d;

/**
 * Bytes to text: UTF-8 and nothing else, one byte order mark swallowed. A refused file keeps what text of it can be
 * shown around the place of the problem.
 */
export function decode(path: string, bytes: Uint8Array, limits: XmlLimits): Decoded {
  const unread = slipInBytes(bytes, limits);
  if (unread) return refused({ path, text: '' }, unread);
  const source = { path, text: new TextDecoder().decode(bytes) };
  const slip = slipInEncoding(source.text) ?? (isUtf8(bytes) ? undefined : slipAtBadByte(bytes, source.text));
  return slip ? refused(source, slip) : { source };
}

function refused(source: Source, slip: Slip): Decoded {
  return { source, problem: problemOf(source, slip) };
}

function slipInBytes(bytes: Uint8Array, limits: XmlLimits): Slip | undefined {
  const range = { start: 0, end: 0 };
  if (bytes.length > limits.bytes) {
    const message = `The file is ${bytes.length} bytes long, the limit is ${limits.bytes}`;
    return { code: 'too-large', message, range, hint: 'Split it into several files' };
  }
  const wide = wideEncoding(bytes);
  if (wide === undefined) return undefined;
  return { code: 'invalid-encoding', message: `The file is encoded as ${wide}`, range, hint: 'Save it as UTF-8' };
}

// XML begins with "<" or white space, so a zero among the first bytes is half of a wide character even without a mark.
function wideEncoding(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe) || (a !== 0 && b === 0)) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16';
  if (a === 0xfe && b === 0xff) return 'UTF-16';
  if (a === 0) return b === 0 ? 'UTF-32' : 'UTF-16';
  return undefined;
}

function slipInEncoding(text: string): Slip | undefined {
  const code = 'invalid-encoding';
  if (text.startsWith(byteOrderMark)) {
    const message = 'The file begins with two byte order marks';
    return { code, message, range: { start: 0, end: 1 }, hint: 'Save it as UTF-8 without a byte order mark' };
  }
  const declaration = declaredEncoding.exec(text);
  const encoding = declaration?.[1];
  const place = declaration?.indices?.[1];
  if (encoding === undefined || place === undefined || /^utf-?8$/i.test(encoding)) return undefined;
  const message = `The file declares the encoding ${quoted(encoding)}`;
  const hint = 'Save it as UTF-8 and write encoding="UTF-8"';
  return { code, message, range: { start: place[0], end: place[1] }, hint };
}

function slipAtBadByte(bytes: Uint8Array, text: string): Slip {
  let byte = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let start = -1;
  let counted = 0;
  do {
    start = text.indexOf('\ufffd', start + 1);
    byte += Buffer.byteLength(text.slice(counted, start));
    counted = start;
  } while (isReplacement(bytes, byte));
  const value = (bytes[byte] ?? 0).toString(16).toUpperCase();
  const message = `Byte 0x${value} is not valid UTF-8`;
  return { code: 'invalid-encoding', message, range: { start, end: start + 1 }, hint: 'Save the file as UTF-8' };
}

// U+FFFD stands for a bad byte in decoded text, but a file may also hold it honestly.
function isReplacement(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd;
}
