import type { Context } from './context.ts';

export const SESSION_COOKIE = 'lintel';

/** The session's token, for this site only: no script reads it, no other site sends it. */
export function setSessionCookie(ctx: Context, token: string | null, { isSecure }: { isSecure: boolean }): void {
  ctx.cookies.set(SESSION_COOKIE, token, {
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure,
    path: '/',
    overwrite: true,
  });
}
