import type { Middleware, ServerOptions } from '../context.ts';

/** Gives each request an id, in the answer as in the log, and logs it when it is answered. Addresses are logged without their query. */
export function requestLog({ log, newId }: Pick<ServerOptions, 'log' | 'newId'>): Middleware {
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
    log.info({ requestId, method, path, status, ms, user: state.visitor?.user.id }, 'request');
  };
}
