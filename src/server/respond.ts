import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Page } from '../engine.ts';
import type { Context } from './context.ts';

const compressors: Readonly<Record<string, (body: Buffer) => Promise<Buffer>>> = {
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: (body) => promisify(gzip)(body, { level: 6 }),
};

/** Smaller bodies are not worth compressing. */
const SMALL = 1024;

/** Answers with a page in one write: 304 when the visitor has it, compressed once per encoding otherwise. */
export async function respond(
  ctx: Context,
  page: Page,
  status = 200,
  type = 'text/html; charset=utf-8',
): Promise<void> {
  const { res } = ctx;
  ctx.status = status;
  res.setHeader('Vary', 'Accept-Encoding, Accept-Language, Cookie');
  if (!res.hasHeader('Cache-Control')) res.setHeader('Cache-Control', 'private, no-cache');
  if (status === 200) {
    res.setHeader('ETag', page.etag);
    if (ctx.req.headers['if-none-match'] !== undefined && ctx.fresh) {
      ctx.status = 304;
      return;
    }
  }
  res.setHeader('Content-Type', type);
  ctx.body = await encode(ctx, page);
}

async function encode(ctx: Context, { body, encoded }: Pick<Page, 'body' | 'encoded'>): Promise<Buffer> {
  const wanted = ctx.req.headers['accept-encoding'];
  if (wanted === undefined || body.length < SMALL) return body;
  const encoding = ctx.acceptsEncodings('br', 'gzip', 'identity');
  const compress = compressors[encoding || 'identity'];
  if (!encoding || !compress) return body;
  let compressed = encoded.get(encoding);
  if (!compressed) encoded.set(encoding, (compressed = await compress(body)));
  ctx.res.setHeader('Content-Encoding', encoding);
  return compressed;
}
