import type { Context, Visitor } from './context.ts';

/** The visitor, or a redirect to the sign-in page that remembers where the visitor wanted to go. */
export function signedIn(ctx: Context): Visitor | undefined {
  const { visitor } = ctx.state;
  if (visitor) return visitor;
  const wanted = ctx.method === 'GET' && ctx.path !== '/' ? `?next=${encodeURIComponent(ctx.url)}` : '';
  ctx.redirect(`/signin${wanted}`);
  return undefined;
}
