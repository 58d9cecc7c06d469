/** Reads the body of an answer, decoded, up to a size that no list needs. */
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** Bytes of an answer, as they are sent and as they are decoded. */
export const LARGEST = 1_000_000;

const DECODERS = { gzip: createGunzip, deflate: createInflate, br: createBrotliDecompress } as const;

/** The text of a body; rejects as soon as it is too large, whatever is still to come. */
export async function readBody(body: Readable, encoding: string): Promise<string> {
  const chunks: Buffer[] = [];
  const keep = async (decoded: AsyncIterable<Buffer>) => {
    for await (const chunk of counted(decoded)) chunks.push(chunk);
  };
  if (encoding === '' || encoding === 'identity') await pipeline(body, keep);
  else if (Object.hasOwn(DECODERS, encoding)) {
    await pipeline(body, counted, DECODERS[encoding as keyof typeof DECODERS](), keep);
  } else throw new Error(`The answer is encoded as ${encoding.slice(0, 40)}`);
  return Buffer.concat(chunks).toString('utf8');
}

async function* counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > LARGEST) throw new Error(`The answer is larger than ${LARGEST} bytes`);
    yield chunk;
  }
}
