import type { User } from '../store/index.ts';
import { addressOf } from './address.ts';
import type { Context, ServerOptions } from './context.ts';
import { rememberBrowser } from './known-browser.ts';
import { setSessionCookie } from './session-cookie.ts';

type Options = Pick<ServerOptions, 'sessions' | 'users' | 'proxies' | 'newId'> & { readonly isSecure: boolean };

/** A session that the browser did not have before: what it had is of no use to who knew it. */
export async function beginSession(ctx: Context, user: User, options: Options): Promise<void> {
  const { sessions, isSecure, proxies } = options;
  if (ctx.state.visitor) await sessions.close(ctx.state.visitor.token);
  const from = { address: addressOf(ctx, proxies), agent: ctx.get('User-Agent').slice(0, 200) };
  setSessionCookie(ctx, await sessions.open(user, from), isSecure);
  await rememberBrowser(ctx, user, options);
}
