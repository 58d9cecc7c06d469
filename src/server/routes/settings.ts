import { THEMES } from '../../provider.ts';
import type { Context, ServerOptions } from '../context.ts';
import { pageBefore } from '../own-address.ts';
import { signedIn } from '../signed-in.ts';

/** `POST /settings`: language and theme, from the menu on every page; effective on the next page. */
export function settings({ engine, users, sessions }: Pick<ServerOptions, 'engine' | 'users' | 'sessions'>) {
  return async (ctx: Context) => {
    const visitor = signedIn(ctx);
    if (!visitor) return;
    const { language, theme } = ctx.request.body as { language?: unknown; theme?: unknown };
    const change = {
      ...(engine.languages.includes(String(language)) && { language: String(language) }),
      ...(THEMES.find((name) => name === theme) && { theme: THEMES.find((name) => name === theme) }),
    };
    if (Object.keys(change).length === 0) ctx.throw(400);
    await users.update(visitor.user.id, change);
    sessions.forget(visitor.user.id);
    ctx.redirect(pageBefore(ctx) ?? '/');
    ctx.status = 303;
  };
}
