import type { Context, ServerOptions } from '../context.ts';

/** `/livez`: the process answers. */
export function live() {
  return (ctx: Context) => {
    ctx.body = { status: 'ok' };
  };
}

/** `/readyz`: send visitors here. Content errors do not make it unready, for the revision before is served; they are counted. */
export function ready(
  { engine, checkDatabase }: Pick<ServerOptions, 'engine' | 'checkDatabase'>,
  isStopping: () => boolean,
) {
  return async (ctx: Context) => {
    const isDatabaseReady = await checkDatabase().then(
      () => true,
      () => false,
    );
    const { revision, problems } = engine.health;
    const isReady = isDatabaseReady && !isStopping();
    ctx.status = isReady ? 200 : 503;
    ctx.body = {
      status: isReady ? 'ok' : isStopping() ? 'stopping' : 'database',
      revision,
      errors: problems.filter(({ severity }) => severity === 'error').length,
    };
  };
}
