import { createHash } from 'node:crypto';
import type { Database, Prepared } from '../database.ts';
import { type User, userColumns, userFrom } from './users.ts';

export interface SessionOptions {
  readonly clock: () => Date;
  readonly random: (bytes: number) => Buffer;
  /** Hours without a request after which a session ends; 12. */
  readonly idleHours?: number;
  /** Days after which it ends in any case; 14. */
  readonly absoluteDays?: number;
}

/** Sessions of the store: a token that only the browser has, and a row that only its hash leads to. */
export interface Sessions {
  /** Gives a new token of 256 bits, base64url. */
  open(user: User, from: { readonly address: string; readonly agent: string }): Promise<string>;
  /** The user of a session that has not ended: one read, and at most once a minute a write that nobody waits for. */
  find(token: string): Promise<User | undefined>;
  close(token: string): Promise<void>;
  closeAll(user: number): Promise<void>;
  /** The read of `find`, to be measured; it takes `id` and `now`. */
  readonly findStatement: Prepared;
}

const hour = 3_600_000;
const minute = 60_000;
const fields = [...userColumns, 'created', 'seen'];

const select = `
  select ${userColumns.map((name) => `person.${name}`)}, session.created, session.seen
  from session join "user" as person on person.id = session.user_id
  where session.id = :id and session.expires > :now`;

export function createSessions(db: Database, options: SessionOptions): Sessions {
  const { clock, random, idleHours = 12, absoluteDays = 14 } = options;
  const findStatement = db.prepare({ select, fields, sort: [], limited: false });
  const touching = new Set<string>();

  const expiry = (created: number, seen: number) => text(Math.min(created + absoluteDays * 24 * hour, seen + idleHours * hour));

  const touch = async (id: string, created: string, now: number) => {
    if (touching.has(id)) return;
    touching.add(id);
    const change = { seen: text(now), expires: expiry(Date.parse(created), now) };
    // A session that is not touched ends early at worst; the next request tries again.
    await db.knex('session').where({ id }).update(change).catch(() => {});
    touching.delete(id);
  };

  return {
    findStatement,
    async open(user, { address, agent }) {
      const token = random(32).toString('base64url');
      const now = clock().getTime();
      const row = { id: hash(token), user_id: user.id, created: text(now), seen: text(now), expires: expiry(now, now) };
      await db.transaction(async (trx) => {
        await trx('session').where('expires', '<=', text(now)).delete();
        await trx('session').insert({ ...row, address, agent: agent.slice(0, 200) });
      });
      return token;
    },
    async find(token) {
      const now = clock().getTime();
      const id = hash(token);
      const { rows } = await findStatement.rows({ id, now: text(now) });
      const [row] = rows;
      if (!row) return undefined;
      const [created, seen] = row.slice(userColumns.length) as [string, string];
      if (now - Date.parse(seen) >= minute) void touch(id, created, now);
      return userFrom(row);
    },
    async close(token) {
      await db.knex('session').where({ id: hash(token) }).delete();
    },
    async closeAll(user) {
      await db.knex('session').where({ user_id: user }).delete();
    },
  };
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function text(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
