import type { Middleware, ServerOptions } from '../context.ts';
import { respond } from '../respond.ts';

/** What went wrong is in the log under an id; the visitor sees the id and a page that says what to do. */
export function errors({ engine, log, newId }: Pick<ServerOptions, 'engine' | 'log' | 'newId'>): Middleware {
  return async (ctx, next) => {
    try {
      await next();
      if (ctx.status < 400 || ctx.body) return;
    } catch (error) {
      ctx.status = statusOf(error);
      if (ctx.status >= 500) {
        ctx.state.incident = newId();
        log.error({ requestId: ctx.state.requestId, incident: ctx.state.incident, err: error }, 'request failed');
      }
    }
    const { status, state } = ctx;
    const audience = { language: state.language, theme: state.theme, level: state.visitor?.scope.level };
    const data = {
      status,
      incident: state.incident ?? state.requestId,
      known: KNOWN.has(status) ? status : status < 500 ? 400 : 500,
    };
    await respond(ctx, engine.page('error', audience, data, state.visitor?.scope), status);
  };
}

/** Statuses with words of their own. */
const KNOWN = new Set([400, 403, 404, 405, 413, 421, 429, 500, 503]);

function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 600 ? status : 500;
}
