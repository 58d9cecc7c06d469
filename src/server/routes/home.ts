import { isStaffLevel } from '../../level.ts';
import type { Context, ServerOptions } from '../context.ts';
import { createExplanation } from '../explain.ts';
import { noticeOf } from '../notice.ts';
import { respond } from '../respond.ts';
import { signedIn } from '../signed-in.ts';

/** `/`: where a visitor begins; what a form has to tell goes along. */
export function start({ engine }: Pick<ServerOptions, 'engine'>) {
  return (ctx: Context) => {
    const visitor = signedIn(ctx);
    if (!visitor) return;
    const done = new URLSearchParams(ctx.querystring).get('done');
    const address = engine.startOf(visitor.scope.level, visitor.user.start);
    ctx.redirect(done === null ? address : `${address}?done=${encodeURIComponent(done)}`);
  };
}

/** `/home`: the page of the visitor's level. */
export function home({ engine }: Pick<ServerOptions, 'engine'>) {
  return async (ctx: Context) => {
    const visitor = signedIn(ctx);
    if (!visitor) return;
    if (!engine.hasHome(visitor.scope.level)) ctx.throw(404);
    const notice = await noticeOf(ctx, engine);
    const { scope } = visitor;
    if (!isStaffLevel(scope.level)) return respond(ctx, await engine.home(scope, { notice }));
    const { onAsked, noteOf, timing } = createExplanation(engine, scope.level);
    const isAsked = new URLSearchParams(ctx.querystring).has('why');
    const page = await engine.home(scope, { notice, onAsked, ...(isAsked && { noteOf }) });
    ctx.set('Server-Timing', timing());
    await respond(ctx, page);
  };
}

/** `/block/:name`: one block of the home page as a fragment. */
export function block({ engine }: Pick<ServerOptions, 'engine'>) {
  return async (ctx: Context & { params: { name: string } }) => {
    const visitor = signedIn(ctx);
    if (!visitor) return;
    const page = await engine.block(visitor.scope, ctx.params.name);
    if (!page) ctx.throw(404);
    await respond(ctx, page);
  };
}
