import type { ControlValues } from '../../control.ts';
import { defineForm, type FormCall, type FormPreparation, type Prepared, type Refused } from '../../form.ts';
import { hashPassword, verifyPassword } from '../../password.ts';
import { THEMES } from '../../provider.ts';
import { zoneOptions } from './zones.ts';

/** The language of who has not chosen one. */
const BROWSER = 'browser';
/** As the foot of a list offers them. */
const ROWS = [10, 25, 50, 100];
const USUAL_ROWS = 25;

/** The settings of whoever is signed in. They are in force on the next page. */
export const usrparam = defineForm({
  name: 'usrparam',
  async open(_scope, call) {
    const { words, panel, now } = call;
    const user = await userOf(call);
    const languages = [{ key: BROWSER, text: words.text('language_browser') }, ...panel.languages];
    const known = (options: readonly { key: string }[], key: string | null) =>
      options.some((option) => option.key === key) ? key : options[0]?.key;
    return {
      values: {
        language: known(languages, user.language),
        zone: user.zone,
        theme: user.theme,
        email: user.email,
        rows: String(user.rows ?? USUAL_ROWS),
        start: known(panel.starts, user.start),
        login: user.login,
      },
      options: {
        language: languages,
        zone: zoneOptions(user.zone, words, now),
        theme: THEMES.map((key) => ({ key })),
        rows: ROWS.map((count) => ({ key: String(count), text: words.number(count) })),
        start: panel.starts,
      },
      version: user.version,
    };
  },

  async prepare(_scope, call) {
    return isPasswordWanted(call.values) ? newPassword(call) : { prepared: {} };
  },

  async submit(scope, { values, prepared, trx }) {
    const { language, zone, theme, email, rows, start } = values;
    const { before, password } = prepared;
    const change = {
      ...{ zone, theme, email, start, rows: Number(rows) },
      language: language === BROWSER ? null : language,
      ...(password !== undefined && { password }),
    };
    const own = trx('user').where({ id: scope.user, ...(before !== undefined && { password: before }) });
    // The password that was checked is no longer the one that is stored.
    if ((await own.update(change).increment('version', 1)) === 0) return { refused: { current: 'wrong' } };
    if (password === undefined) return { done: 'done' };
    await trx('session').where({ user_id: scope.user }).whereRaw('substr(id, 1, 12) <> ?', [scope.session]).delete();
    return { done: 'done_password', renewsSession: true };
  },
});

interface User {
  readonly login: string;
  readonly password: string;
  readonly email: string;
  readonly language: string | null;
  readonly zone: string;
  readonly theme: string;
  readonly rows: number | null;
  readonly start: string | null;
  readonly version: number;
}

async function userOf({ read }: FormCall): Promise<User> {
  const [row] = await read(
    `select login, password, email, language, zone, theme, "rows", start, version from "user" where id = :user`,
  );
  return row as unknown as User;
}

/** A browser may fill in the current password by itself. */
const isPasswordWanted = ({ password, repeat }: ControlValues) => Boolean(password ?? repeat);

/** The hash of the new password beside that of the current one, when all three were typed as they should be. */
async function newPassword(call: FormPreparation): Promise<Prepared | Refused> {
  const { current, password, repeat } = call.values;
  if (!current) return { refused: { current: 'current_missing' } };
  if (typeof password !== 'string') return { refused: { password: 'password_missing' } };
  if (password !== repeat) return { refused: { repeat: 'repeat_differs' } };
  const user = await userOf(call);
  if (password.toLowerCase().trim() === user.login) return { refused: { password: 'password_login' } };
  const wait = await call.countTry();
  if (wait !== undefined) return { refused: { current: { key: 'wait', values: { count: wait } } } };
  if (!(await verifyPassword(user.password, String(current)))) return { refused: { current: 'wrong' } };
  await call.forgiveTries();
  if (password === current) return { refused: { password: 'password_same' } };
  return { prepared: { before: user.password, password: await hashPassword(password) } };
}
