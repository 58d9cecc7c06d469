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
  if (bytes.length > limits.bytes) return refused({ path, text: '' }, slipInLength(bytes, limits));
  const wide = wideEncoding(bytes);
  if (wide)
    return refused({ path, text: wide.label ? new TextDecoder(wide.label).decode(bytes) : '' }, slipInWidth(wide));
  const source = { path, text: new TextDecoder().decode(bytes) };
  const slip = slipInEncoding(source.text) ?? (isUtf8(bytes) ? undefined : slipAtBadByte(bytes, source.text));
  return slip ? refused(source, slip) : { source };
}

function refused(source: Source, slip: Slip): Decoded {
  return { source, problem: problemOf(source, slip) };
}

function slipInLength({ length }: Uint8Array, { bytes }: XmlLimits): Slip {
  const message = `The file is ${length} bytes long, the limit is ${bytes}`;
  return { code: 'too-large', message, range: { start: 0, end: 0 }, hint: 'Split it into several files' };
}

interface Wide {
  readonly name: string;
  /** What a decoder calls it; undefined when there is none for it. */
  readonly label?: string;
}

function slipInWidth({ name }: Wide): Slip {
  const message = `The file is encoded as ${name}`;
  return { code: 'invalid-encoding', message, range: { start: 0, end: 0 }, hint: 'Save it as UTF-8' };
}

// XML begins with "<" or white space, so a zero among the first bytes is half of a wide character even without a mark.
function wideEncoding(bytes: Uint8Array): Wide | undefined {
  const [a, b, c, d] = bytes;
  const little = { name: 'UTF-16', label: 'utf-16le' };
  const big = { name: 'UTF-16', label: 'utf-16be' };
  if ((a === 0xff && b === 0xfe) || (a !== 0 && b === 0)) return c === 0 && d === 0 ? { name: 'UTF-32' } : little;
  if (a === 0xfe && b === 0xff) return big;
  if (a === 0) return b === 0 ? { name: 'UTF-32' } : big;
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
