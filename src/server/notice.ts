import type { Engine } from '../engine.ts';
import type { Context } from './context.ts';

/** What the address says that became of a form: `?done=KEY`. */
export async function noticeOf(ctx: Context, engine: Engine): Promise<string | undefined> {
  const { visitor } = ctx.state;
  if (!visitor || !ctx.querystring.includes('done=')) return undefined;
  const key = new URLSearchParams(ctx.querystring).get('done');
  return key === null ? undefined : engine.told(visitor.scope, key);
}
