import type { Context, ServerOptions } from '../context.ts';
import { noticeOf } from '../notice.ts';
import { respond } from '../respond.ts';
import { signedIn } from '../signed-in.ts';

type FunctionContext = Context & { params: { func: string } };

/** `/list/:func`: a list by pages; its state is in the address. An unknown and a forbidden list are the same 404. */
export function list({ engine }: Pick<ServerOptions, 'engine'>) {
  return async (ctx: FunctionContext) => {
    const visitor = signedIn(ctx);
    if (!visitor) return;
    const page = await engine.list(
      visitor.scope,
      ctx.params.func,
      new URLSearchParams(ctx.querystring),
      await noticeOf(ctx, engine),
    );
    if (!page) ctx.throw(404);
    await respond(ctx, page);
  };
}

/** `/help`: the documentation, in a window of its own. */
export function help({ engine }: Pick<ServerOptions, 'engine'>) {
  return async (ctx: Context) => {
    const visitor = signedIn(ctx);
    if (!visitor) return;
    const { language, theme, level } = visitor.scope;
    await respond(ctx, engine.page('help', { language, theme, level }, {}, visitor.scope));
  };
}
