import type { Middleware, ServerOptions } from '../context.ts';

/** Gives each request an id, in the answer as in the log, and logs it when it is answered. Addresses are logged without their query. */
export function requestLog({ log, newId, metrics }: Pick<ServerOptions, 'log' | 'newId' | 'metrics'>): Middleware {
  return async (ctx, next) => {
    const started = performance.now();
    const requestId = newId();
    ctx.state.requestId = requestId;
    ctx.state.language = 'en';
    ctx.state.theme = 'system';
    ctx.set('X-Request-Id', requestId);
    await next();
    const { method, path, status, state } = ctx;
    const ms = Math.round((performance.now() - started) * 10) / 10;
    metrics?.answered(String(ctx._matchedRoute ?? 'none'), status, (performance.now() - started) / 1000);
    log.info({ requestId, method, path, status, ms, user: state.visitor?.user.id }, 'request');
  };
}
