import type { User, Users } from '../store/index.ts';
import type { Context } from './context.ts';

interface Options {
  readonly users: Pick<Users, 'mark' | 'isMark'>;
  readonly isSecure: boolean;
  readonly newId: () => string;
}

/** Half a year. */
const LIFE = 180 * 24 * 60 * 60 * 1000;

const nameOf = (isSecure: boolean) => (isSecure ? '__Secure-lintel-known' : 'lintel-known');

/** The name under which this browser signed in to the account before, while the account's password is the same. */
export async function knownBrowser(ctx: Context, login: string, { users, isSecure }: Options) {
  const [id = '', mark = ''] = (ctx.cookies.get(nameOf(isSecure)) ?? '').split('.');
  return id !== '' && (await users.isMark(login, id, mark)) ? id : undefined;
}

/** Lets the browser be known at its next sign-in to this account. The cookie opens nothing; only the sign-in page gets it. */
export async function rememberBrowser(ctx: Context, user: User, { users, isSecure, newId }: Options): Promise<void> {
  const id = newId();
  const value = `${id}.${await users.mark(user.login, id)}`;
  const options = { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/signin', maxAge: LIFE } as const;
  ctx.cookies.set(nameOf(isSecure), value, options);
}
