import type { Context, Visitor } from './context.ts';
import { pageBefore } from './own-address.ts';

/** The visitor, or a redirect to the sign-in page that remembers where the visitor was or wanted to go. */
export function signedIn(ctx: Context): Visitor | undefined {
  const { visitor } = ctx.state;
  if (visitor) return visitor;
  const isRead = ctx.method === 'GET' || ctx.method === 'HEAD';
  const wanted = isRead && isPage(ctx) ? ctx.url : pageBefore(ctx);
  ctx.redirect(wanted === undefined || wanted === '/' ? '/signin' : `/signin?next=${encodeURIComponent(wanted)}`);
  if (!isRead) ctx.status = 303;
  return undefined;
}

/** What a script fetches is a part of a page, and no place to return to. */
function isPage(ctx: Context): boolean {
  return ['', 'document'].includes(ctx.get('Sec-Fetch-Dest'));
}
