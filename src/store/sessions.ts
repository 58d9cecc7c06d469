import { hash } from 'node:crypto';
import type { Database, Prepared } from '../database.ts';
import { momentOf } from '../moments.ts';
import { type User, userColumns, userFrom } from './users.ts';

export interface SessionOptions {
  readonly clock: () => Date;
  readonly random: (bytes: number) => Buffer;
  /** Hours without a request after which a session ends; 12. */
  readonly idleHours?: number;
  /** Days after which it ends in any case; 14. */
  readonly absoluteDays?: number;
  /** Seconds for which `find` may answer from memory, and not see what another process closed or changed; 0. */
  readonly keepSeconds?: number;
}

/** Somebody's session. */
export interface Session {
  readonly user: User;
  /** Its name among those of its user, as lists show it: enough to tell them apart, and of no use to anybody. */
  readonly name: string;
}

/** Sessions of the store: a token that only the browser has, and a row that is found by its hash. */
export interface Sessions {
  /** Gives a new token of 256 bits, base64url. */
  open(user: User, from: { readonly address: string; readonly agent: string }): Promise<string>;
  /**
   * A session that has not ended: one read, and at most once a minute a write that nobody waits for. What a page asks by
   * itself moves its end not on.
   */
  find(token: string, isByItself?: boolean): Promise<Session | undefined>;
  /** Whether a session has not ended, nowhere. */
  isOpen(token: string): Promise<boolean>;
  close(token: string): Promise<void>;
  closeAll(user: number): Promise<void>;
  /** Closes all of the user's sessions but the one of that name. */
  closeOthers(user: number, name: string): Promise<void>;
  /** Lets the next `find` read a user anew who was changed. */
  forget(user: number): void;
  /** The read of `find`, to be measured; it takes `id` and `now`. */
  readonly findStatement: Prepared;
}

/** Characters of a session's id that may be shown. */
const SHOWN = 12;
const minute = 60_000;
const hour = 60 * minute;
const fields = [...userColumns, 'created', 'seen'];

const select = `
  select ${userColumns.map((name) => `person.${name}`).join(', ')}, session.created, session.seen
  from session join "user" as person on person.id = session.user_id
  where session.id = :id and session.expires > :now`;

/** Sessions on that clock; `random` must be fit for secrets. */
export function createSessions(db: Database, options: SessionOptions): Sessions {
  const { clock, random, keepSeconds = 0 } = options;
  const findStatement = db.prepare({ select, fields, sort: [], limited: false });
  const kept = createKept(keepSeconds * 1000);
  const touch = createTouch(db, options);
  return {
    findStatement,
    async open(user, { address, agent }) {
      const token = random(32).toString('base64url');
      const now = clock().getTime();
      const row = {
        id: idOf(token),
        user_id: user.id,
        created: momentOf(now),
        seen: momentOf(now),
        expires: expiry(options, now, now),
      };
      await db.transaction(async (trx) => {
        await trx('session').where('expires', '<=', momentOf(now)).delete();
        await trx('session').insert({ ...row, address, agent: agent.slice(0, 200) });
      });
      return token;
    },
    async find(token, isByItself = false) {
      const id = idOf(token);
      const now = clock().getTime();
      const known = kept.get(id, now);
      if (known) return known;
      const keep = kept.keeper(id, now);
      const [row] = (await findStatement.rows({ id, now: momentOf(now) })).rows;
      if (!row) return undefined;
      const [created, seen] = row.slice(userColumns.length).map((time) => Date.parse(String(time))) as [number, number];
      if (!isByItself && now - seen >= minute) void touch(id, created, now);
      const found = { user: userFrom(row), name: nameOf(id) };
      keep(found);
      return found;
    },
    async isOpen(token) {
      const now = momentOf(clock().getTime());
      return (await findStatement.rows({ id: idOf(token), now })).rows.length > 0;
    },
    async close(token) {
      const id = idOf(token);
      await db.knex('session').where({ id }).delete();
      kept.drop((_, other) => other === id);
    },
    async closeAll(user) {
      await db.knex('session').where({ user_id: user }).delete();
      kept.drop(({ id }) => id === user);
    },
    async closeOthers(user, name) {
      const others = db.knex('session').where({ user_id: user });
      await others.andWhereRaw('substr(id, 1, ?) <> ?', [SHOWN, name]).delete();
      kept.drop((one, id) => one.id === user && nameOf(id) !== name);
    },
    forget: (user) => kept.drop(({ id }) => id === user),
  };
}

/** Moves a session's end on. If that fails, it ends early at worst, and the next request tries again. */
function createTouch(db: Database, options: SessionOptions) {
  const touching = new Set<string>();
  return async (id: string, created: number, now: number) => {
    if (touching.has(id)) return;
    touching.add(id);
    const change = { seen: momentOf(now), expires: expiry(options, created, now) };
    await db
      .knex('session')
      .where({ id })
      .update(change)
      .catch(() => {});
    touching.delete(id);
  };
}

/** What `find` remembers for so many milliseconds: a bounded number, and nothing that was read before the last drop. */
function createKept(life: number) {
  const found = new Map<string, { readonly session: Session; readonly until: number }>();
  let drops = 0;
  return {
    get(id: string, now: number) {
      const one = found.get(id);
      return one && one.until > now ? one.session : undefined;
    },
    keeper(id: string, now: number) {
      const before = drops;
      return (session: Session) => {
        if (life === 0 || drops !== before) return;
        if (found.size >= 10_000) found.clear();
        found.set(id, { session, until: now + life });
      };
    },
    drop(isGone: (user: User, id: string) => boolean) {
      drops += 1;
      for (const [id, { session }] of found) if (isGone(session.user, id)) found.delete(id);
    },
  };
}

function expiry({ idleHours = 12, absoluteDays = 14 }: SessionOptions, created: number, seen: number): string {
  return momentOf(Math.min(created + absoluteDays * 24 * hour, seen + idleHours * hour));
}

function nameOf(id: string): string {
  return id.slice(0, SHOWN);
}

function idOf(token: string): string {
  return hash('sha256', token);
}
