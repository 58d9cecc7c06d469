import type { Database } from '../database.ts';
import type { Owner } from '../keep.ts';

/** What processes on one database tell each other: whose rows were changed. */
export interface ChangeFeed {
  /** Soon, and all at once; it is no fault of the write when it cannot be told. */
  tell(owner: Owner): void;
  stop(): Promise<void>;
}

export interface FeedOptions {
  /** Tells this process from the others. */
  readonly origin: string;
  /** Another process changed rows of the owner, or, without one, of anybody. */
  readonly onChange: (owner?: Owner) => void;
  /** Whether anybody here would make use of what is told. */
  readonly isWanted: () => boolean;
  readonly onFailure: (error: unknown) => void;
}

/** Owners that one statement tells of. */
const AT_ONCE = 100;

export function createChangeFeed(database: Database, options: FeedOptions): ChangeFeed {
  const { onFailure, origin } = options;
  const { write, stop } = database.listen ? byNotice(database, options) : byTable(database, options);
  const told = new Set<Owner>();
  let writing: Promise<void> | undefined;
  const writeAll = async () => {
    while (told.size > 0) {
      const owners = [...told].slice(0, AT_ONCE);
      for (const owner of owners) told.delete(owner);
      await write(owners.map((owner) => ({ origin, owner: String(owner) }))).catch(onFailure);
    }
    writing = undefined;
  };
  return {
    tell(owner) {
      told.add(owner);
      writing ??= Promise.resolve().then(writeAll);
    },
    async stop() {
      await writing;
      await stop();
    },
  };
}

interface Change {
  readonly origin: string;
  readonly owner: string;
}

interface Way {
  write(changes: readonly Change[]): Promise<void>;
  stop(): Promise<void>;
}

const CHANNEL = 'lintel_change';

/** PostgreSQL tells by itself. */
function byNotice({ knex, listen }: Database, { origin, onChange }: FeedOptions): Way {
  const listening = listen?.(CHANNEL, {
    heard(text) {
      const change = JSON.parse(text) as Change;
      if (change.origin !== origin) onChange(ownerIn(change.owner));
    },
    begun: () => onChange(),
  });
  return {
    async write(changes) {
      const calls = changes.map(() => 'pg_notify(?, ?)').join(', ');
      await knex.raw(
        `select ${calls}`,
        changes.flatMap((change) => [CHANNEL, JSON.stringify(change)]),
      );
    },
    stop: async () => listening?.stop(),
  };
}

/** Milliseconds between two looks at the table: a look costs some 50 us. */
const LOOK = 500;
const KEPT = 1000;

const select = 'select id, origin, owner from change where id > :last';
const select_last = 'select coalesce(max(id), 0) as id from change';

/** SQLite does not: what is told stands in a table for a while, and the others look. */
function byTable(database: Database, { origin, onChange, isWanted, onFailure }: FeedOptions): Way {
  const sort = [{ column: 'id', descending: false }];
  const since = database.prepare({ select, fields: ['id', 'origin', 'owner'], sort, limited: false });
  let last: number | undefined;
  let looking: Promise<void> | undefined;
  let failures = 0;

  const look = async () => {
    if (last === undefined) {
      const [row] = await database.read(select_last);
      last = Number(row?.id ?? 0);
      return;
    }
    const { rows } = await since.rows({ last });
    for (const [index, [id, from, owner]] of rows.entries()) {
      // What others told before it is gone: whose rows those were is not known any more.
      if (index === 0 && Number(id) > last + 1) onChange();
      last = Number(id);
      if (from !== origin) onChange(ownerIn(String(owner)));
    }
    failures = 0;
  };
  const lookOnce = () => {
    looking ??= look()
      .catch((error: unknown) => {
        failures += 1;
        if (failures === 1) onFailure(error);
      })
      .finally(() => {
        looking = undefined;
      });
  };

  lookOnce();
  const timer = setInterval(() => {
    if (isWanted()) lookOnce();
  }, LOOK).unref();
  return {
    write: (changes) =>
      database.transaction(async (trx) => {
        const ids = await trx('change')
          .insert([...changes])
          .returning('id');
        const newest = Math.max(...ids.map(({ id }) => Number(id)));
        await trx('change')
          .where('id', '<=', newest - KEPT)
          .delete();
      }),
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}

function ownerIn(text: string): Owner {
  return /^\d+$/.test(text) ? Number(text) : text;
}
