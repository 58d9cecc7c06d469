import { Readable } from 'node:stream';
import type { CsvFile } from '../../engine.ts';
import type { Context, ServerOptions } from '../context.ts';
import { noticeOf } from '../notice.ts';
import { respond } from '../respond.ts';
import { signedIn } from '../signed-in.ts';

type FunctionContext = Context & { params: { func: string } };

/**
 * `/list/:func`: a list by pages; its state is in the address, and with `out=csv` all its rows go into a file. An unknown
 * and a forbidden list are the same 404.
 */
export function list({ engine }: Pick<ServerOptions, 'engine'>) {
  return async (ctx: FunctionContext) => {
    const visitor = signedIn(ctx);
    if (!visitor) return;
    const { scope } = visitor;
    const params = new URLSearchParams(ctx.querystring);
    if (params.get('out') === 'csv') return sendCsv(ctx, await engine.csv(scope, ctx.params.func, params));
    const page = await engine.list(scope, ctx.params.func, params, await noticeOf(ctx, engine));
    if (!page) ctx.throw(404);
    await respond(ctx, page);
  };
}

/** `/report/:func`: a report; what the visitor chose is in the address, and with `out=csv` the rows of one band go into a file. */
export function report({ engine }: Pick<ServerOptions, 'engine'>) {
  return async (ctx: FunctionContext) => {
    const visitor = signedIn(ctx);
    if (!visitor) return;
    const { scope } = visitor;
    const params = new URLSearchParams(ctx.querystring);
    if (params.get('out') === 'csv') return sendCsv(ctx, await engine.reportCsv(scope, ctx.params.func, params));
    const page = await engine.report(scope, ctx.params.func, params);
    if (!page) ctx.throw(404);
    await respond(ctx, page);
  };
}

/** Row by row, as the visitor takes them; a failure on the way breaks the download off. */
function sendCsv(ctx: Context, file: CsvFile | undefined) {
  if (!file) ctx.throw(404);
  ctx.set('Content-Disposition', `attachment; filename="${file.name}"`);
  ctx.set('Cache-Control', 'private, no-store');
  ctx.type = 'text/csv; charset=utf-8';
  ctx.body = Readable.from(file.chunks);
}

/** `/help`: the guide, in a window of its own. */
export function help({ engine }: Pick<ServerOptions, 'engine'>) {
  return async (ctx: Context) => {
    const visitor = signedIn(ctx);
    if (!visitor) return;
    await respond(ctx, engine.help(visitor.scope));
  };
}
