import type { Middleware, ServerOptions } from '../context.ts';
import { languageOf } from '../language.ts';
import { scopeOf } from '../scope.ts';
import { sessionToken } from '../session-cookie.ts';

type Options = Pick<ServerOptions, 'sessions' | 'engine' | 'clock'> & { readonly isSecure: boolean };

/** Finds who asks: the session behind the cookie, and for everybody the language. */
export function visitor({ sessions, engine, clock, isSecure }: Options): Middleware {
  return async (ctx, next) => {
    const token = sessionToken(ctx, isSecure);
    const session = token === undefined ? undefined : await sessions.find(token);
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
