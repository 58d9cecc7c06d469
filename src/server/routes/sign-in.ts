import { safeLink } from '../../link.ts';
import type { Context, ServerOptions } from '../context.ts';
import { respond } from '../respond.ts';
import { setSessionCookie } from '../session-cookie.ts';

type Options = Pick<ServerOptions, 'engine' | 'users' | 'sessions' | 'isDemo' | 'log'> & { readonly isSecure: boolean };

interface Fields {
  readonly login?: unknown;
  readonly password?: unknown;
  readonly next?: unknown;
}

/** `GET /signin`. */
export function signInPage(options: Options) {
  return async (ctx: Context) => {
    if (ctx.state.visitor) return ctx.redirect('/');
    await show(ctx, options, { login: '', next: pathOf(ctx.query.next), isRefused: false }, 200);
  };
}

/** `POST /signin`: a new session on success; the same words whether the name or the password was wrong. */
export function signIn(options: Options) {
  return async (ctx: Context) => {
    const { login, password, next } = ctx.request.body as Fields;
    const user = isText(login) && isText(password) ? await options.users.check(login, password) : undefined;
    if (!user) {
      options.log.warn({ requestId: ctx.state.requestId, address: ctx.ip }, 'sign-in refused');
      return show(ctx, options, { login: isText(login) ? login : '', next: pathOf(next), isRefused: true }, 422);
    }
    if (ctx.state.visitor) await options.sessions.close(ctx.state.visitor.token);
    const token = await options.sessions.open(user, { address: ctx.ip, agent: ctx.get('User-Agent').slice(0, 200) });
    setSessionCookie(ctx, token, options.isSecure);
    ctx.redirect(pathOf(next) ?? '/');
    ctx.status = 303;
  };
}

/** `POST /signout`. */
export function signOut(options: Options) {
  return async (ctx: Context) => {
    if (ctx.state.visitor) await options.sessions.close(ctx.state.visitor.token);
    setSessionCookie(ctx, null, options.isSecure);
    ctx.set('Clear-Site-Data', '"cache"');
    ctx.redirect('/signin');
    ctx.status = 303;
  };
}

interface SignInData {
  readonly login: string;
  readonly next: string | undefined;
  readonly isRefused: boolean;
}

function show(ctx: Context, { engine, isDemo }: Options, data: SignInData, status: number) {
  const { language, theme } = ctx.state;
  ctx.set('Cache-Control', 'no-store');
  const next = data.next ?? '';
  return respond(ctx, engine.page('signin', { language, theme, level: undefined }, { ...data, next, isDemo }), status);
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 1000;

/** A path of this site to go on to, without the sign-in page itself. */
function pathOf(value: unknown): string | undefined {
  const link = typeof value === 'string' && value.startsWith('/') ? safeLink(value) : undefined;
  return link?.startsWith('/') && !link.startsWith('/signin') ? link : undefined;
}
