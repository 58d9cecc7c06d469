import type { Context, Middleware, ServerOptions } from '../context.ts';
import { languageOf } from '../language.ts';
import { scopeOf } from '../scope.ts';
import { sessionToken } from '../session-cookie.ts';

type Options = Pick<ServerOptions, 'sessions' | 'engine' | 'clock'> & { readonly isSecure: boolean };

/** What nobody asked for: the script of a page says so. It leaves the end of the session where it is. */
const isByItself = (ctx: Context) => ctx.req.headers['x-refresh'] !== undefined || ctx.path === '/events';

/** Finds who asks: the session behind the cookie, and for everybody the language. */
export function visitor({ sessions, engine, clock, isSecure }: Options): Middleware {
  return async (ctx, next) => {
    const token = sessionToken(ctx, isSecure);
    const session = token === undefined ? undefined : await sessions.find(token, isByItself(ctx));
    const language = languageOf(ctx, session?.user.language ?? undefined, engine.languages);
    ctx.state.language = language;
    ctx.state.theme = session?.user.theme ?? 'system';
    if (token !== undefined && session) {
      const { user } = session;
      const scope = scopeOf(user, { language, now: clock(), session: session.name });
      ctx.state.visitor = { user, scope, token };
    }
    return next();
  };
}
