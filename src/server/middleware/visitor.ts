import type { Middleware, ServerOptions } from '../context.ts';
import { languageOf } from '../language.ts';
import { SESSION_COOKIE } from '../session-cookie.ts';

/** Finds who asks: the session behind the cookie, and for everybody the language. */
export function visitor({ sessions, engine, clock }: Pick<ServerOptions, 'sessions' | 'engine' | 'clock'>): Middleware {
  return async (ctx, next) => {
    const token = ctx.cookies.get(SESSION_COOKIE);
    const user = token === undefined ? undefined : await sessions.find(token);
    const language = languageOf(ctx, user?.language ?? undefined, engine.languages);
    ctx.state.language = language;
    ctx.state.theme = user?.theme ?? 'system';
    if (token !== undefined && user) {
      const { id, name, login, level, customer, zone, theme } = user;
      const scope = { customer, user: id, name, login, level, language, zone, theme, now: clock() };
      ctx.state.visitor = { user, scope, token };
    }
    return next();
  };
}
