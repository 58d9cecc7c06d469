import { finished } from 'node:stream/promises';
import { type BrotliCompress, constants, createBrotliCompress, createGzip, type Gzip } from 'node:zlib';
import type { Parts } from '../engine.ts';
import type { Context, Log } from './context.ts';

/** Each gives out what it has at every flush; the window is that of a page, not of a film. */
const encoders: Readonly<Record<string, () => BrotliCompress | Gzip>> = {
  br: () =>
    createBrotliCompress({
      params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 18 },
    }),
  gzip: () => createGzip({ level: 6 }),
};

/** Whether the answer may be given in parts: it has no length then. */
export function canStream({ method, req }: Context): boolean {
  return method === 'GET' && req.httpVersion !== '1.0';
}

/**
 * Answers with the parts of a page as they come, and resolves when the last one is out or the visitor is gone. It has no ETag,
 * for nobody knows it before the end.
 */
export async function stream(ctx: Context, { parts, leave }: Parts, log: Log): Promise<void> {
  const { res } = ctx;
  let isGone = false;
  const close = () => {
    if (res.writableFinished) return;
    isGone = true;
    leave();
  };
  res.once('close', close);
  res.on('error', () => {}); // a part was written to a visitor who had just left
  ctx.status = 200;
  ctx.respond = false;
  if (res.destroyed) return close();
  try {
    // What fails before the first part is answered as for any other page.
    const iterator = parts[Symbol.asyncIterator]();
    const first = await iterator.next();
    const out = begin(ctx);
    for (let part = first; !part.done && !isGone; part = await iterator.next()) out.write(part.value);
    await out.end();
  } catch (error) {
    if (isGone) return;
    leave();
    if (!res.headersSent) {
      ctx.respond = true;
      throw error;
    }
    log.error({ requestId: ctx.state.requestId, err: error }, 'page broke off');
    res.destroy();
  } finally {
    res.off('close', close);
  }
}

/** Sends the headers, and gives what takes the parts. */
function begin(ctx: Context): { write(part: string): void; end(): Promise<void> } {
  const { res } = ctx;
  res.setHeader('Vary', 'Accept-Encoding, Accept-Language, Cookie');
  res.setHeader('Cache-Control', 'private, no-cache');
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.setHeader('X-Accel-Buffering', 'no');
  const wanted = ctx.req.headers['accept-encoding'] !== undefined && ctx.acceptsEncodings('br', 'gzip', 'identity');
  const encoder = encoders[wanted || 'identity']?.();
  const end = async () => {
    (encoder ?? res).end();
    await finished(res, { readable: false }).catch(() => {}); // the visitor has left
  };
  if (!encoder) return { write: (part) => void res.write(part), end };
  res.setHeader('Content-Encoding', String(wanted));
  res.once('close', () => encoder.destroy());
  encoder.pipe(res);
  return {
    // What the visitor is slow to take waits here: it is no more than a page.
    write(part) {
      encoder.write(part);
      encoder.flush();
    },
    end,
  };
}
