import type { IncomingMessage } from 'node:http';

/**
 * The bytes of a body as they came; an error with status 413 when there are more than `limit`. The rest of it is read all the
 * same, and dropped: what the visitor asks next comes on the same connection.
 */
export function rawBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length <= limit) return void parts.push(part);
      parts.length = 0;
      reject(Object.assign(new Error('The body is too long'), { status: 413 }));
    });
    request.once('end', () => resolve(Buffer.concat(parts)));
    request.once('error', reject);
    request.once('close', () => reject(new Error('The body broke off')));
  });
}
