import { ROWS } from '../../pipeline/list-page.ts';
import { THEMES } from '../../provider.ts';
import type { Context, ServerOptions } from '../context.ts';
import { ownPath, pageBefore } from '../own-address.ts';
import { signedIn } from '../signed-in.ts';

/** `POST /settings`: language and theme from the menu on every page, rows from the foot of a list; effective on the next page. */
export function settings({ engine, users, sessions }: Pick<ServerOptions, 'engine' | 'users' | 'sessions'>) {
  return async (ctx: Context) => {
    const visitor = signedIn(ctx);
    if (!visitor) return;
    const { language, theme, rows, back } = ctx.request.body as Readonly<Record<string, unknown>>;
    const change = {
      ...(engine.languages.includes(String(language)) && { language: String(language) }),
      ...(ROWS.find((size) => String(size) === rows) && { rows: Number(rows) }),
      ...(THEMES.find((name) => name === theme) && { theme: THEMES.find((name) => name === theme) }),
    };
    if (Object.keys(change).length === 0) ctx.throw(400);
    await users.update(visitor.user.id, change);
    sessions.forget(visitor.user.id);
    ctx.redirect(ownPath(back) ?? pageBefore(ctx) ?? '/');
    ctx.status = 303;
  };
}
