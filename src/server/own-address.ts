import { safeLink } from '../link.ts';
import type { Context } from './context.ts';

/** A path of this site to send a visitor on to, however it is written; not the sign-in page itself. */
export function ownPath(value: unknown): string | undefined {
  const link = typeof value === 'string' && value.startsWith('/') ? safeLink(value) : undefined;
  return link?.startsWith('/') && !/^\/signin(?![^/?#])/.test(link) ? link : undefined;
}

/** The page of ours from which the request came, as its Referer says. */
export function pageBefore(ctx: Context): string | undefined {
  const referrer = ctx.get('Referer');
  if (!URL.canParse(referrer)) return undefined;
  const { host, pathname, search } = new URL(referrer);
  return host === ctx.req.headers.host ? ownPath(pathname + search) : undefined;
}
