import type { Context, ServerOptions } from '../context.ts';
import { respond } from '../respond.ts';
import { signedIn } from '../signed-in.ts';

type FunctionContext = Context & { params: { func: string } };

/** `/list/:func`: a list by pages; its state is in the address. An unknown and a forbidden list are the same 404. */
export function list({ engine }: Pick<ServerOptions, 'engine'>) {
  return async (ctx: FunctionContext) => {
    const visitor = signedIn(ctx);
    if (!visitor) return;
    const page = await engine.list(visitor.scope, ctx.params.func, new URLSearchParams(ctx.querystring));
    if (!page) ctx.throw(404);
    await respond(ctx, page);
  };
}

/** `/form/:func`: forms are described but not yet drawn; the page says so and leads on. */
export function form({ engine }: Pick<ServerOptions, 'engine'>) {
  return async (ctx: FunctionContext) => {
    const visitor = signedIn(ctx);
    if (!visitor) return;
    const description = engine.function(visitor.scope.level, ctx.params.func);
    if (description?.type !== 'form') ctx.throw(404);
    const { language, theme, level } = visitor.scope;
    await respond(ctx, engine.page('form', { language, theme, level }, { func: ctx.params.func }, visitor.scope), 501);
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
