import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Database, Value } from '../database.ts';
import { verifyPassword } from '../password.ts';

/** Who signs in. `customer` is null for staff, `language` where the browser decides. */
export interface User {
  readonly id: number;
  readonly login: string;
  readonly name: string;
  readonly level: number;
  readonly customer: number | null;
  readonly language: string | null;
  readonly zone: string;
  readonly theme: 'system' | 'light' | 'dark';
  /** Rows on a page of a list; null where the user never chose. */
  readonly rows: number | null;
  /** The page to begin with: `home` or a list. */
  readonly start: string | null;
  /** What the user changed about the own home page, as it is stored. */
  readonly preference: string | null;
}

/** Finds the user of a login and a password; who is not known takes as long as who is. */
export interface Identity {
  check(login: string, password: string): Promise<User | undefined>;
}

export interface Users extends Identity {
  byId(id: number): Promise<User | undefined>;
  byLogin(login: string): Promise<User | undefined>;
  /** A mark of a text that the store can know again, until the user's password changes. */
  mark(login: string, text: string): Promise<string>;
  isMark(login: string, text: string, mark: string): Promise<boolean>;
  update(id: number, change: Partial<Pick<User, 'language' | 'theme' | 'zone' | 'rows'>>): Promise<void>;
}

/** The columns of a user in the order of the fields above. */
export const userColumns = [
  'id',
  'login',
  'name',
  'level',
  'customer_id',
  'language',
  'zone',
  'theme',
  'rows',
  'start',
  'preference',
] as const;

/** A login as it is kept: a capital or a space that a phone adds is forgiven. */
export function plainLogin(login: string): string {
  return login.trim().toLowerCase();
}

/** Users of the store. */
export function createUsers(db: Database): Users {
  const find = async (column: 'id' | 'login', value: number | string) =>
    db
      .knex('user')
      .first('password', ...userColumns)
      .where(column, value);
  const byLogin = async (login: string) => {
    const plain = plainLogin(login);
    return plain.includes('\0') ? undefined : find('login', plain);
  };
  return {
    async check(login, password) {
      const row = await byLogin(login);
      return (await verifyPassword(row?.password, password)) ? userOf(row) : undefined;
    },
    byId: async (id) => userOf(await find('id', id)),
    byLogin: async (login) => userOf(await byLogin(login)),
    async mark(login, text) {
      return markOf(await byLogin(login), text);
    },
    async isMark(login, text, mark) {
      const row = await byLogin(login);
      const [right, given] = [markOf(row, text), mark].map((one) => Buffer.from(one)) as [Buffer, Buffer];
      return row !== undefined && right.length === given.length && timingSafeEqual(right, given);
    },
    async update(id, { language, theme, zone, rows }) {
      const change = Object.entries({ language, theme, zone, rows }).filter(([, value]) => value !== undefined);
      if (change.length === 0) return;
      await db.knex('user').where({ id }).update(Object.fromEntries(change)).increment('version', 1);
    },
  };
}

/** The stored hash is a key that nobody has and that changes with the password. */
function markOf(row: { id: number; password: string } | undefined, text: string): string {
  return createHmac('sha256', row?.password ?? '')
    .update(`${row?.id} ${text}`)
    .digest('base64url');
}

type UserRow = Readonly<Record<(typeof userColumns)[number], Value>>;

function userOf(row: UserRow | undefined): User | undefined {
  return row && userFrom(userColumns.map((name) => row[name]));
}

/** A user from values in the order of `userColumns`. */
export function userFrom(values: readonly (Value | undefined)[]): User {
  const [id, login, name, level, customer, language, zone, theme, rows, start, preference] = values;
  return { id, login, name, level, customer, language, zone, theme, rows, start, preference } as User;
}
