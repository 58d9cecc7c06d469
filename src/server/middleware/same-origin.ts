import { isLoopback } from '../../configuration.ts';
import type { Context, Middleware } from '../context.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Only our own host name is answered (421 otherwise), and a write only when it comes from our own pages: browsers say so
 * in Sec-Fetch-Site, older ones in Origin. Source: promises.md, section 3.
 */
export function sameOrigin({ origin }: { origin: string | undefined }): Middleware {
  const ours = origin === undefined ? undefined : new URL(origin).host;
  return (ctx, next) => {
    const { host = '' } = ctx.req.headers;
    const isOurs = ours === undefined ? isLoopback(host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')) : host === ours;
    if (!isOurs && !HEALTH.has(ctx.path)) ctx.throw(421);
    if (!SAFE.has(ctx.method) && !isFromOurPages(ctx, origin) && !NOTIFICATION.test(ctx.path)) ctx.throw(403);
    return next();
  };
}

/** Probes come by address, not by name. */
const HEALTH = new Set(['/livez', '/readyz']);

/** These come from other servers, without a session, and are believed by their signature alone. */
const NOTIFICATION = /^\/payment\/notify\/[^/]+$/;

function isFromOurPages(ctx: Context, origin: string | undefined): boolean {
  const site = ctx.get('Sec-Fetch-Site');
  // `none` is what a visitor types or opens from a bookmark: never a write.
  if (site !== '') return site === 'same-origin';
  return ctx.get('Origin') === (origin ?? `http://${ctx.req.headers.host}`);
}
