import type { Page, Parts } from '../../engine.ts';
import { isStaffLevel } from '../../level.ts';
import { readPreference } from '../../preference.ts';
import type { Context, ServerOptions } from '../context.ts';
import { createExplanation } from '../explain.ts';
import { noticeOf } from '../notice.ts';
import { respond } from '../respond.ts';
import { signedIn } from '../signed-in.ts';
import { canStream, stream } from '../stream.ts';

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

/** `/home`: the page of the visitor's level, in parts when some of it is late. */
export function home({ engine, log }: Pick<ServerOptions, 'engine' | 'log'>) {
  return async (ctx: Context) => {
    const visitor = signedIn(ctx);
    if (!visitor) return;
    if (!engine.hasHome(visitor.scope.level)) ctx.throw(404);
    const { scope, user } = visitor;
    const get = canStream(ctx) ? engine.homeSoon : engine.home;
    const send = (page: Page | Parts) => ('parts' in page ? stream(ctx, page, log) : respond(ctx, page));
    const notice = await noticeOf(ctx, engine);
    const preference = readPreference(user.preference);
    if (!isStaffLevel(scope.level)) return send(await get(scope, { notice, preference }));
    const { onAsked, noteOf, timing } = createExplanation(engine, { level: scope.level, preference });
    const isAsked = new URLSearchParams(ctx.querystring).has('why');
    const page = await get(scope, { notice, preference, onAsked, ...(isAsked && { noteOf }) });
    ctx.set('Server-Timing', timing());
    await send(page);
  };
}

/** `/again/:block`: asks anew for a page, at a block; a link from the page to a place in itself would ask for nothing. */
export function again() {
  return (ctx: Context & { params: { block: string } }) =>
    ctx.redirect(`/home#block-${encodeURIComponent(ctx.params.block)}`);
}

/** `/block/:name`: one block of the home page as a fragment. */
export function block({ engine }: Pick<ServerOptions, 'engine'>) {
  return async (ctx: Context & { params: { name: string } }) => {
    const visitor = signedIn(ctx);
    if (!visitor) return;
    const page = await engine.block(visitor.scope, ctx.params.name, {
      preference: readPreference(visitor.user.preference),
    });
    if (!page) ctx.throw(404);
    await respond(ctx, page);
  };
}
