import type { Context } from './context.ts';

/** A secure cookie is bound to the host by its name; on loopback there is no https, and so no such name. */
const nameOf = (isSecure: boolean) => (isSecure ? '__Host-lintel' : 'lintel');

export function sessionToken(ctx: Context, isSecure: boolean): string | undefined {
  return ctx.cookies.get(nameOf(isSecure));
}

/** Sets the session's token, or with null removes it: for this site only, and no script reads it. */
export function setSessionCookie(ctx: Context, token: string | null, isSecure: boolean): void {
  const options = { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/', overwrite: true } as const;
  ctx.cookies.secure = isSecure; // behind a proxy the connection itself is plain
  ctx.cookies.set(nameOf(isSecure), token, options);
}
