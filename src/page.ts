import { crc32 } from 'node:zlib';
import { bytesOf } from './bytes.ts';

/** A whole answer: kept ones are given again to the same visitor, encodings included. */
export interface Page {
  readonly body: Buffer;
  /** Quoted, and weak: the same for every encoding. */
  readonly etag: string;
  /** The body as it was compressed for an earlier request. */
  readonly encoded: Map<string, Buffer>;
}

/** The tag tells pages apart that one visitor was shown one after the other: the length and a checksum are enough. */
export function createPage(markup: string): Page {
  const body = bytesOf(markup);
  return { body, etag: `W/"${body.length.toString(36)}-${crc32(body).toString(36)}"`, encoded: new Map() };
}
