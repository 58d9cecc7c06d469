import type { Database, Value } from '../database.ts';

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
}

/** Finds the user of a login and a password; who is not known takes as long as who is. */
export interface Identity {
  check(login: string, password: string): Promise<User | undefined>;
}

export interface Users extends Identity {
  byId(id: number): Promise<User | undefined>;
  byLogin(login: string): Promise<User | undefined>;
  update(id: number, change: Partial<Pick<User, 'language' | 'theme' | 'zone'>>): Promise<void>;
}

/** The columns of a user in the order of the fields above. */
export const userColumns = ['id', 'login', 'name', 'level', 'customer_id', 'language', 'zone', 'theme'] as const;

/** argon2id of nothing anybody knows, made like the stored ones, for logins that do not exist. */
const nobody = '$argon2id$v=19$m=19456,t=2,p=1$vNf0yGFtQ6sqp93cl3bcgg$cYnwItOqbixOBTa9WHRh2UAz4FntuNR2Z1gLQ6+k5x4';

/** Users of the store. Logins are kept in lower case, and a capital or a space that a phone adds is forgiven. */
export function createUsers(db: Database): Users {
  const find = async (column: 'id' | 'login', value: number | string) =>
    db
      .knex('user')
      .first('password', ...userColumns)
      .where(column, value);
  const byLogin = async (login: string) => {
    const plain = login.trim().toLowerCase();
    return plain.includes('\0') ? undefined : find('login', plain);
  };
  return {
    async check(login, password) {
      const [row, { verify }] = await Promise.all([byLogin(login), import('@node-rs/argon2')]);
      const isRight = await verify(row?.password ?? nobody, password);
      return row && isRight ? userOf(row) : undefined;
    },
    byId: async (id) => userOf(await find('id', id)),
    byLogin: async (login) => userOf(await byLogin(login)),
    async update(id, { language, theme, zone }) {
      const change = Object.entries({ language, theme, zone }).filter(([, value]) => value !== undefined);
      if (change.length > 0) await db.knex('user').where({ id }).update(Object.fromEntries(change));
    },
  };
}

type UserRow = Readonly<Record<(typeof userColumns)[number], Value>>;

function userOf(row: UserRow | undefined): User | undefined {
  return row && userFrom(userColumns.map((name) => row[name]));
}

/** A user from values in the order of `userColumns`. */
export function userFrom([id, login, name, level, customer, language, zone, theme]: readonly (
  | Value
  | undefined
)[]): User {
  return { id, login, name, level, customer, language, zone, theme } as User;
}
