import type { IncomingMessage } from 'node:http';

/** The bytes of a body as they came; an error with status 413 when there are more than `limit`. */
export async function rawBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > limit) throw Object.assign(new Error('The body is too long'), { status: 413 });
    parts.push(part);
  }
  return Buffer.concat(parts);
}
