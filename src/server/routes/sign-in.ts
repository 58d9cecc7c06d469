import { ownerOf } from '../../keep.ts';
import { arePasswordsBusy, PasswordsBusy } from '../../password.ts';
import { plainLogin } from '../../store/index.ts';
import { addressOf, networkOf } from '../address.ts';
import { type Attempt, createAttempts } from '../attempts.ts';
import { beginSession } from '../begin-session.ts';
import type { Context, ServerOptions } from '../context.ts';
import { knownBrowser } from '../known-browser.ts';
import { ownPath } from '../own-address.ts';
import { respond } from '../respond.ts';
import { setSessionCookie } from '../session-cookie.ts';

type Options = ServerOptions & { readonly isSecure: boolean };

interface Fields {
  readonly login?: unknown;
  readonly password?: unknown;
  readonly next?: unknown;
}

/** `GET /signin`. */
export function signInPage(options: Options) {
  return async (ctx: Context) => {
    if (ctx.state.visitor) return ctx.redirect(ownPath(ctx.query.next) ?? '/');
    await show(ctx, options, { next: ctx.query.next });
  };
}

/** Seconds after which to try again when many sign in at once. */
const BUSY = 5;

/** `POST /signin`: a new session on success; the same words in the same time whether the name or the password was wrong. */
export function signIn(options: Options) {
  const { users, log } = options;
  const attempts = createAttempts();
  return async (ctx: Context) => {
    const { login, password, next } = ctx.request.body as Fields;
    if (!isText(login) || !isText(password)) return show(ctx, options, { login, next, isRefused: true });
    const about = { requestId: ctx.state.requestId, address: addressOf(ctx, options.proxies) };
    const attempt: Attempt = {
      login: plainLogin(login),
      network: networkOf(about.address),
      browser: await knownBrowser(ctx, login, options),
    };
    const putOff = (wait: number) => {
      log.warn({ ...about, wait }, 'sign-in put off');
      return show(ctx, options, { login, next, wait });
    };
    if (arePasswordsBusy()) return putOff(BUSY);
    const wait = await attempts.count(attempt);
    if (wait !== undefined) return putOff(wait);
    const user = await users.check(login, password).catch(orBusy);
    if (user === 'busy') return putOff(BUSY);
    if (!user) {
      log.warn(about, 'sign-in refused');
      return show(ctx, options, { login, next, isRefused: true });
    }
    await attempts.forgive(attempt);
    await beginSession(ctx, user, options);
    ctx.redirect(ownPath(next) ?? '/');
    ctx.status = 303;
  };
}

function orBusy(error: unknown): 'busy' {
  if (error instanceof PasswordsBusy) return 'busy';
  throw error;
}

/** `POST /signout`: ends the session, or with `everywhere` each of the user's. */
export function signOut({ engine, sessions, isSecure }: Pick<Options, 'engine' | 'sessions' | 'isSecure'>) {
  return async (ctx: Context) => {
    const { visitor } = ctx.state;
    const { everywhere } = ctx.request.body as { everywhere?: unknown };
    if (visitor) await (everywhere === undefined ? sessions.close(visitor.token) : sessions.closeAll(visitor.user.id));
    // Pages that are still open learn of it, and show nothing more.
    if (visitor) engine.changed(ownerOf(visitor.scope));
    setSessionCookie(ctx, null, isSecure);
    ctx.set('Clear-Site-Data', '"cache"');
    ctx.redirect('/signin');
    ctx.status = 303;
  };
}

/** What was typed, and what came of it. */
interface Shown {
  readonly login?: unknown;
  readonly next?: unknown;
  readonly isRefused?: boolean;
  /** Seconds. */
  readonly wait?: number;
}

function show(ctx: Context, { engine, isDemo }: Options, { login, next, isRefused = false, wait }: Shown) {
  const { language, theme } = ctx.state;
  ctx.set('Cache-Control', 'no-store');
  if (wait !== undefined) ctx.set('Retry-After', String(wait));
  const data = {
    login: isText(login) ? login : '',
    next: ownPath(next) ?? '',
    isRefused,
    minutes: wait === undefined ? 0 : Math.ceil(wait / 60),
    isDemo,
  };
  const status = wait === undefined ? (isRefused ? 422 : 200) : 429;
  return respond(ctx, engine.page('signin', { language, theme, level: undefined }, data), status);
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 1000;
