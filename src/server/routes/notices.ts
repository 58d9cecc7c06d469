import type { Context, ServerOptions } from '../context.ts';
import { ownPath } from '../own-address.ts';
import { signedIn } from '../signed-in.ts';

/** `POST /notice/:block`: the visitor puts a notice of the home page away. Once more changes nothing. */
export function dismiss({ engine }: Pick<ServerOptions, 'engine'>) {
  return async (ctx: Context & { params: { block?: string } }) => {
    const visitor = signedIn(ctx);
    if (!visitor) return;
    const { notice, version, back } = ctx.request.body as Readonly<Record<string, unknown>>;
    if (typeof notice !== 'string' || typeof version !== 'string') ctx.throw(400);
    if (!(await engine.dismiss(visitor.scope, ctx.params.block ?? '', { notice, version }))) ctx.throw(404);
    ctx.redirect(ownPath(back) ?? '/home');
    ctx.status = 303;
  };
}
