import type { FormAnswered } from '../../engine.ts';
import { beginSession } from '../begin-session.ts';
import type { Context, ServerOptions } from '../context.ts';
import { noticeOf } from '../notice.ts';
import { ownPath, pageBefore } from '../own-address.ts';
import { respond } from '../respond.ts';
import { signedIn } from '../signed-in.ts';

type FormContext = Context & { params: { func?: string } };

/** `GET /form/:func`: an unknown form, a forbidden one and one about a row of somebody else are the same 404. */
export function form({ engine, log }: Pick<ServerOptions, 'engine' | 'log'>) {
  return async (ctx: FormContext) => {
    const visitor = signedIn(ctx);
    const { func = '' } = ctx.params;
    if (!visitor) return;
    const sent = new URLSearchParams(ctx.querystring);
    const request = { func, sent, back: backOf(ctx, sent) };
    const answered = await engine.form(visitor.scope, request, await noticeOf(ctx, engine));
    await answer(ctx, answered);
    if (!answered || !('opened' in answered) || !isLookedAt(ctx)) return;
    // The page is made: what cannot be marked now is marked the next time.
    await answered.opened?.().catch((error: unknown) => {
      log.error({ requestId: ctx.state.requestId, err: error }, 'a form could not be marked as opened');
    });
  };
}

/** `POST /form/:func`: acts, and leads to where the visitor came from; or shows the form again with what is wrong. */
export function submit(options: ServerOptions & { readonly isSecure: boolean }) {
  const { engine, sessions } = options;
  return async (ctx: FormContext) => {
    const visitor = signedIn(ctx);
    if (!visitor) return;
    const { func = '' } = ctx.params;
    const { body } = ctx.request as { body?: unknown };
    const sent = new URLSearchParams(typeof body === 'string' ? body : '');
    const answered = await engine.submit(visitor.scope, { func, sent, back: backOf(ctx, sent) });
    if (answered && 'to' in answered) {
      // The form may have been about the visitor's own settings.
      sessions.forget(visitor.user.id);
      if (answered.renewsSession) await beginSession(ctx, visitor.user, options);
    }
    await answer(ctx, answered);
  };
}

/** A form holds a key of its own each time it is opened: nobody keeps it. */
async function answer(ctx: Context, answered: FormAnswered | undefined): Promise<void> {
  if (!answered) ctx.throw(404);
  if ('to' in answered) {
    ctx.redirect(answered.to);
    ctx.status = 303;
    return;
  }
  ctx.set('Cache-Control', 'no-store');
  await respond(ctx, answered.page, answered.status);
}

/** Whether the page is for somebody's eyes: it is not when a browser fetches it ahead, or asks for its headers only. */
function isLookedAt(ctx: Context): boolean {
  const purpose = ['Sec-Purpose', 'Purpose', 'X-Moz', 'X-Purpose'].map((name) => ctx.get(name)).join(' ');
  return ctx.method === 'GET' && !/prefetch|prerender|preview/i.test(purpose);
}

/** Where the form leads back to: a page of this site that is no form itself, unless the form before says so. */
function backOf(ctx: Context, sent: URLSearchParams): string {
  const before = pageBefore(ctx);
  const page = before?.startsWith('/form/') ? undefined : before;
  return withoutNotice(ownPath(sent.get('back')) ?? page ?? '/');
}

function withoutNotice(path: string): string {
  const address = new URL(path, 'http://here');
  address.searchParams.delete('done');
  return address.pathname + address.search + address.hash;
}
