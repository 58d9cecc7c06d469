import type { Asset } from '../../assets.ts';
import type { Context, ServerOptions } from '../context.ts';
import { respond } from '../respond.ts';

/** `/assets/:file`: names change with their bytes, so a browser may keep them for good. */
export function assets({ engine }: Pick<ServerOptions, 'engine'>) {
  const encodings = new WeakMap<Asset, Map<string, Buffer>>();
  return async (ctx: Context) => {
    const asset = engine.asset(ctx.path);
    if (!asset) ctx.throw(404);
    let encoded = encodings.get(asset);
    if (!encoded) encodings.set(asset, (encoded = new Map()));
    ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
    await respond(ctx, { body: Buffer.from(asset.bytes), etag: `W/"${asset.address}"`, encoded }, 200, asset.type);
  };
}
